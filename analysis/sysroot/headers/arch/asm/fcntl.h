/* Flags of open(2). Four architectures have numbers of their own. */
#pragma once

#define O_ACCMODE 3
#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2

#if defined(__alpha__)
#define O_CREAT 01000
#define O_EXCL 04000
#define O_NOCTTY 010000
#define O_TRUNC 02000
#define O_APPEND 010
#define O_NONBLOCK 04
#define O_DSYNC 040000
#define O_DIRECT 02000000
#define O_DIRECTORY 0100000
#define O_NOFOLLOW 0200000
#define O_NOATIME 04000000
#define O_CLOEXEC 010000000
#define O_SYNC 020040000
#define O_PATH 040000000
#elif defined(__mips__)
#define O_CREAT 0400
#define O_EXCL 02000
#define O_NOCTTY 04000
#define O_TRUNC 01000
#define O_APPEND 010
#define O_NONBLOCK 0200
#define O_DSYNC 020
#define O_DIRECT 0100000
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#define O_NOATIME 01000000
#define O_CLOEXEC 02000000
#define O_SYNC 040020
#define O_PATH 010000000
#elif defined(__hppa__)
#define O_CREAT 0400
#define O_EXCL 02000
#define O_NOCTTY 0400000
#define O_TRUNC 01000
#define O_APPEND 010
#define O_NONBLOCK 0200000
#define O_DSYNC 01000000
#define O_DIRECT 040000
#define O_DIRECTORY 010000
#define O_NOFOLLOW 0200
#define O_NOATIME 04000000
#define O_CLOEXEC 010000000
#define O_SYNC 01100000
#define O_PATH 020000000
#elif defined(__sparc__)
#define O_CREAT 01000
#define O_EXCL 04000
#define O_NOCTTY 0100000
#define O_TRUNC 02000
#define O_APPEND 010
#define O_NONBLOCK 040000
#define O_DSYNC 020000
#define O_DIRECT 04000000
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#define O_NOATIME 010000000
#define O_CLOEXEC 020000000
#define O_SYNC 040020000
#define O_PATH 0100000000
#else
#define O_CREAT 0100
#define O_EXCL 0200
#define O_NOCTTY 0400
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NONBLOCK 04000
#define O_DSYNC 010000
#define O_NOATIME 01000000
#define O_CLOEXEC 02000000
#define O_SYNC 04010000
#define O_PATH 010000000
#if defined(__arm__) || defined(__aarch64__) || defined(__m68k__) || defined(__powerpc__)
#define O_DIRECTORY 040000
#define O_NOFOLLOW 0100000
#else
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#endif
#if defined(__powerpc__)
#define O_DIRECT 0400000
#elif defined(__arm__) || defined(__aarch64__) || defined(__m68k__)
#define O_DIRECT 0200000
#else
#define O_DIRECT 040000
#endif
#endif
#define O_NDELAY O_NONBLOCK

#define F_DUPFD 0
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4
#define FD_CLOEXEC 1
