/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sensor.h: what the driver and the programs that use it share.
 */
#ifndef _SENSOR_H
#define _SENSOR_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* One measurement. */
struct sensor_sample {
	__u32 channel;		/* input, from 0 */
	__u64 timestamp;	/* ns, CLOCK_MONOTONIC */
	__s32 value;		/* in units of the channel */
};

/* Many of them, written to memory of the caller. */
struct sensor_batch {
	__u32 count;		/* samples that fit */
	void *samples;		/* struct sensor_sample[] */
};

/* Thresholds: the same bytes everywhere. */
struct sensor_limits {
	__s32 low;
	__s32 high;
};

#define SENSOR_READ	_IOR('M', 0, struct sensor_sample)
#define SENSOR_FETCH	_IOWR('M', 1, struct sensor_batch)
#define SENSOR_LIMITS	_IOW('M', 2, struct sensor_limits)

#endif /* _SENSOR_H */
