#pragma once

#include <features.h>
#include <asm/ioctls.h>
#include <asm/ioctl.h>

int ioctl(int, unsigned long, ...);
