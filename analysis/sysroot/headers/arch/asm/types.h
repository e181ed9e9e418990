/*
 * 64-bit types are long long, but for 64-bit programs on three architectures,
 * unless they ask for the same as everywhere else.
 */
#pragma once

#if (defined(__alpha__) || defined(__powerpc64__) || (defined(__mips__) && __LONG_WIDTH__ == 64)) && \
	!defined(__SANE_USERSPACE_TYPES__) && !defined(__KERNEL__)
#include <asm-generic/int-l64.h>
#else
#include <asm-generic/int-ll64.h>
#endif

#if defined(__m68k__) || defined(__s390__)
/* Nothing else here has a type of its own. */
#endif
