// Nasty forms.

struct n1 { int a : 3; unsigned : 0; char b : 2; short : 0; long long c : 40; };

struct n2 { char a; int : 0; char b; } __attribute__((packed));

struct n3 { char a; long long : 0; char b; } __attribute__((packed));

struct n4 { char a : 4; int : 0; short b : 9; char : 0; int c : 7; } __attribute__((packed));

struct n5 { long long : 0; char b; };

struct n6 { char a; long long : 0; };

union n7 { char a; long long : 0; };

union n8 { char a; int b : 17; long long c : 50; };

union n9 { char a; int b : 17; long long c : 50; } __attribute__((packed));

struct n10 { int a[0]; char b; long long c[0]; };

struct n11 { char c; struct { char a; int x[]; } f; };

struct n12 { char a; union { struct { } e; char x[0]; int y[0]; }; };

struct n13 { int n; union { char a[0]; struct { struct { } d; short b[]; }; }; };

struct n14 { struct { } e; int x; };

struct n15 { struct { int : 0; } e; char x; };

struct n16 { struct { int : 5; } e; char x; };

struct n17 { _Bool a : 1, b : 1; _Bool c; };

struct n18 { char c; long double d; };

struct n19 { char c; _Complex long double d; };

struct n20 { char c; _Complex char d; _Complex short e; _Complex long long f; };

struct n21 { char c; double d[3]; float f; } __attribute__((aligned(2)));

#pragma pack(2)
struct n22 { char c; long long d : 40; int e : 5; double f; };
#pragma pack()

#pragma pack(4)
struct n23 { char c; struct { char a; long long b; } x; long long y __attribute__((aligned(8))); };
#pragma pack()

#pragma pack(1)
struct n24 { char c; int x : 12; int : 0; int y : 3; long long z __attribute__((aligned(4))); };
#pragma pack()

#pragma pack(8)
struct n25 { char c; long double d; __attribute__((aligned(16))) int e; };
#pragma pack()

#pragma pack(push)
#pragma pack(push, 2)
struct n26 { char c; int x; };
#pragma pack(pop)
struct n27 { char c; int x; };
#pragma pack(pop)

enum big { big_a = 0x7fffffffffffffff, big_b = -1 };
struct n28 { char c; enum big x; enum big y : 50; };

enum ubig { ubig_a = 0xffffffffffffffff };
struct n29 { char c; enum ubig x; enum ubig y : 64; };

enum __attribute__((packed)) pbig { pbig_a = 0x100000000, pbig_b };
struct n30 { char c; enum pbig x; enum pbig y : 33; };

enum __attribute__((packed)) p16 { p16_a = -129 };
struct n31 { char c; enum p16 x; enum p16 y : 9; char d; };

enum unsig { unsig_a = 0x80000000 };
struct n32 { char c; enum unsig x; char v[unsig_a > 0 ? 1 : 2], w[sizeof(unsig_a)]; };

enum mixed { mixed_a = 0x80000000, mixed_b = -1 };
struct n33 { char c; enum mixed x; char w[sizeof(mixed_a)], v[sizeof(mixed_b)]; };

struct n34 { char c; typeof(int) x; __typeof__(struct { char a; short b; }) y; };

struct n35 { char c; void (*f)(struct n35 *, ...); int (*g[3])(void), (*(*h)(int))[4]; };

struct n36 { struct n36 *next, **prev; const struct undefined *p; enum undefined_e *q; };

struct n37 { char a; struct { char b; union { short c; struct { char d; long long e; }; }; }; char f; };

struct n38 { int a : 1; int b : 31; int c : 32; int d : 1; };

struct n39 { unsigned char a : 4, b : 4, c : 4; unsigned short d : 12; unsigned e : 20; unsigned long f : 20; };

struct n40 { char a; int b : 24; char c; int d : 8; short e : 16; };

struct n41 { long a : 5; char b; long c : 5; short d; long e : 5; };

struct n42 { int a : 7; int b[0]; int c : 7; };

struct n43 { char a : 7; double d; char b : 7; };

struct n44 { short a : 9; short b : 9; short c : 9; } __attribute__((packed));

struct n45 { int a : 31; long long b : 33; char c : 1; } __attribute__((packed));

struct n46 { int a : 31; long long b : 33; char c : 1; } __attribute__((packed, aligned(8)));

struct n47 { char a; int b : 7 __attribute__((packed)); int c : 30; };

struct n48 { char c; short s __attribute__((aligned(1))); };

struct n49 { char c; struct { short s; } x __attribute__((packed)); int y; };

struct n50 { char c; struct { short s; int i; } __attribute__((packed)) x[3]; int y; };

