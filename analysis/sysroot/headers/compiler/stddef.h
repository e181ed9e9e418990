/* The compiler's own types, whose kinds it predefines. */
#pragma once

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
#ifndef __cplusplus
typedef __WCHAR_TYPE__ wchar_t;
#endif
typedef __WINT_TYPE__ wint_t;

typedef struct {
	long long __abide_integer __attribute__((__aligned__(__alignof__(long long))));
	long double __abide_float __attribute__((__aligned__(__alignof__(long double))));
#ifdef __i386__
	__float128 __abide_float128 __attribute__((__aligned__(__alignof(__float128))));
#endif
} max_align_t;

#undef NULL
#ifdef __cplusplus
#define NULL __null
#else
#define NULL ((void *)0)
#endif

#undef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
