/* The words that kernel declarations are annotated with. Those that gcc does not know are empty. */
#pragma once

#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __private
#define __force
#define __nocast
#define __safe
#ifndef __bitwise
#define __bitwise
#endif
#define __chk_user_ptr(p) ((void)0)
#define __acquires(x)
#define __releases(x)
#define __must_hold(x)

#ifndef __packed
#define __packed __attribute__((__packed__))
#endif
#ifndef __aligned
#define __aligned(n) __attribute__((__aligned__(n)))
#endif
#define __aligned_largest __attribute__((__aligned__))
#define __must_check __attribute__((__warn_unused_result__))
#ifndef __maybe_unused
#define __maybe_unused __attribute__((__unused__))
#endif
#define __always_unused __attribute__((__unused__))
#define __used __attribute__((__used__))
#ifndef __always_inline
#define __always_inline inline __attribute__((__always_inline__))
#endif
#define noinline __attribute__((__noinline__))
#define __noreturn __attribute__((__noreturn__))
#define __pure __attribute__((__pure__))
#define __attribute_const__ __attribute__((__const__))
#define __malloc __attribute__((__malloc__))
#define __weak __attribute__((__weak__))
#define __cold __attribute__((__cold__))
#define __printf(format, first) __attribute__((__format__(printf, format, first)))
#define __scanf(format, first) __attribute__((__format__(scanf, format, first)))
#define __section(name) __attribute__((__section__(name)))
#define __mode(x) __attribute__((__mode__(x)))
#define __nonstring
#define __deprecated
#define __counted_by(member)
#define __counted_by_le(member)
#define __counted_by_be(member)
#define __designated_init
#define __randomize_layout
#define __no_randomize_layout
#define randomized_struct_fields_start struct {
#define randomized_struct_fields_end };
#define __ro_after_init
#define __read_mostly
#define __init
#define __exit
#define __initdata
#define __initconst
#define __exitdata
#define __devinit
#define __devexit
#define __refdata
#define __ref
#define asmlinkage
#define fallthrough __attribute__((__fallthrough__))

#if defined(__x86_64__) || defined(__i386__) || defined(__aarch64__) || defined(__riscv)
#define L1_CACHE_BYTES 64
#else
#define L1_CACHE_BYTES sizeof(struct kernel_configuration)
#endif
#define SMP_CACHE_BYTES L1_CACHE_BYTES
#define ____cacheline_aligned __attribute__((__aligned__(SMP_CACHE_BYTES)))
#define ____cacheline_aligned_in_smp ____cacheline_aligned
#define __cacheline_aligned ____cacheline_aligned

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define barrier() __asm__ __volatile__("" : : : "memory")
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))
#define static_assert(condition, ...) _Static_assert(condition, #condition)
#define BUILD_BUG_ON(condition) ((void)sizeof(char[1 - 2 * !!(condition)]))
#define BUILD_BUG_ON_ZERO(condition) ((int)(sizeof(struct { int : (-!!(condition)); })))
#define BUILD_BUG_ON_MSG(condition, message) BUILD_BUG_ON(condition)
