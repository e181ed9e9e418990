package decl

import (
	"strings"
	"testing"
)

// TestRecords shows what records become. A want is compared line by line,
// leading tabs and empty lines aside.
func TestRecords(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"members", `struct s { int a; unsigned long long b, *c; const char *d[4]; volatile int e; };`, `
			struct s
			a: int
			b: ullong shared
			c: *ullong shared
			d: [4]*(char const)
			e: (int volatile)`},
		{"basic types", `struct s { char a; signed char b; unsigned c; long int unsigned d; long long e; short f; _Bool g; bool h; long double i; __int128 j; unsigned __int128 k; _Complex double l; __signed__ m; int long n; };`, `
			struct s
			a: char
			b: schar
			c: uint
			d: ulong
			e: llong
			f: short
			g: _Bool
			h: _Bool
			i: ldouble
			j: int128
			k: uint128
			l: complex double
			m: int
			n: long`},
		{"float types", `struct s { _Float16 a; _Float128 b; __float128 c; _Complex float d; _Complex e; };`, `
			struct s
			a: float16
			b: float128
			c: float128
			d: complex float
			e: complex double`},
		{"bit-fields", `enum e { A }; struct s { unsigned a:3, :2, b:A+1; int :0; enum e c:4; enum e :2; };`, `
			struct s
			a: uint : 3 shared
			: uint : 2 shared
			b: uint : (A + 1) shared
			: int : 0
			c: enum e : 4
			: enum e : 2`},
		{"function pointers", `struct s { int (*f)(int, void *p, ...); void (*(*g)(void))[3]; int (*h[2])(T *); };`, `
			struct s
			f: *func(int, p *void, ...) int
			g: *func() *[3]void
			h: [2]*func(*T) int`},
		{"arrays", `struct s { int a[2][3]; char b[]; short c[0]; int d[sizeof(struct t) / 2 - 1]; };`, `
			struct s
			a: [2][3]int
			b: []char
			c: [0]short
			d: [((sizeof(struct t) / 2) - 1)]int`},
		{"nested", `struct s { struct in { int i; } x, *y; union { int q; struct { char w; }; }; enum { P, Q } e; };`, `
			struct s
			x: struct in{…} shared
			y: *struct in{…} shared
			: union{…}
			e: enum {…}
			struct in in struct s.x
			i: int
			union in struct s.
			q: int
			: struct{…}
			struct in union.
			w: char`},
		{"typedef names", `typedef struct { int a; } s_t, *s_p, s_a[2]; typedef const struct { int b; } c_t;`, `
			struct typedef s_t
			a: int
			struct typedef c_t
			b: int`},
		{"unknown types", `struct s { foo_t a; foo_t *b; u32 u32; bar_t c:3; };`, `
			struct s
			a: foo_t
			b: *foo_t
			u32: u32
			c: bar_t : 3`},
		{"member named like a typedef", `typedef int u32; typedef int T; struct s { u32 u32; T v, T; unsigned T2; struct T T3; };`, `
			struct s
			u32: u32
			v: T shared
			T: T shared
			T2: uint
			T3: struct T`},
		{"address spaces", `struct s { void __user *p; void __iomem *__restrict q; __rcu struct t *r; };`, `
			struct s
			p: *void
			q: *void
			r: *struct t`},
		{"typeof", `extern int x; struct s { typeof(x) a; __typeof__(const int *) b; typeof(struct t) c; _Atomic(int) d; _Atomic int e; };`, `
			struct s
			a: typeof(x)
			b: typeof(*(int const))
			c: typeof(struct t)
			d: (int atomic)
			e: (int atomic)`},
		{"what layout does not need", `__extension__ struct s { __extension__ union { int a; }; _Static_assert(1, "x"); [[deprecated]] int b; int c __asm__("c"); ; static_assert(1); };`, `
			struct s
			: union{…}
			b: int
			c: int
			union in struct s.
			a: int`},
		{"in a function", `int f(void) { struct l { int a; }; typedef struct { char c; } m_t; struct { struct l x; m_t y; } v = { 1 }; for (;;) { union { int i; } u; } }`, `
			struct l
			a: int
			struct typedef m_t
			c: char
			struct
			x: struct l{…}
			y: typeof(struct{…})
			union
			i: int`},
		{"constants in a function", `int f(void) { enum { A, B = X, C, D }; struct { int a[A], b[B], d[D], e[E]; } v; }`, `
			struct
			a: [0]int shared
			b: [X]int shared
			d: [(X + 2)]int shared
			e: [E]int shared`},
		{"in a prototype", `void f(struct p { int a; } *);`, `
			struct p
			a: int`},
		{"nothing declared", `struct s { int a; enum { X, Y }; struct t { int b; }; struct t; int; int c; };`, `
			struct s
			a: int
			c: int
			struct t in struct s
			b: int`},
		{"names like annotations", `struct s { int __user; void *__init; char __iomem *p; int x __maybe_unused, __private[2]; };`, `
			struct s
			__user: int
			__init: *void
			p: *char
			x: int shared
			__private: [2]int shared`},
		{"empty", `struct s { }; union u { };`, `
			struct s
			union u`},
		{"no last semicolon", `struct s { int a; int b };`, `
			struct s
			a: int
			b: int`},
		{"statement expression", `struct s { int a[({ int x = 3; x; })]; };`, `
			struct s
			a: [bad]int`},
		{"C23 enum", `enum e : unsigned char { A = 1, B }; struct s { enum e x; enum : short { C } y; };`, `
			struct s
			x: enum e
			y: enum {…}`},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, trim(dump(unit(c.src))), trim(c.want)) })
	}
}

