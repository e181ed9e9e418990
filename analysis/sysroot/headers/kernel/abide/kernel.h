/*
 * What every kernel header of abide's own gives: small, honest forms of the
 * kernel's names, so that a driver is understood where no kernel is installed.
 */
#pragma once

#include <stdarg.h>
#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/ioctl.h>
#include <linux/errno.h>
#include <linux/byteorder.h>
#include <abide/annotations.h>
#include <abide/types.h>
#include <abide/macros.h>
#include <abide/sync.h>
#include <abide/memory.h>
#include <abide/fs.h>
#include <abide/device.h>
#include <abide/compat.h>
