/* Arithmetic, bits, errors: macros that drivers use everywhere. */
#pragma once

#include <abide/types.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define container_of(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))
#define sizeof_field(type, member) sizeof((((type *)0)->member))
#define offsetofend(type, member) (offsetof(type, member) + sizeof_field(type, member))
#define struct_size(p, member, count) (sizeof(*(p)) + sizeof(*(p)->member) * (size_t)(count))
#define flex_array_size(p, member, count) (sizeof(*(p)->member) * (size_t)(count))
#define array_size(a, b) ((size_t)(a) * (size_t)(b))

#define struct_group(name, members...) __struct_group(, name, , members)
#define struct_group_attr(name, attributes, members...) __struct_group(, name, attributes, members)
#define struct_group_tagged(tag, name, members...) __struct_group(tag, name, , members)
#define DECLARE_FLEX_ARRAY(type, name) __DECLARE_FLEX_ARRAY(type, name)

#define BITS_PER_BYTE 8
#ifndef BITS_PER_LONG
#define BITS_PER_LONG __LONG_WIDTH__
#endif
#ifndef BITS_PER_LONG_LONG
#define BITS_PER_LONG_LONG 64
#endif
#define BIT(nr) (1UL << (nr))
#define BIT_ULL(nr) (1ULL << (nr))
#define GENMASK(high, low) (((~0UL) << (low)) & (~0UL >> (BITS_PER_LONG - 1 - (high))))
#define GENMASK_ULL(high, low) (((~0ULL) << (low)) & (~0ULL >> (63 - (high))))
#define DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))
#define BITS_TO_LONGS(bits) DIV_ROUND_UP(bits, BITS_PER_LONG)
#define DECLARE_BITMAP(name, bits) unsigned long name[BITS_TO_LONGS(bits)]

#define ALIGN(x, a) (((x) + ((__typeof__(x))(a)-1)) & ~((__typeof__(x))(a)-1))
#define ALIGN_DOWN(x, a) ((x) & ~((__typeof__(x))(a)-1))
#define PTR_ALIGN(p, a) ((__typeof__(p))ALIGN((unsigned long)(p), (a)))
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a)-1)) == 0)
#define round_up(x, y) ((((x)-1) | ((__typeof__(x))((y)-1))) + 1)
#define roundup(x, y) ((((x) + ((y)-1)) / (y)) * (y))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min_t(type, a, b) ((type)(a) < (type)(b) ? (type)(a) : (type)(b))
#define max_t(type, a, b) ((type)(a) > (type)(b) ? (type)(a) : (type)(b))
#define clamp(value, low, high) min(max(value, low), high)
#define swap(a, b) \
	do { \
		__typeof__(a) __swapped = (a); \
		(a) = (b); \
		(b) = __swapped; \
	} while (0)
#define upper_32_bits(n) ((u32)(((n) >> 16) >> 16))
#define lower_32_bits(n) ((u32)((n)&0xffffffff))

#define u64_to_user_ptr(x) ((void __user *)(uintptr_t)(x))

#define MAX_ERRNO 4095
#define IS_ERR_VALUE(x) ((unsigned long)(void *)(x) >= (unsigned long)-MAX_ERRNO)
#define ERR_PTR(error) ((void *)(long)(error))
#define PTR_ERR(pointer) ((long)(pointer))
#define IS_ERR(pointer) IS_ERR_VALUE((unsigned long)(pointer))
#define IS_ERR_OR_NULL(pointer) (!(pointer) || IS_ERR(pointer))
#define PTR_ERR_OR_ZERO(pointer) (IS_ERR(pointer) ? (int)PTR_ERR(pointer) : 0)
#define ERESTARTSYS 512
#define ERESTARTNOINTR 513
#define ENOIOCTLCMD 515
#define EPROBE_DEFER 517
#define ENOTSUPP 524

#define __stringify_1(x...) #x
#define __stringify(x...) __stringify_1(x)
#define __abide_arg_placeholder_1 0,
#define __abide_second(ignored, value, ...) value
#define __abide_is_defined_3(junk) __abide_second(junk 1, 0, 0)
#define __abide_is_defined_2(value) __abide_is_defined_3(__abide_arg_placeholder_##value)
#define __abide_is_defined(value) __abide_is_defined_2(value)
#define IS_BUILTIN(option) __abide_is_defined(option)
#define IS_MODULE(option) __abide_is_defined(option##_MODULE)
#define IS_ENABLED(option) (__abide_is_defined(option) || __abide_is_defined(option##_MODULE))
#define IS_REACHABLE(option) IS_ENABLED(option)

#define WARN_ON(condition) (!!(condition))
#define WARN_ON_ONCE(condition) (!!(condition))
#define WARN(condition, format...) (!!(condition))
#define WARN_ONCE(condition, format...) (!!(condition))
#define BUG() __builtin_trap()
#define BUG_ON(condition) ((void)((condition) && (BUG(), 0)))
#define might_sleep() ((void)0)

#define MAJOR(dev) ((unsigned int)((dev) >> 20))
#define MINOR(dev) ((unsigned int)((dev)&0xfffff))
#define MKDEV(major, minor) (((major) << 20) | (minor))

#define cpu_to_le16 __cpu_to_le16
#define cpu_to_le32 __cpu_to_le32
#define cpu_to_le64 __cpu_to_le64
#define le16_to_cpu __le16_to_cpu
#define le32_to_cpu __le32_to_cpu
#define le64_to_cpu __le64_to_cpu
#define cpu_to_be16 __cpu_to_be16
#define cpu_to_be32 __cpu_to_be32
#define cpu_to_be64 __cpu_to_be64
#define be16_to_cpu __be16_to_cpu
#define be32_to_cpu __be32_to_cpu
#define be64_to_cpu __be64_to_cpu

#define LIST_HEAD_INIT(name) {&(name), &(name)}
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)
#define list_entry(pointer, type, member) container_of(pointer, type, member)
#define list_first_entry(head, type, member) list_entry((head)->next, type, member)
#define list_next_entry(position, member) list_entry((position)->member.next, __typeof__(*(position)), member)
#define list_for_each(position, head) for (position = (head)->next; position != (head); position = position->next)
#define list_for_each_entry(position, head, member) \
	for (position = list_first_entry(head, __typeof__(*position), member); &position->member != (head); \
	     position = list_next_entry(position, member))
#define list_for_each_entry_safe(position, next, head, member) \
	for (position = list_first_entry(head, __typeof__(*position), member), next = list_next_entry(position, member); \
	     &position->member != (head); position = next, next = list_next_entry(next, member))

#if defined(__alpha__) || (defined(__sparc__) && defined(__arch64__))
#define PAGE_SHIFT 13
#else
#define PAGE_SHIFT 12
#endif
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define PAGE_ALIGN(x) ALIGN(x, PAGE_SIZE)
