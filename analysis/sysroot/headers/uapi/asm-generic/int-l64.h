/* Exact-width types, with 64 bits in a long. */
#pragma once

#include <asm/bitsperlong.h>

typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
__extension__ typedef long __s64;
__extension__ typedef unsigned long __u64;