struct n51 { char x[sizeof(struct n50) * 2 + __builtin_offsetof(struct n50, y)]; };

struct n52 { char x[__builtin_offsetof(struct n50, x[1].i)]; };

struct n53 { char x[(sizeof(long) == 8) ? 16 : sizeof(void *) * 3]; };

struct n54 { char x[1 << 4 >> 2 | 3 ^ 1 & 7]; };

struct n55 { char x[-1 > 0u ? 2 : 3]; };

struct n56 { char x[(unsigned char)300 + (signed char)200 + 100]; };

struct n57 { char x[sizeof(int[3][4]) / sizeof(int[4])]; };

struct n58 { char x[sizeof("abc" "def") + sizeof 'a' + sizeof(L"ab")]; };

struct n59 { char x[__builtin_constant_p(3) ? 2 : 1]; char y[__builtin_choose_expr(sizeof(long) == 4, 3, 4)]; };

struct n60 { char x[__builtin_clz(1) + __builtin_ctz(8) + __builtin_ffs(4) + __builtin_popcount(255) + __builtin_parity(7)]; };

struct n61 { char x[__builtin_bswap16(0x0100) + __builtin_bswap32(0x01000000) + __builtin_bswap64(0x0100000000000000)]; };

struct n62 { char x[__builtin_types_compatible_p(long, int) + 1]; };

struct n63 { char x[!!sizeof(struct { int : (-!!(0)); }) + 1]; };

struct n64 { char x[sizeof(char[1 - 2 * !!(0)])]; };

#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define BITS_TO_LONGS(nr) DIV_ROUND_UP(nr, 8 * sizeof(long))
struct n65 { unsigned long bits[BITS_TO_LONGS(0x2ff + 1)]; unsigned long b2[BITS_TO_LONGS(65)]; };

#define ALIGN_(x, a) (((x) + ((typeof(x))(a) - 1)) & ~((typeof(x))(a) - 1))
struct n66 { char x[ALIGN_(17, 8)]; char y[ALIGN_(sizeof(struct n65), 64UL) - sizeof(struct n65) + 1]; };

#define ILOG2(n) (__builtin_constant_p(n) ? ((n) < 2 ? 0 : 63 - __builtin_clzll(n)) : 1)
struct n67 { char x[ILOG2(4096)]; };

#define MAX_(a, b) ((a) > (b) ? (a) : (b))
struct n68 { char x[MAX_(sizeof(struct n65), sizeof(struct n66))]; };

#define ARRAY_SIZE(arr) (sizeof(arr) / sizeof((arr)[0]) + sizeof(struct { int : (-!!(__builtin_types_compatible_p(typeof(arr), typeof(&(arr)[0])))); }))
extern int some_array[7];
struct n69 { char x[ARRAY_SIZE(some_array)]; };

#define sizeof_field(T, m) sizeof(((T *)0)->m)
#define offsetofend(T, m) (__builtin_offsetof(T, m) + sizeof_field(T, m))
struct n70 { char x[offsetofend(struct n50, x)]; char y[sizeof_field(struct n50, x[0].i)]; };

#define __struct_group(TAG, NAME, ATTRS, MEMBERS...) union { struct { MEMBERS } ATTRS; struct TAG { MEMBERS } ATTRS NAME; }
struct n71 { char c; __struct_group(n71_tag, hdr, __attribute__((packed)), char a; int b;); int d; };

#define __DECLARE_FLEX_ARRAY(TYPE, NAME) struct { struct { } __empty_ ## NAME; TYPE NAME[]; }
struct n72 { int n; union { __DECLARE_FLEX_ARRAY(char, b); __DECLARE_FLEX_ARRAY(long long, q); }; };

struct n73 { char c; int x __attribute__((aligned(sizeof(long)))); };

struct n74 { char c; struct n73 a[2] __attribute__((aligned(32))); char d; };

typedef struct n73 big73 __attribute__((aligned(64)));
struct n75 { char c; big73 x; char d; };

typedef struct n73 small73 __attribute__((aligned(1)));
struct n76 { char c; small73 x; char d; };

struct n77 { char c; small73 x[2]; };

struct n78 { char c; __attribute__((aligned(8))) struct { int a; } x[3]; };

struct n79 { unsigned long long a : 1; unsigned b : 32; unsigned short c : 16; unsigned char d : 8; _Bool e : 1; };

struct n80 { unsigned char d : 8; unsigned short c : 16; unsigned b : 32; unsigned long long a : 64; };

struct n81 { int a : 4; } __attribute__((aligned(16)));

struct n82 { struct n81 x; int b : 4; };

struct n83 { char a; volatile int b : 3; const int c : 3; volatile const char d; };

struct n84 { signed a : 3; unsigned b : 3; long unsigned c : 3; short int d : 3; };

