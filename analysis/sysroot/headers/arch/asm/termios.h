#pragma once

#include <asm/ioctls.h>

#ifndef __ABIDE_WINSIZE
#define __ABIDE_WINSIZE
struct winsize {
	unsigned short ws_row;
	unsigned short ws_col;
	unsigned short ws_xpixel;
	unsigned short ws_ypixel;
};
#endif