// trim takes the layout of the tests' source off.
func trim(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// TestAttributes shows what attributes are attached to. The positions were
// measured with gcc 12: see the record that each is named after.
func TestAttributes(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"record", `struct __attribute__((packed)) s { int a; }; struct t { int a; } __attribute__((__packed__, aligned(4)));`, `
			struct s packed
			a: int
			struct t packed aligned(4)
			a: int`},
		{"several lists", `struct __attribute__((packed)) s { int a; } __attribute__((aligned(8))) __attribute__((ms_struct));`, `
			struct s packed aligned(8) ms_struct
			a: int`},
		{"record before a declarator", `struct s { struct { int b; } __attribute__((packed)) a; struct { int c; } const __attribute__((packed)) d; };`, `
			struct s
			a: struct{…}
			d: (struct{…} const) packed
			struct packed in struct s.a
			b: int
			struct in struct s.d
			c: int`},
		{"member", `struct s { __attribute__((packed)) int a; int __attribute__((packed)) b, c; int d __attribute__((packed)), e; int f, g __attribute__((aligned(2))); };`, `
			struct s
			a: int packed
			b: int packed shared
			c: int packed shared
			d: int packed shared
			e: int shared
			f: int shared
			g: int aligned(2) shared`},
		{"declared struct type", `struct s { __attribute__((packed)) struct { int b; } a; struct __attribute__((aligned(16))) t *p; struct t __attribute__((aligned(16))) q; };`, `
			struct s
			a: struct{…} packed
			p: *struct t
			q: struct t aligned(16)
			struct in struct s.a
			b: int`},
		{"pointer", `struct s { int __attribute__((aligned(16))) *a; int *__attribute__((aligned(16))) b; int *__attribute__((aligned(16))) *c; int *d __attribute__((aligned(16))); int (__attribute__((aligned(16))) *e)(void); int *const volatile f; };`, `
			struct s
			a: *int aligned(16)
			b: (*int aligned(16))
			c: *(*int aligned(16))
			d: *int aligned(16)
			e: *func() int
			f: (*int const volatile)`},
		{"array", `struct s { int a[2] __attribute__((aligned(16))); };`, `
			struct s
			a: [2]int aligned(16)`},
		{"bit-field", `struct s { int a:3 __attribute__((aligned(8))); int b __attribute__((packed)) : 3; };`, `
			struct s
			a: int : 3 aligned(8)
			b: int : 3 packed`},
		{"mode", `struct s { int __attribute__((mode(DI))) a; int b __attribute__((__mode__(__HI__))); int c[2] __attribute__((mode(QI))); };`, `
			struct s
			a: (int mode(DI))
			b: (int mode(HI))
			c: [2](int mode(QI))`},
		{"vectors", `struct s { int __attribute__((vector_size(16))) a[2]; float *b __attribute__((vector_size(4 * sizeof(float)))); };`, `
			struct s
			a: [2](int vector(16))
			b: *(float vector((4 * sizeof(float))))`},
		{"alignas", `struct s { _Alignas(8) int a; _Alignas(double) char b; alignas(16) char c, d; };`, `
			struct s
			a: int alignas(8)
			b: char alignas(double)
			c: char alignas(16) shared
			d: char alignas(16) shared`},
		{"bare aligned", `struct s { int a __attribute__((aligned)); int b __attribute__((aligned(sizeof(struct t *)))); int c __attribute__((aligned((8)))); };`, `
			struct s
			a: int aligned
			b: int aligned(sizeof(*struct t))
			c: int aligned(8)`},
		{"others", `struct s { int a; } __attribute__((scalar_storage_order("big-endian"), randomize_layout, designated_init, gcc_struct, unknown(1, "x"))); union u { int a; } __attribute__((transparent_union));`, `
			struct s gcc_struct big-endian randomize_layout designated_init
			a: int
			union u transparent_union
			a: int`},
		{"lists with gaps", `struct s { int a; } __attribute__((, packed,, aligned(2), )) __attribute__(()) ;`, `
			struct s packed aligned(2)
			a: int`},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, trim(dump(unit(c.src))), trim(c.want)) })
	}
}

