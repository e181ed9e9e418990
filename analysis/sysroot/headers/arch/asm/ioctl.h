/*
 * How a command number is packed: nr in bits 0 to 7, type in bits 8 to 15, the
 * payload's size above, the direction on top. Three encodings are in use.
 */
#pragma once

#if defined(__alpha__) || defined(__mips__) || defined(__powerpc__) || defined(__sparc__)
#define _IOC_SIZEBITS 13
#define _IOC_DIRBITS 3
#define _IOC_NONE 1U
#define _IOC_READ 2U
#define _IOC_WRITE 4U
#elif defined(__hppa__)
#define _IOC_WRITE 2U
#define _IOC_READ 1U
#endif

#include <asm-generic/ioctl.h>

#ifdef __sparc__
/* Payloads of 8 KiB and more reach into the lowest bit of the direction, which only _IO uses. */
#undef _IOC_DIR
#define _IOC_DIR(cmd) \
	((((cmd) >> _IOC_DIRSHIFT) & (_IOC_WRITE | _IOC_READ)) ? (((cmd) >> _IOC_DIRSHIFT) & (_IOC_WRITE | _IOC_READ)) \
							       : (((cmd) >> _IOC_DIRSHIFT) & _IOC_DIRMASK))
#undef _IOC_SIZE
#define _IOC_SIZE(cmd) ((((cmd) >> _IOC_DIRSHIFT) & (_IOC_WRITE | _IOC_READ)) ? (((cmd) >> _IOC_SIZESHIFT) & 0x3fff) : 0)
#undef IOCSIZE_MASK
#define IOCSIZE_MASK (0x3fff << _IOC_SIZESHIFT)
#endif
