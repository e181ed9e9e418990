#pragma once

#include <features.h>
#include <sys/types.h>
#include <asm/fcntl.h>

#ifndef AT_FDCWD
#define AT_FDCWD (-100)
#endif

int open(const char *, int, ...);
int openat(int, const char *, int, ...);
int creat(const char *, mode_t);
int fcntl(int, int, ...);
