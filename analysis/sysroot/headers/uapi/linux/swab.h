#pragma once

#include <linux/types.h>

#define ___constant_swab16(x) ((__u16)((((__u16)(x)&0x00ffU) << 8) | (((__u16)(x)&0xff00U) >> 8)))
#define ___constant_swab32(x) \
	((__u32)(((__u32)___constant_swab16((__u32)(x)&0xffffU) << 16) | ___constant_swab16((__u32)(x) >> 16)))
#define ___constant_swab64(x) \
	((__u64)(((__u64)___constant_swab32((__u64)(x)&0xffffffffULL) << 32) | ___constant_swab32((__u64)(x) >> 32)))

#define __swab16(x) ((__u16)__builtin_bswap16((__u16)(x)))
#define __swab32(x) ((__u32)__builtin_bswap32((__u32)(x)))
#define __swab64(x) ((__u64)__builtin_bswap64((__u64)(x)))
