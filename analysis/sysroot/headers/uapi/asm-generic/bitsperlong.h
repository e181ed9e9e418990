#pragma once

#ifndef __BITS_PER_LONG
#define __BITS_PER_LONG __LONG_WIDTH__
#endif
#ifdef __KERNEL__
#define BITS_PER_LONG __BITS_PER_LONG
#define BITS_PER_LONG_LONG 64
#endif
