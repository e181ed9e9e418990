#pragma once

#include <features.h>
#include <asm/ioctls.h>
#include <asm/ioctl.h>

#ifndef __ABIDE_WINSIZE
#define __ABIDE_WINSIZE
struct winsize {
	unsigned short ws_row;
	unsigned short ws_col;
	unsigned short ws_xpixel;
	unsigned short ws_ypixel;
};
#endif

int ioctl(int, unsigned long, ...);
