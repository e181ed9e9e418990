/*
 * The 32-bit program's types, as a 64-bit kernel spells them. 64-bit integers
 * are aligned to four bytes in i386 programs, and to eight in all others.
 */
#pragma once

#include <abide/types.h>

typedef s16 compat_short_t;
typedef u16 compat_ushort_t;
typedef s32 compat_int_t;
typedef u32 compat_uint_t;
typedef s32 compat_long_t;
typedef u32 compat_ulong_t;
typedef u32 compat_uptr_t;
typedef u32 compat_caddr_t;
typedef u32 compat_size_t;
typedef s32 compat_ssize_t;
typedef s32 compat_off_t;
typedef s64 compat_loff_t;
typedef u32 compat_ino_t;
typedef s32 compat_clock_t;
typedef s32 compat_pid_t;
typedef s32 compat_daddr_t;
typedef s32 compat_timer_t;
typedef s32 compat_key_t;
typedef u32 compat_aio_context_t;
typedef u32 compat_old_sigset_t;
#if defined(__x86_64__) || defined(__i386__)
typedef s64 __attribute__((__aligned__(4))) compat_s64;
typedef u64 __attribute__((__aligned__(4))) compat_u64;
#else
typedef s64 compat_s64;
typedef u64 compat_u64;
#endif

typedef s32 old_time32_t;

struct old_timespec32 {
	old_time32_t tv_sec;
	s32 tv_nsec;
};

struct old_timeval32 {
	old_time32_t tv_sec;
	s32 tv_usec;
};
#define compat_time_t old_time32_t
#define compat_timespec old_timespec32
#define compat_timeval old_timeval32

struct compat_iovec {
	compat_uptr_t iov_base;
	compat_size_t iov_len;
};

struct compat_msghdr {
	compat_uptr_t msg_name;
	compat_int_t msg_namelen;
	compat_uptr_t msg_iov;
	compat_size_t msg_iovlen;
	compat_uptr_t msg_control;
	compat_size_t msg_controllen;
	compat_uint_t msg_flags;
};

#define compat_ptr(x) ((void __user *)(unsigned long)(compat_uptr_t)(x))
#define ptr_to_compat(p) ((compat_uptr_t)(unsigned long)(p))
bool in_compat_syscall(void);