// TestPack follows #pragma pack through a file.
func TestPack(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"push and pop", "#pragma pack(push, 1)\nstruct a { int x; };\n#pragma pack(pop)\nstruct b { int x; };\n", "struct a pack(1)\nx: int\nstruct b\nx: int"},
		{"set and reset", "#pragma pack(2)\nstruct a { int x; };\n#pragma pack()\nstruct b { int x; };\n", "struct a pack(2)\nx: int\nstruct b\nx: int"},
		{"no limit", "#pragma pack(0)\nstruct a { int x; };\n#pragma pack(push, 4)\n#pragma pack(push, 0)\nstruct b { int x; };\n#pragma pack()\nstruct c { int x; };\n#pragma pack(pop)\nstruct d { int x; };\n", "struct a pack(-1)\nx: int\nstruct b pack(-1)\nx: int\nstruct c\nx: int\nstruct d pack(4)\nx: int"},
		{"named", "#pragma pack(push, here, 4)\n#pragma pack(push, 1)\nstruct a { int x; };\n#pragma pack(pop, here)\nstruct b { int x; };\n", "struct a pack(1)\nx: int\nstruct b\nx: int"},
		{"the closing brace counts", "struct a { int x;\n#pragma pack(1)\n};\nstruct b { int x;\n#pragma pack()\n};\n", "struct a pack(1)\nx: int\nstruct b\nx: int"},
		{"nested", "struct a { struct b { int x;\n#pragma pack(push, 2)\n} y;\n#pragma pack(pop)\n};\n", "struct a\ny: struct b{…}\nstruct b pack(2) in struct a.y\nx: int"},
		{"malformed", "#pragma pack(3)\n#pragma pack(push, 1, 2)\n#pragma pack(pop, 2)\n#pragma pack 1\n#pragma pack(push 1)\nstruct a { int x; };\n", "struct a\nx: int"},
		{"set under a push", "#pragma pack(2)\n#pragma pack(push, 1)\n#pragma pack(8)\n#pragma pack(pop)\nstruct a { int x; };\n", "struct a pack(2)\nx: int"},
		{"_Pragma", "_Pragma(\"pack(push,1)\") struct a { int x; }; _Pragma(\"pack(pop)\") struct b { int x; };", "struct a pack(1)\nx: int\nstruct b\nx: int"},
		{"in a header", "#include \"h.h\"\nstruct a { int x; };\n", "struct a pack(4)\nx: int"},
		{"scalar order", "#pragma scalar_storage_order big-endian\nstruct a { int x; };\n#pragma scalar_storage_order default\nstruct b { int x; };\n", "struct a big-endian\nx: int\nstruct b\nx: int"},
		{"ms_struct", "#pragma ms_struct on\nstruct a { int x; };\n#pragma ms_struct reset\nstruct b { int x; };\n", "struct a ms\nx: int\nstruct b\nx: int"},
		{"in a function", "int f(void) {\n#pragma pack(1)\nstruct a { int x; };\n#pragma pack()\nstruct b { int x; }; }\nstruct c { int x; };", "struct a pack(1)\nx: int\nstruct b\nx: int\nstruct c\nx: int"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := preprocessed(c.src, &memory{map[string]string{"/h.h": "#pragma pack(4)\n"}}, nil)
			check(t, trim(dump(NewUnit(r, nil))), c.want)
		})
	}
}
