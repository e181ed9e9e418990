// SPDX-License-Identifier: BSD-3-Clause
/* sensor.c: the driver's side of sensor.h. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "sensor.h"

static struct sensor_limits limits;

static long sensor_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *user = (void __user *)arg;
	struct sensor_sample sample;

	switch (cmd) {
	case SENSOR_READ:
		memset(&sample, 0, sizeof(sample));
		sample.timestamp = ktime_get_ns();
		if (copy_to_user(user, &sample, sizeof(sample)))
			return -EFAULT;
		return 0;
	case SENSOR_LIMITS:
		if (copy_from_user(&limits, user, sizeof(limits)))
			return -EFAULT;
		return 0;
	default:
		return -ENOTTY;
	}
}
