/* For headers that use the kernel's annotations without including anything. */

#ifndef __user
#define __user
#endif
#ifndef __kernel
#define __kernel
#endif
#ifndef __iomem
#define __iomem
#endif
#ifndef __percpu
#define __percpu
#endif
#ifndef __rcu
#define __rcu
#endif
#ifndef __force
#define __force
#endif
#ifndef __nocast
#define __nocast
#endif
#ifndef __bitwise
#define __bitwise
#endif
#ifndef __packed
#define __packed __attribute__((__packed__))
#endif
#ifndef __aligned
#define __aligned(n) __attribute__((__aligned__(n)))
#endif
#ifndef __must_check
#define __must_check __attribute__((__warn_unused_result__))
#endif
#ifndef __maybe_unused
#define __maybe_unused __attribute__((__unused__))
#endif
#ifndef __counted_by
#define __counted_by(member)
#endif
#ifndef __aligned_u64
#define __aligned_u64 __u64 __attribute__((__aligned__(8)))
#endif
#ifndef __aligned_s64
#define __aligned_s64 __s64 __attribute__((__aligned__(8)))
#endif
#ifndef __aligned_be64
#define __aligned_be64 __be64 __attribute__((__aligned__(8)))
#endif
#ifndef __aligned_le64
#define __aligned_le64 __le64 __attribute__((__aligned__(8)))
#endif
