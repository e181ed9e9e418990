#pragma once

#ifndef __always_inline
#define __always_inline __inline__ __attribute__((__always_inline__))
#endif

/* Members that can be named both one by one and as one struct, NAME. */
#ifndef __struct_group
#define __struct_group(TAG, NAME, ATTRS, MEMBERS...) \
	union { \
		struct { \
			MEMBERS \
		} ATTRS; \
		struct TAG { \
			MEMBERS \
		} ATTRS NAME; \
	} ATTRS
#endif

/* A flexible array where C forbids one: in a union, or alone in a struct. */
#ifndef __DECLARE_FLEX_ARRAY
#ifdef __cplusplus
/* An empty record takes a byte there. */
#define __DECLARE_FLEX_ARRAY(TYPE, NAME) TYPE NAME[0]
#else
#define __DECLARE_FLEX_ARRAY(TYPE, NAME) \
	struct { \
		struct { \
		} __empty_##NAME; \
		TYPE NAME[]; \
	}
#endif
#endif

#ifndef __counted_by
#define __counted_by(member)
#endif
#ifndef __counted_by_le
#define __counted_by_le(member)
#endif
#ifndef __counted_by_be
#define __counted_by_be(member)
#endif
