/* What the C library adds to the compiler's limits.h. */
#pragma once

#include <linux/limits.h>

#define _LIBC_LIMITS_H_ 1
#define SSIZE_MAX __PTRDIFF_MAX__
#define IOV_MAX 1024
#define HOST_NAME_MAX 64
#define LOGIN_NAME_MAX 256
#define LINE_MAX 2048
#define _POSIX_PATH_MAX 256
