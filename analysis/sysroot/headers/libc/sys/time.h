#pragma once

#include <sys/types.h>
#include <sys/select.h>

#ifndef __ABIDE_TIMEZONE
#define __ABIDE_TIMEZONE
struct timezone {
	int tz_minuteswest;
	int tz_dsttime;
};
#endif

int gettimeofday(struct timeval *, void *);
int settimeofday(const struct timeval *, const struct timezone *);
