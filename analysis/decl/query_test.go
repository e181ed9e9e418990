package decl

import (
	"testing"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// tokens gives the preprocessed tokens of a text.
func tokens(src string) []cpp.Token {
	var out []cpp.Token
	for s := range preprocessed(src, noHeaders, nil).Segments() {
		for _, t := range s.Tokens {
			if t.Kind != token.EOF {
				out = append(out, t)
			}
		}
	}
	return out
}

func TestParseExpr(t *testing.T) {
	u := unit("typedef unsigned int u32; typedef unsigned long size_t; struct s { int a; }; enum { E };")
	for _, c := range []struct{ src, want string }{
		{"42", "42"},
		{"0x10u", "16u"},
		{"017", "15"},
		{"0b101UL", "5ul"},
		{"1LLU", "1ull"},
		{"18446744073709551615", "-1"},
		{"08", "bad"},
		{"1.5", "1.5"},
		{"0x1p3", "8"},
		{"1e3f", "1000 float"},
		{"1.5L", "1.5 ldouble"},
		{".5i", "0.5i"},
		{"1.jf", "1i float"},
		{"0x1.8p-1f", "0.75 float"},
		{"1e+2Q", "100 float128"},
		{"2.f16", "2 float16"},
		{"1.5f33", "bad"},
		{"1.5ifi", "bad"},
		{"1.0e", "bad"},
		{"1lul", "bad"},
		{"'a'", "char 97"},
		{`'\377'`, "char 255"},
		{`'\x41'`, "char 65"},
		{"'ab'", "24930"},
		{"'abcd'", "1633837924"},
		{"'abcde'", "1650680933"},
		{`'\n'`, "char 10"},
		{`'\0'`, "char 0"},
		{`L'\xffff'`, "65535"},
		{"u'x'", "(ushort)120"},
		{"U'x'", "120u"},
		{`'\''`, "char 39"},
		{"'é'", "50089"},
		{`"abc"`, "str(4 char)"},
		{`"a" "b\n"`, "str(4 char)"},
		{`L"ab"`, "str(3 int)"},
		{`u"😀" "x"`, "str(4 ushort)"},
		{`"\x41\102\u00e9"`, "str(5 char)"},
		{`u8"é"`, "str(3 char)"},
		{`R"(a"b)"`, "str(4 char)"},
		{"1 + 2 * 3", "(1 + (2 * 3))"},
		{"(1 + 2) * 3", "((1 + 2) * 3)"},
		{"1 << 2 | 3 & ~4", "((1 << 2) | (3 & ~4))"},
		{"!E && E || -1", "((!E && E) || -1)"},
		{"E ? 1 : 2 ? 3 : 4", "(E ? 1 : (2 ? 3 : 4))"},
		{"E ?: 2", "(E ?  : 2)"},
		{"1, 2", "(1 , 2)"},
		{"1 < 2 == 3 >= 4 != 5 > 6 <= 7", "(((1 < 2) == (3 >= 4)) != ((5 > 6) <= 7))"},
		{"7 % 3 - 2 / 1 >> 1 ^ 1", "((((7 % 3) - (2 / 1)) >> 1) ^ 1)"},
		{"(u32)-1", "(u32)-1"},
		{"(unsigned char)300", "(uchar)300"},
		{"(int (*)(void))0", "(*func() int)0"},
		{"(const struct s *)p", "(*(struct s const))p"},
		{"(foo_t)1", "(foo_t)1"},
		{"(foo_t *)x", "(*foo_t)x"},
		{"(foo) + 1", "(foo + 1)"},
		{"(bool)2", "(_Bool)2"},
		{"sizeof(u32)", "sizeof(u32)"},
		{"sizeof(struct s[3])", "sizeof([3]struct s)"},
		{"sizeof x", "sizeof x"},
		{"sizeof(x)", "sizeof(x)"},
		{"sizeof(E)", "sizeof E"},
		{"sizeof(x).y", "sizeof x.y"},
		{"sizeof x", "sizeof x"},
		{"sizeof(x)->y", "sizeof x->y"},
		{"sizeof(int) * 2", "(sizeof(int) * 2)"},
		{"sizeof(x.y[2])", "sizeof x.y[2]"},
		{`sizeof("ab")`, "sizeof str(3 char)"},
		{"sizeof(foo_t *)", "sizeof(*foo_t)"},
		{"sizeof(struct { int a; })", "sizeof(struct{…})"},
		{"_Alignof(u32)", "_Alignof(u32)"},
		{"__alignof__(struct s)", "__alignof__(struct s)"},
		{"__alignof__(x)", "__alignof__(x)"},
		{"__alignof__(E)", "__alignof__ E"},
		{"__builtin_offsetof(struct s, a.b[2].c)", "offsetof(struct s, .a.b[2].c)"},
		{"&((struct s *)0)->a", "&(*struct s)0->a"},
		{"(unsigned long)&((struct s *)0)->a.b[1]", "(ulong)&(*struct s)0->a.b[1]"},
		{"((size_t)&((struct s *)0L)->a)", "(size_t)&(*struct s)0l->a"},
		{"(long)&(*(struct s *)0).a", "(long)&*(*struct s)0.a"},
		{"&((struct s *)1)->a", "&(*struct s)1->a"},
		{"&x", "&x"},
		{"*p", "*p"},
		{"__builtin_types_compatible_p(u32, const int *)", "compatible(u32, *(int const))"},
		{"__builtin_choose_expr(1, 2, sizeof(int))", "choose(1, 2, sizeof(int))"},
		{"__builtin_constant_p(x + 1)", "__builtin_constant_p((x + 1))"},
		{"f(1, g(), h)", "f(1, g(), h)"},
		{"({ int x = 1; x; }) + 2", "(bad + 2)"},
		{"_Generic(1, int: 2, default: 3)", "generic(1, int: 2, default: 3)"},
		{"x = 1", "bad"},
		{"x++", "bad"},
		{"(int){3}", "(int)"},
		{"((struct s){ .a = 1 }).a", "(struct s).a"},
		{"sizeof(struct s __attribute__((aligned(16))))", "sizeof((struct s aligned(16)))"},
	} {
		e, err := u.ParseExpr(tokens(c.src))
		got := exprString(e)
		if err != nil || got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.src, got, err, c.want)
		}
	}
	for _, src := range []string{"", "1 +", "(", ")", "1 2", "sizeof", "int", "{}", "a ? b", "f(", "x[", "?:", ";", "struct s", "__builtin_offsetof(struct s)", "->x", "a.1"} {
		if e, err := u.ParseExpr(tokens(src)); err == nil {
			t.Errorf("%q: got %s, want an error", src, exprString(e))
		}
	}
}

