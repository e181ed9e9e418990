package decl

import (
	"testing"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/text"
)

// TestSkippedBodies finds the same records, with the same members, whether the
// bodies of functions are left out or not.
func TestSkippedBodies(t *testing.T) {
	const macros = "#define M(x) m(x)\n#define N 3\n#define EACH(x) for (;;)\n"
	for _, c := range []struct {
		name, src string
		records   int
	}{
		{"plain", "int f(void) { M(1); struct s { int a[N]; } x; M(2); }", 1},
		{"nested blocks", "int f(void) { struct s { int a; }; { struct s { char b; }; struct t { struct s x; }; M(1); } if (M(2)) { union u { int i; }; } else { struct v { struct s s; }; } }", 5},
		{"a loop of a macro", "int f(void) { EACH(N) { M(1); struct s { int a; } x; } M(2); }", 1},
		{"for", "int f(void) { for (struct { int a; } x = { M(1) }; M(2); M(3)) { struct s { int b; }; } for (struct t { int a; } *p;;) ; }", 3},
		{"a statement expression", "int f(void) { M(1); int x = ({ M(2); struct s { int a; } y; y.a; }); }", 1},
		{"arguments", "int f(void) { g(M(1), sizeof(struct s { int a; })); M(union u { int a; } *); M(2); }", 2},
		{"literals", "int f(void) { x = (struct s { int a; }) { M(1) }; g((struct { int b; }) { 2 }); return (struct t { int a; }) { M(3) }.a; }", 3},
		{"initializers", "int f(void) { static const struct s { int a; } x[] = { { M(1) }, { N } }; M(2); }", 1},
		{"bounds", "int f(int n) { enum { A = N, B }; typedef char t[B]; struct s { t a; int b[A], c[n]; }; M(1); }", 1},
		{"enums behind", "int f(void) { enum e : short { A, B = 7 }; M(1); { enum { C = B + 1 }; struct s { enum e x; int y[C]; }; } }", 1},
		{"labels", "int f(int n) { switch (n) { case N: struct s { int a : N; } x; default: out: union { int b; } y; } }", 2},
		{"attributes", "int f(void) { struct __attribute__((packed)) s { int a; }; struct t { int a; } __attribute__((aligned(8))) x; M(1); }", 2},
		{"a prototype", "int f(struct in_head { int a; } *x) { M(1); struct s g(struct t { int a; } *, M(2)); }", 2},
		{"a nested function", "int f(void) { int g(void) { struct s { int a; }; M(1); } M(2); }", 1},
		{"an old definition", "int f(a, b) struct k { int x[N]; } a; int b; { M(1); struct s { int a; }; }", 2},
		{"a conditional around", "int f(void) {\n M(1);\n#if N\n struct s { int a; };\n#else\n struct t { int a; };\n#endif\n M(2);\n}", 1},
		{"a conditional inside", "int f(void) {\n M(1);\n struct s {\n#if N\n int a;\n#else\n int b;\n#endif\n };\n M(2);\n struct t { int c; };\n}", 2},
		{"a conditional before", "int f(void) {\n x =\n#if N\n sizeof(struct s { int a; });\n#endif\n struct t { int b; };\n}", 2},
		{"a pragma", "int f(void) {\n#pragma pack(push, 1)\n struct s { int a; };\n M(1);\n#pragma pack(pop)\n struct t { int a; };\n}", 2},
		{"the operator", "int f(void) { M(1); _Pragma(\"pack(push, 1)\") struct s { int a; } x; _Pragma(\"pack(pop)\") M(2); struct t { int a; }; } struct u { int a; };", 3},
		{"a brace missing", "int f(void)\n{\n\tif (M(1)) {\n\t\tstruct s { int a; } x;\n}\n\nstruct t { int b; };\nint g(void)\n{\n\tM(2);\n}\nstruct u { int c; };\n", 3},
		{"a brace too much", "int f(void)\n{\n\tM(1);\n\tstruct s { int a; } x; }\n}\n\nstruct t { int b; };\nint g(void) { struct v { int d; }; M(2); }\nstruct u { int c; };\n", 4},
		{"a parenthesis missing", "int f(void)\n{\n\tM(1);\n\tg(M(2);\n\tstruct s { int a; } x;\n}\nstruct t { int b; };\n", 2},
		{"the end missing", "int f(void)\n{\n\tM(1);\n\tstruct s { int a; } x;\n\tM(2);\n", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := func(brief bool) *Unit {
				cfg := &cpp.Config{ABI: abi.Lookup("x86_64"), SkipBodies: brief}
				return NewUnit(testCache.Preprocess(noHeaders, cfg, testCache.File("/main.c", text.New(macros+c.src), nil), nil, nil), nil)
			}
			whole, brief := found(false), found(true)
			if n := len(whole.MainRecords()); n != c.records {
				t.Errorf("%d records, want %d", n, c.records)
			}
			check(t, dump(brief), dump(whole))
		})
	}
}
