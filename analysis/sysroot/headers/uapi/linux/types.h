/* The types of headers that kernel and user space share. */
#pragma once

#include <asm/types.h>
#include <linux/posix_types.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 __s128 __attribute__((__aligned__(16)));
__extension__ typedef unsigned __int128 __u128 __attribute__((__aligned__(16)));
#endif

#ifndef __bitwise
#define __bitwise
#endif
#define __bitwise__ __bitwise

typedef __u16 __bitwise __le16;
typedef __u16 __bitwise __be16;
typedef __u32 __bitwise __le32;
typedef __u32 __bitwise __be32;
typedef __u64 __bitwise __le64;
typedef __u64 __bitwise __be64;
typedef __u16 __bitwise __sum16;
typedef __u32 __bitwise __wsum;
typedef unsigned __bitwise __poll_t;

#define __aligned_u64 __u64 __attribute__((__aligned__(8)))
#define __aligned_s64 __s64 __attribute__((__aligned__(8)))
#define __aligned_be64 __be64 __attribute__((__aligned__(8)))
#define __aligned_le64 __le64 __attribute__((__aligned__(8)))
