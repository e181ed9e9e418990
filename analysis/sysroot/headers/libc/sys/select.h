#pragma once

#include <abide/libc.h>

#define FD_SETSIZE 1024
#define FD_SET(fd, set) ((set)->__fds_bits[(fd) / __LONG_WIDTH__] |= 1L << ((fd) % __LONG_WIDTH__))
#define FD_CLR(fd, set) ((set)->__fds_bits[(fd) / __LONG_WIDTH__] &= ~(1L << ((fd) % __LONG_WIDTH__)))
#define FD_ISSET(fd, set) (((set)->__fds_bits[(fd) / __LONG_WIDTH__] >> ((fd) % __LONG_WIDTH__)) & 1)
#define FD_ZERO(set) __builtin_memset((set), 0, sizeof(fd_set))

int select(int, fd_set *, fd_set *, fd_set *, struct timeval *);
