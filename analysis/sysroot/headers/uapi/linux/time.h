#pragma once

#include <linux/types.h>
#include <linux/time_types.h>

/* The C library's headers define these as well. */
#if !defined(__KERNEL__) && !defined(__ABIDE_TIME_STRUCTS)
#define __ABIDE_TIME_STRUCTS
#ifndef _STRUCT_TIMESPEC
#define _STRUCT_TIMESPEC
struct timespec {
	__kernel_old_time_t tv_sec;
	long tv_nsec;
};
#endif

struct timeval {
	__kernel_old_time_t tv_sec;
	__kernel_suseconds_t tv_usec;
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

#ifndef __ABIDE_TIMEZONE
#define __ABIDE_TIMEZONE
struct timezone {
	int tz_minuteswest;
	int tz_dsttime;
};
#endif

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define CLOCK_MONOTONIC_RAW 4
#define CLOCK_REALTIME_COARSE 5
#define CLOCK_MONOTONIC_COARSE 6
#define CLOCK_BOOTTIME 7
#define CLOCK_TAI 11
#define TIMER_ABSTIME 1