func TestParseType(t *testing.T) {
	u := unit("typedef unsigned int u32; struct s { int a; };")
	for _, c := range []struct{ src, want string }{
		{"int", "int"},
		{"struct s *", "*struct s"},
		{"u32[4]", "[4]u32"},
		{"foo_t", "foo_t"},
		{"foo_t *", "*foo_t"},
		{"const char *const", "(*(char const) const)"},
		{"int (*)(u32, char *)", "*func(u32, *char) int"},
		{"int (*[3])(void)", "[3]*func() int"},
		{"int (*)[3]", "*[3]int"},
		{"unsigned long long", "ullong"},
		{"enum e", "enum e"},
		{"typeof(u32 *)", "typeof(*u32)"},
		{"char[sizeof(struct s)]", "[sizeof(struct s)]char"},
		{"__builtin_va_list", "__builtin_va_list"},
		{"__u64", "__u64"},
		{"union u", "union u"},
	} {
		typ, err := u.ParseType(tokens(c.src))
		if err != nil || typeString(typ) != c.want {
			t.Errorf("%s: got %v (%v), want %s", c.src, typ, err, c.want)
		}
	}
	for _, src := range []string{"", "1", "struct", "int x y", "*", "int[", "(int)", "u32 u32 u32"} {
		if typ, err := u.ParseType(tokens(src)); err == nil {
			t.Errorf("%q: got %s, want an error", src, typeString(typ))
		}
	}
}

// BenchmarkParseExpr asks for a size again and again, as commands do.
func BenchmarkParseExpr(b *testing.B) {
	u := unit("struct s { int a; };")
	toks := tokens("((1U << 30) | (sizeof(struct s) << 16) | ('M' << 8) | 3)")
	for b.Loop() {
		if _, err := u.ParseExpr(toks); err != nil {
			b.Fatal(err)
		}
	}
}
