/* Commands of every file, and of terminals where the numbers are the common ones. */
#pragma once

#include <asm/ioctl.h>

#if defined(__mips__)
#define FIOCLEX 0x6601
#define FIONCLEX 0x6602
#define FIOASYNC 0x667d
#define FIONBIO 0x667e
#define FIONREAD 0x467f
#elif defined(__alpha__) || defined(__powerpc__) || defined(__sparc__) || defined(__sh__)
#define FIOCLEX _IO('f', 1)
#define FIONCLEX _IO('f', 2)
#define FIOASYNC _IOW('f', 125, int)
#define FIONBIO _IOW('f', 126, int)
#define FIONREAD _IOR('f', 127, int)
#else
#define FIONREAD 0x541B
#define FIONBIO 0x5421
#define FIONCLEX 0x5450
#define FIOCLEX 0x5451
#define FIOASYNC 0x5452
#endif

#if defined(__mips__) || defined(__alpha__) || defined(__powerpc__) || defined(__sparc__) || defined(__sh__)
#define TIOCSWINSZ _IOW('t', 103, struct winsize)
#define TIOCGWINSZ _IOR('t', 104, struct winsize)
#else
#define TIOCGWINSZ 0x5413
#define TIOCSWINSZ 0x5414
#endif

#if !defined(__mips__) && !defined(__alpha__) && !defined(__powerpc__) && !defined(__sparc__) && !defined(__hppa__)
#define TCGETS 0x5401
#define TCSETS 0x5402
#define TCSETSW 0x5403
#define TCSETSF 0x5404
#endif
