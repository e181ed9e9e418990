/* The macros that C library headers are written with. */
#pragma once

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif

#define __THROW __attribute__((__nothrow__))
#define __THROWNL __attribute__((__nothrow__))
#define __NTH(f) __attribute__((__nothrow__)) f
#define __P(params) params
#define __CONCAT(x, y) x##y
#define __STRING(x) #x
#define __ptr_t void *

#define __nonnull(list) __attribute__((__nonnull__ list))
#define __wur
#define __attribute_malloc__ __attribute__((__malloc__))
#define __attribute_pure__ __attribute__((__pure__))
#define __attribute_const__ __attribute__((__const__))
#define __attribute_deprecated__ __attribute__((__deprecated__))
#define __attribute_warn_unused_result__ __attribute__((__warn_unused_result__))
#define __attribute_format_arg__(x) __attribute__((__format_arg__(x)))
#define __attr_access(x)
#define __attr_dealloc(deallocate, argument)
#define __attr_dealloc_free
#define __attribute_alloc_size__(list)
#define __glibc_likely(condition) __builtin_expect((condition), 1)
#define __glibc_unlikely(condition) __builtin_expect((condition), 0)
#define __flexarr []
#define __restrict_arr __restrict
#ifndef __always_inline
#define __always_inline __inline __attribute__((__always_inline__))
#endif
