#pragma once

#include <asm/errno.h>

#ifndef ENOTSUP
#define ENOTSUP EOPNOTSUPP
#endif

int *__errno_location(void);
#define errno (*__errno_location())