union n85 { struct { unsigned a : 4, b : 4; }; unsigned char c; struct { unsigned short d; } __attribute__((packed)) e; };

union n86 { char a[5]; short b; } __attribute__((aligned(4)));

union n87 { char a[5]; int b; } __attribute__((packed, aligned(2)));

#pragma pack(2)
union n88 { char a[5]; int b; };
#pragma pack()

union n89 { char a[]; };

union n90 { int x; char a[]; };

struct n91 { };

struct n92 { struct n91 a[5]; };

struct n93 { char c; struct n91 a; long long d[0]; };

struct n94 { char c; int (*p)[__builtin_offsetof(struct n93, a)]; };

struct n95 { int a, *b, c[2], (*d)(void), e : 3, : 0, f; };

struct n96 { _Atomic char a; _Atomic(long long) b; _Atomic struct { char x[3]; } c; _Atomic struct { int x, y; } d; };

struct n97 { char c; __builtin_va_list ap; };

struct n98 { char c; __SIZE_TYPE__ a; __PTRDIFF_TYPE__ b; __WCHAR_TYPE__ d; __INTMAX_TYPE__ e; __UINTPTR_TYPE__ f; };

struct n99 { char c; __INT64_TYPE__ a; __INT_LEAST16_TYPE__ b; __INT_FAST16_TYPE__ d; __CHAR16_TYPE__ e; __SIG_ATOMIC_TYPE__ f; };

struct n100 { int a : 5; struct { int b : 5; } s; int c : 5; };

struct n101 { int a : 5; struct { char b : 5; } s; char c : 5; } __attribute__((packed));

struct n102 { char a; char b : 1; char c : 8; char d : 2; short e : 1; };

struct n103 { char a; unsigned long long b : 56; };

struct n104 { short a; unsigned long long b : 48; unsigned int c : 17; };

struct n105 { char a[3]; int b : 8; };

struct n106 { char a[3]; int b : 9; };

struct n107 { char a[3]; int b : 8 __attribute__((aligned(4))); };

struct n108 { char a; int : 3; int b : 30; };

struct n109 { char a; int : 31; };

struct n110 { char a; long long : 5; char b; };

union n111 { char a; long long : 5; };

union n112 { char a; int : 0; long long b : 1; };

struct n113 { char a; short : 0; int : 0; char b; long long : 0; char c; };

#pragma pack(2)
struct n114 { char a; int : 0; char b; long long : 0; char c; int : 5; };
#pragma pack()

#pragma pack(1)
struct n115 { char a; int : 0; char b; };
#pragma pack()

#pragma pack(4)
struct n116 { char a; long long : 0; char b; long long c : 7; };
#pragma pack()

struct n117 { char a; long long b __attribute__((packed)); long long c; };

struct n118 { char a; struct { long long b; } __attribute__((packed, aligned(2))) s; };

struct n119 { char a; struct { long long b; } s __attribute__((packed, aligned(2))); };

#pragma pack(2)
struct n120 { char a; struct { long long b; } __attribute__((aligned(8))) s; };
#pragma pack()

#pragma pack(2)
struct n121 { char a; struct n81 s; int b __attribute__((aligned(4))); } __attribute__((aligned(16)));
#pragma pack()

#pragma pack(16)
struct n122 { char a; long double b; } __attribute__((packed));
#pragma pack()

struct n123 { int a; } *n123_v, n123_w[2];
struct n124 { char c; typeof(*n123_v) x; typeof(n123_w) y; typeof(n123_w[0].a) z; };

typedef int n125_f(int);
struct n125 { char c; n125_f *p; typeof(n125_f) *q; };

typedef char n126_a[];
struct n126 { char c; n126_a x; };

typedef int n127_a[3], n127_b, *n127_c;
struct n127 { char c; n127_a x[2]; n127_b y; n127_c z; };

enum toobig { TB_A = 0xffffffffffffffff, TB_B = -1 };
struct tb { char c; enum toobig x; char v[TB_A == -1 ? 1 : 2], w[TB_B < 0 ? 1 : 2], s[sizeof(TB_A)], t[sizeof(TB_B)]; };

enum toobig2 { TC_A = 0x8000000000000000, TC_B = -5000000000 } __attribute__((packed));
struct tc { char c; enum toobig2 x; enum toobig2 y : 40; };

struct shifts_beyond_the_width {
	enum { beyond_left = 1 << 32, beyond_right = 5 >> 40, beyond_sign = -5 >> 40, beyond_wide = 1LL << 64 } kind;
	char left[beyond_left + 1], right[beyond_right + 2], sign[beyond_sign + 3], wide[beyond_wide + 4];
};
