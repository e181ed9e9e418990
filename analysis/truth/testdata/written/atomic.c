// Types of expressions on atomic objects.

struct a0 { _Atomic struct { char x[4]; } a; _Atomic long long b; _Atomic int c; _Atomic(double) d; };

struct a1 { char c; typeof(((struct a0 *)0)->a) x; };

struct a2 { char c; typeof(((struct a0 *)0)->b) x; };

struct a3 { char c; typeof(_Atomic long long) x; };

struct a4 { char c; typeof(_Atomic(long long)) x; };

struct a5 { char c; typeof(const _Atomic long long) x; };

struct a6 { char c; typeof(_Atomic const int *) x; };

struct a7 { char c; typeof(((struct a0 *)0)->d) x; };

struct a8 { char c; typeof(&((struct a0 *)0)->b) x; typeof(*&((struct a0 *)0)->b) y; };

struct a9 { char c; _Atomic long long x[2]; typeof(((struct a9 *)0)->x[0]) y; };

typedef _Atomic long long all; typedef _Atomic struct { char x[8]; } as8;
struct a10 { char c; all x; };

struct a11 { char c; all x[2]; };

struct a12 { char c; as8 x; };

struct a13 { char c; as8 x[2]; };

struct a14 { char c; as8 const x; _Atomic double y; };

struct a15 { char c; _Atomic union { long long a; } x; };

struct a16 { char c; _Atomic char x[3]; _Atomic struct { char y[3]; } z; };

struct a17 { char c; _Atomic long long x; } __attribute__((packed));

struct a18 { char c; _Atomic long long x __attribute__((packed)); };

struct a19 { char c; _Atomic long long x __attribute__((aligned(2))); };

struct a20 { char a[sizeof(u'x')], b[sizeof(U'x')], c[sizeof(L'x')], d[sizeof('x')]; typeof(u'x') e; typeof(U'x') f; typeof(L'x') g; };
