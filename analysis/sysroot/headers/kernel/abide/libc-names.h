/* What user space has and the kernel does not, for a file that shows no includes. */
#pragma once

typedef __kernel_old_time_t time_t;
typedef unsigned int socklen_t;
typedef unsigned int useconds_t;
typedef unsigned short sa_family_t;
typedef unsigned int in_addr_t;
typedef unsigned short in_port_t;
typedef __INTMAX_TYPE__ intmax_t;
typedef __UINTMAX_TYPE__ uintmax_t;

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};

struct timespec {
	time_t tv_sec;
	__kernel_long_t tv_nsec;
};

struct iovec {
	void *iov_base;
	__kernel_size_t iov_len;
};
