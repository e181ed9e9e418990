/*
 * The types of GNU libc that more than one header defines. Time is 64 bits wide
 * where long is, on the 32-bit ABIs that came late, and on request.
 */
#pragma once

#include <stddef.h>

#if defined(__x86_64__) && defined(__ILP32__)
typedef long long __abide_slong;
typedef unsigned long long __abide_ulong;
#else
typedef long __abide_slong;
typedef unsigned long __abide_ulong;
#endif

#if __LONG_WIDTH__ == 64
#define __ABIDE_FILE_64 0
#define __ABIDE_TIME_64 0
#elif defined(__x86_64__)
#define __ABIDE_FILE_64 0
#define __ABIDE_TIME_64 0
#elif defined(__riscv) || defined(__arc__) || defined(__or1k__)
#define __ABIDE_FILE_64 1
#define __ABIDE_TIME_64 1
#else
#if defined(_TIME_BITS) && _TIME_BITS == 64
#define __ABIDE_TIME_64 1
#else
#define __ABIDE_TIME_64 0
#endif
#if defined(_FILE_OFFSET_BITS) && _FILE_OFFSET_BITS == 64
#define __ABIDE_FILE_64 1
#else
#define __ABIDE_FILE_64 0
#endif
#endif

#if __LONG_WIDTH__ == 64
typedef unsigned long __abide_u64;
typedef long __abide_s64;
#else
typedef unsigned long long __abide_u64;
typedef long long __abide_s64;
#endif

#if __ABIDE_TIME_64
typedef __abide_s64 time_t;
typedef __abide_s64 suseconds_t;
#else
typedef __abide_slong time_t;
#if defined(__sparc__) && defined(__arch64__)
typedef int suseconds_t;
#else
typedef __abide_slong suseconds_t;
#endif
#endif

#if __ABIDE_FILE_64
typedef __abide_s64 off_t;
typedef __abide_u64 ino_t;
typedef __abide_s64 blkcnt_t;
typedef __abide_u64 fsblkcnt_t;
typedef __abide_u64 fsfilcnt_t;
#else
typedef __abide_slong off_t;
#if defined(__alpha__)
typedef unsigned int ino_t;
#else
typedef __abide_ulong ino_t;
#endif
#if defined(__alpha__)
typedef unsigned int fsblkcnt_t;
typedef unsigned int fsfilcnt_t;
typedef int blkcnt_t;
#else
typedef __abide_slong blkcnt_t;
typedef __abide_ulong fsblkcnt_t;
typedef __abide_ulong fsfilcnt_t;
#endif
#endif

typedef __abide_u64 dev_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
typedef unsigned int mode_t;
typedef int pid_t;
typedef unsigned int id_t;
typedef unsigned int useconds_t;
typedef unsigned int socklen_t;
typedef __abide_slong clock_t;
typedef int clockid_t;
typedef void *timer_t;
typedef int key_t;
typedef char *caddr_t;
typedef int daddr_t;
typedef __abide_s64 loff_t;
typedef __abide_s64 off64_t;
typedef __abide_u64 ino64_t;
#ifdef __SIZE_TYPE__
#if __SIZEOF_SIZE_T__ == 8 || (defined(__s390__) && !defined(__s390x__))
typedef long ssize_t;
#else
typedef int ssize_t;
#endif
#endif

#if defined(__aarch64__) || (defined(__riscv) && __riscv_xlen == 64) || defined(__loongarch__)
typedef int blksize_t;
#else
typedef __abide_slong blksize_t;
#endif

#if defined(__x86_64__) || defined(__s390x__) || defined(__powerpc64__) || defined(__mips__)
typedef __abide_ulong nlink_t;
#else
typedef unsigned int nlink_t;
#endif

typedef struct {
	int __val[2];
} fsid_t;

#ifndef __ABIDE_TIME_STRUCTS
#define __ABIDE_TIME_STRUCTS
#define _STRUCT_TIMESPEC 1
/* Between the seconds and the nanoseconds' 64 bits stands what big-endian needs. */
struct timespec {
	time_t tv_sec;
#if __ABIDE_TIME_64 && __LONG_WIDTH__ == 32 && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	int : 32;
#endif
	__abide_slong tv_nsec;
#if __ABIDE_TIME_64 && __LONG_WIDTH__ == 32 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	int : 32;
#endif
};

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};

struct itimerspec {
	struct timespec it_interval;
	struct timespec it_value;
};

struct itimerval {
	struct timeval it_interval;
	struct timeval it_value;
};
#endif

typedef struct {
	long __fds_bits[1024 / (8 * sizeof(long))];
} fd_set;

struct iovec {
	void *iov_base;
	size_t iov_len;
};
