// Old and odd ways to write the same.

int typedef k1_t;
struct k1 { char c; k1_t x; };

struct k2_ { int a; } typedef k2_t;
struct k2 { char c; k2_t x; };

int long typedef unsigned k3_t, *k3_p;
struct k3 { char c; k3_t x; k3_p y; };

int k4_f(a, b) int a; char b; { return a + b; }
struct k4 { char c; int x; };

int k5_f(a, p) struct k4 *p; { struct local { int z; } l = { 1 }; return l.z + p->x; }
struct k5 { char c; struct k4 x; };

struct k6 <% char c; int x<:3:>; %>;

struct k7 { char c; in\
t x; };

struct /* a */ k8_ /* b */ { /* c */ char /* d */ c /* e */ ; // f
int /* g */ x /* h */ [ /* i */ 2 /* j */ ] /* k */ ; } /* l */ ;
struct k8 { struct k8_ x; };

struct k9 { char c; int $dollar, _, __x, x1; };

struct k10 { char c; long const unsigned int long volatile x; short const y; const volatile char z; };

struct k11 { char c; int (x), ((*y))[3], (*(*z)[2])(void); };

struct k12 { unsigned a : 3, : 5, b : 3; signed : 0; unsigned long c : 1; };

extern struct k13 { char c; int x; } k13_v, k13_f(struct k13, int);
struct k14 { struct k13 x; };

static const struct k15 { char c; int x; } k15_v = { 1, .x = 2 };
struct k16 { char y[sizeof k15_v + sizeof(k15_v.c)]; };

struct k17 { char c; struct k17_tag *p; enum k17_e *q; union k17_u **r; };

void k18_f(struct k18_p { int x; } *p);
struct k18 { char c; int x; };

enum k19_e { K19_A, K19_B = 5, K19_C, };
struct k19 { char c[K19_C]; enum k19_e x; };

enum { K20_A = 'a', K20_B = sizeof(struct k19), K20_C = K20_A - 'A', K20_D = (int)3.9 };
struct k20 { char c[K20_C], d[K20_D], e[K20_B]; };

struct k21 { char c; __extension__ struct { int a; }; __extension__ int x : 3; };

struct k22 { ; char c; ; int x; ; };

;;; struct k23 { char c; int x; };;;

__extension__ typedef struct { char a; } k24_t; __extension__ struct k24_ { int x; };
struct k24 { k24_t x; struct k24_ y; };

typedef struct k25_t k25_t; struct k25_t { k25_t *next; int x; };
struct k25 { char c; k25_t x; };

typedef int k26_t; struct k26 { k26_t k26_t; char c; };

typedef int k27_t; struct k27 { char c; unsigned k27_t : 3; int x; };

typedef char k28_t; struct k28 { const k28_t; int x; };

typedef short k29_t; struct k29 { char c; k29_t (x), *y, z[3]; const k29_t w : 3; };

struct k30 { char c; struct k30 *(*f)(struct k30 *, int (*)(struct k30)); };

asm("# nothing"); struct k31 { char c; int x; };

_Static_assert(sizeof(int) >= 2, "wide"); struct k32 { char c; _Static_assert(1, ""); int x; };

_Static_assert(sizeof(int) >= 2); struct k33 { char c; int x; };

inline static int k34_f(void) { return ({ struct in { int a; } x = { 0 }; x.a; }); } struct k34 { char c; int x; };

struct k35 { char c; } k35_v; typeof(k35_v) k35_w; struct k36 { typeof(k35_w) x[3]; };

#define K37(name) struct name { char c; int x; }
K37(k37_);
struct k37 { struct k37_ x; K37(k37_in) y; };

#define K38_BEGIN struct k38 {
#define K38_END };
K38_BEGIN char c; int x; K38_END

#define K39(x, ...) x __VA_ARGS__
struct k39 { K39(int a; char b;, short c;) K39(long, d;) };

#define K40_F(t) t K40_##t;
struct k40 { K40_F(int) K40_F(char) K40_F(long) };

struct k41 { char c[sizeof(struct { char a; int b; }) + sizeof(union { char a[5]; })]; };

struct k42 { char c[sizeof(enum { K42_A = 3 }) + K42_A]; };

struct k44 { _Bool a; _Complex x; _Complex float y; long double _Complex z; };

struct k46 { char c; int x; } k46_a[2], (*k46_b)(struct k46), *k46_c[3];
struct k47 { char c[sizeof k46_a], d[sizeof k46_c], e[sizeof(*k46_c[0])]; };

typedef int k48_a[2][3]; struct k48 { char c; k48_a x[2]; char d[sizeof(k48_a) / sizeof(((k48_a *)0)[0][1][0])]; };

struct k49 { char c[100U], d[0x10L], e[010], f[0b11], g[5ull]; };

struct k50 { char c['\0' + 1], d['\n'], e['\x41'], f['\101'], g[L'a'], h['\\'], i['\'']; };

struct k51 { char a[__LINE__ > 1 ? 3 : 4]; char b[__COUNTER__ + 1]; char c[sizeof __FILE__ > 0]; char d[__INCLUDE_LEVEL__ + 1]; };

#if 0
struct k52 { char c; };
#elif defined(__GNUC__) && __GNUC__ >= 4
struct k52 { char c; int x; };
#else
struct k52 { long c; };
#endif

#ifdef __CHAR_UNSIGNED__
struct k53 { char c; short x; };
#else
struct k53 { char c; long long x; };
#endif

#if __SIZEOF_LONG__ == 8 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
struct k54 { char c; int x; };
#else
struct k54 { char c[3]; };
#endif

struct k55 { char c[sizeof(int (*)[3])], d[sizeof(int (*(*)(void))[2])], e[sizeof(char *[4])], f[sizeof(const int[2])]; };

struct k56 { char c[__alignof__(struct { char a; double b; })], d[_Alignof(struct { long long b; })], e[__alignof__(long double)]; };

struct k57 { char c[__builtin_offsetof(struct { char a; struct { int b[3]; } c; }, c.b[2])]; };

struct k58 { char c[1 ? 2 : (1 / 0)], d[0 && (1 / 0) || 1]; };

struct k59 { char c[-(-3)], d[!0], e[~-3], f[+4], g[- -2]; };

struct k60 { char c[5 % 3], d[-7 / 2 + 8], e[-7 % 3 + 8], f[7 >> 1], g[1 << 3], h[5 ^ 1], i[6 & 3], j[6 | 1]; };
