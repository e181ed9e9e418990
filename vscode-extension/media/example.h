/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sensor.h: what the driver of a sensor and the programs that use it share.
 */
#ifndef _SENSOR_H
#define _SENSOR_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* One measurement. */
struct sensor_sample {
	__u32 channel;		/* input, from 0 */
	__u64 timestamp;	/* ns, CLOCK_MONOTONIC */
	float value;		/* in the channel's unit */
};

/* Many of them, written to memory of the caller. */
struct sensor_batch {
	__u32 size;		/* of the memory, in bytes */
	void *data;		/* struct sensor_sample[] */
};

#define SENSOR_READ	_IOR('M', 0, struct sensor_sample)
#define SENSOR_FETCH	_IOWR('M', 1, struct sensor_batch)

#endif /* _SENSOR_H */
