package layout_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/abi/abitest"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// Expressions are written short: each maker stands for one node.
func sym(name string) token.Sym        { return token.Intern(name) }
func name(n string) decl.Expr          { return &decl.Name{Name: sym(n)} }
func basic(k abi.Kind) decl.Type       { return &decl.Basic{Kind: k} }
func pointer(t decl.Type) decl.Type    { return &decl.Pointer{Elem: t} }
func structRef(tag string) decl.Type   { return &decl.RecordRef{Tag: sym(tag)} }
func neg(x decl.Expr) decl.Expr        { return &decl.Unary{Op: "-", X: x} }
func not(x decl.Expr) decl.Expr        { return &decl.Unary{Op: "!", X: x} }
func inv(x decl.Expr) decl.Expr        { return &decl.Unary{Op: "~", X: x} }
func addr(x decl.Expr) decl.Expr       { return &decl.Unary{Op: "&", X: x} }
func deref(x decl.Expr) decl.Expr      { return &decl.Unary{Op: "*", X: x} }
func sizeofT(t decl.Type) decl.Expr    { return &decl.Sizeof{Type: t} }
func sizeofX(x decl.Expr) decl.Expr    { return &decl.Sizeof{X: x} }
func index(x, i decl.Expr) decl.Expr   { return &decl.Index{X: x, I: i} }
func cond(c, a, b decl.Expr) decl.Expr { return &decl.Cond{C: c, A: a, B: b} }

func unsigned(n uint64) decl.Expr {
	return &decl.Int{Value: n, Unsigned: true, Long: abi.Int, Decimal: true}
}
func hex(n uint64) decl.Expr  { return &decl.Int{Value: n, Long: abi.Int} }
func long(n uint64) decl.Expr { return &decl.Int{Value: n, Long: abi.Long, Decimal: true} }
func ull(n uint64) decl.Expr {
	return &decl.Int{Value: n, Long: abi.LongLong, Unsigned: true, Decimal: true}
}

func op(x decl.Expr, o decl.Op, y decl.Expr) decl.Expr { return &decl.Binary{Op: o, X: x, Y: y} }

func cast(t decl.Type, x decl.Expr) decl.Expr { return &decl.Cast{Type: t, X: x} }

func arrow(x decl.Expr, m string) decl.Expr { return &decl.Member{X: x, Arrow: true, Name: sym(m)} }
func dot(x decl.Expr, m string) decl.Expr   { return &decl.Member{X: x, Name: sym(m)} }

func call(f string, args ...decl.Expr) decl.Expr { return &decl.Call{Fun: name(f), Args: args} }

// samplesScope is the declarations that the expressions use; samplesText is the same in C.
const samplesText = `
struct inner { short a; int b[3]; };
struct s { char c; long long ll; struct inner in[2]; unsigned bf : 5; char name[16]; void *p; };
enum e { A, B = 5, C, D = -1, BIG = 1ULL << 40, NEXT };
typedef long long al8 __attribute__((aligned(8)));
extern int object; extern char array[10][3]; extern struct s object_s;
`

func samplesScope() *scope {
	s := newScope()
	record := func(tag string, fields ...*decl.Field) {
		r := &decl.Record{Tag: sym(tag), Fields: fields}
		for _, f := range fields {
			f.Record = r
		}
		s.records[r.Tag] = r
	}
	field := func(n string, t decl.Type) *decl.Field { return &decl.Field{Name: sym(n), Type: t} }
	array := func(t decl.Type, n int64) decl.Type { return &decl.Array{Elem: t, Len: number(n)} }
	record("inner", field("a", basic(abi.Short)), field("b", array(basic(abi.Int), 3)))
	bf := field("bf", basic(abi.UInt))
	bf.Bits = number(5)
	record("s", field("c", basic(abi.Char)), field("ll", basic(abi.LongLong)), field("in", array(structRef("inner"), 2)),
		bf, field("name", array(basic(abi.Char), 16)), field("p", pointer(basic(abi.Void))))
	s.enum("e", decl.Attrs{}, map[string]decl.Expr{"B": number(5), "D": neg(number(1)), "BIG": op(ull(1), "<<", number(40))},
		"A", "B", "C", "D", "BIG", "NEXT")
	s.typedef("al8", basic(abi.LongLong), decl.Attrs{Aligned: []decl.Align{{Expr: number(8)}}})
	for n, t := range map[string]decl.Type{
		"object": basic(abi.Int), "array": array(array(basic(abi.Char), 3), 10), "object_s": structRef("s"),
	} {
		s.objects[sym(n)] = &decl.Object{Name: sym(n), Type: t}
	}
	return s
}

// constants are expressions and their C text; gcc knows their values.
var constants = []struct {
	c string
	x decl.Expr
}{
	{"1 + 2 * 3", op(number(1), "+", op(number(2), "*", number(3)))},
	{"-7 / 2", op(neg(number(7)), "/", number(2))},
	{"-7 % 2", op(neg(number(7)), "%", number(2))},
	{"-7 / 2u", op(neg(number(7)), "/", unsigned(2))},
	{"-1 < 0u", op(neg(number(1)), "<", unsigned(0))},
	{"-1L < 0u", op(neg(long(1)), "<", unsigned(0))},
	{"0xffffffff", hex(0xffffffff)},
	{"-0xffffffff", neg(hex(0xffffffff))},
	{"4294967295", number(0xffffffff)},
	{"-4294967295", neg(number(0xffffffff))},
	{"0x80000000 >> 31", op(hex(0x80000000), ">>", number(31))},
	{"1 << 31", op(number(1), "<<", number(31))},
	{"(1 << 31) >> 4", op(op(number(1), "<<", number(31)), ">>", number(4))},
	{"1ULL << 63", op(ull(1), "<<", number(63))},
	{"~0u", inv(unsigned(0))},
	{"~0", inv(number(0))},
	{"!5", not(number(5))},
	{"2u - 3", op(unsigned(2), "-", number(3))},
	{"(2u - 3) > 0", op(op(unsigned(2), "-", number(3)), ">", number(0))},
	{"5 & 6 | 8 ^ 1", op(op(number(5), "&", number(6)), "|", op(number(8), "^", number(1)))},
	{"(char)200", cast(basic(abi.Char), number(200))},
	{"(signed char)200", cast(basic(abi.SChar), number(200))},
	{"(unsigned char)-1", cast(basic(abi.UChar), neg(number(1)))},
	{"(_Bool)256", cast(basic(abi.Bool), number(256))},
	{"(int)3.99", cast(basic(abi.Int), &decl.Float{Value: 3.99, Kind: abi.Double})},
	{"(int)-3.99", cast(basic(abi.Int), neg(&decl.Float{Value: 3.99, Kind: abi.Double}))},
	{"1.5 > 1", op(&decl.Float{Value: 1.5, Kind: abi.Double}, ">", number(1))},
	{"(unsigned short)-1 << 4", op(cast(basic(abi.UShort), neg(number(1))), "<<", number(4))},
	{"1 ? -1 : 0u", cond(number(1), neg(number(1)), unsigned(0))},
	{"0 ? 1 / 0 : 3", cond(number(0), op(number(1), "/", number(0)), number(3))},
	{"7 ?: 1", cond(number(7), nil, number(1))},
	{"0 && 1 / 0", op(number(0), "&&", op(number(1), "/", number(0)))},
	{"1 || 1 / 0", op(number(1), "||", op(number(1), "/", number(0)))},
	{"A + B + C + D", op(op(op(name("A"), "+", name("B")), "+", name("C")), "+", name("D"))},
	{"NEXT", name("NEXT")},
	{"sizeof(A)", sizeofX(name("A"))},
	{"sizeof(BIG)", sizeofX(name("BIG"))},
	{"sizeof(enum e)", sizeofT(&decl.EnumRef{Tag: sym("e")})},
	{"D < 0u", op(name("D"), "<", unsigned(0))},
	{"sizeof(struct s)", sizeofT(structRef("s"))},
	{"sizeof(long) * 2 - sizeof(void *)", op(op(sizeofT(basic(abi.Long)), "*", number(2)), "-", sizeofT(pointer(basic(abi.Void))))},
	{"sizeof(void)", sizeofT(basic(abi.Void))},
	{"sizeof(((struct s *)0)->name)", sizeofX(arrow(cast(pointer(structRef("s")), number(0)), "name"))},
	{"sizeof(((struct s *)0)->in[1].b)", sizeofX(dot(index(arrow(cast(pointer(structRef("s")), number(0)), "in"), number(1)), "b"))},
	{"sizeof(*((struct s *)0)->in)", sizeofX(deref(arrow(cast(pointer(structRef("s")), number(0)), "in")))},
	{"sizeof(array) / sizeof(array[0])", op(sizeofX(name("array")), "/", sizeofX(index(name("array"), number(0))))},
	{"sizeof(array + 1)", sizeofX(op(name("array"), "+", number(1)))},
	{"sizeof(&array)", sizeofX(addr(name("array")))},
	{"sizeof(*array)", sizeofX(deref(name("array")))},
	{"sizeof(0, array)", sizeofX(op(number(0), ",", name("array")))},
	{"sizeof(object_s.ll + 1)", sizeofX(op(dot(name("object_s"), "ll"), "+", number(1)))},
	{"sizeof((char)1 + (char)1)", sizeofX(op(cast(basic(abi.Char), number(1)), "+", cast(basic(abi.Char), number(1))))},
	{"sizeof(\"hello\")", sizeofX(&decl.Str{Size: 6, Kind: abi.Char})},
	{"sizeof(1 ? (char *)0 : (void *)0)", sizeofX(cond(number(1), cast(pointer(basic(abi.Char)), number(0)), cast(pointer(basic(abi.Void)), number(0))))},
	{"sizeof(*(8 ? ((void *)((long)(5) * 0l)) : (int *)8))", sizeofX(deref(cond(number(8), cast(pointer(basic(abi.Void)), op(cast(basic(abi.Long), number(5)), "*", long(0))), cast(pointer(basic(abi.Int)), number(8)))))},
	{"sizeof(*(8 ? ((void *)((long)(object) * 0l)) : (int *)8))", sizeofX(deref(cond(number(8), cast(pointer(basic(abi.Void)), op(cast(basic(abi.Long), name("object")), "*", long(0))), cast(pointer(basic(abi.Int)), number(8)))))},
	{"_Alignof(long long)", &decl.Alignof{Type: basic(abi.LongLong)}},
	{"__alignof__(long long)", &decl.Alignof{GNU: true, Type: basic(abi.LongLong)}},
	{"_Alignof(al8)", &decl.Alignof{Type: &decl.TypedefRef{Name: sym("al8")}}},
	{"_Alignof(struct s)", &decl.Alignof{Type: structRef("s")}},
	{"__alignof__(((struct s *)0)->ll)", &decl.Alignof{GNU: true, X: arrow(cast(pointer(structRef("s")), number(0)), "ll")}},
	{"__builtin_offsetof(struct s, in[1].b[2])", &decl.Offsetof{Type: structRef("s"), Path: []decl.Step{{Name: sym("in")}, {Index: number(1)}, {Name: sym("b")}, {Index: number(2)}}}},
	{"(__SIZE_TYPE__)&((struct s *)0)->in[1].b", cast(basic(abi.ULong), addr(dot(index(arrow(cast(pointer(structRef("s")), number(0)), "in"), number(1)), "b")))},
	{"(int *)16 - (int *)4", op(cast(pointer(basic(abi.Int)), number(16)), "-", cast(pointer(basic(abi.Int)), number(4)))},
	{"(unsigned long)((int *)16 + 3)", cast(basic(abi.ULong), op(cast(pointer(basic(abi.Int)), number(16)), "+", number(3)))},
	{"(void *)0 == (char *)0", op(cast(pointer(basic(abi.Void)), number(0)), "==", cast(pointer(basic(abi.Char)), number(0)))},
	{"__builtin_types_compatible_p(int, signed)", &decl.Compat{A: basic(abi.Int), B: basic(abi.Int)}},
	{"__builtin_types_compatible_p(int, long)", &decl.Compat{A: basic(abi.Int), B: basic(abi.Long)}},
	{"__builtin_types_compatible_p(__typeof__(array), __typeof__(&array[0]))", &decl.Compat{A: &decl.Typeof{Expr: name("array")}, B: &decl.Typeof{Expr: addr(index(name("array"), number(0)))}}},
	{"__builtin_types_compatible_p(int[], int[5])", &decl.Compat{A: &decl.Array{Elem: basic(abi.Int)}, B: &decl.Array{Elem: basic(abi.Int), Len: number(5)}}},
	{"__builtin_types_compatible_p(struct s *, struct s *)", &decl.Compat{A: pointer(structRef("s")), B: pointer(structRef("s"))}},
	{"__builtin_choose_expr(1, 3, 1 / 0)", &decl.Choose{C: number(1), A: number(3), B: op(number(1), "/", number(0))}},
	{"__builtin_constant_p(5 * 2)", call("__builtin_constant_p", op(number(5), "*", number(2)))},
	{"__builtin_constant_p(object)", call("__builtin_constant_p", name("object"))},
	{"__builtin_bswap32(0x12345678)", call("__builtin_bswap32", hex(0x12345678))},
	{"__builtin_bswap16(0x1234)", call("__builtin_bswap16", hex(0x1234))},
	{"__builtin_bswap64(0x123456789abcdef0ULL)", call("__builtin_bswap64", ull(0x123456789abcdef0))},
	{"__builtin_ffs(0x50)", call("__builtin_ffs", hex(0x50))},
	{"__builtin_ffs(0)", call("__builtin_ffs", number(0))},
	{"__builtin_clz(1)", call("__builtin_clz", number(1))},
	{"__builtin_clzl(1)", call("__builtin_clzl", number(1))},
	{"__builtin_clzll(255)", call("__builtin_clzll", number(255))},
	{"__builtin_ctz(0x100)", call("__builtin_ctz", hex(0x100))},
	{"__builtin_popcountll(-1)", call("__builtin_popcountll", neg(number(1)))},
	{"__builtin_parity(7)", call("__builtin_parity", number(7))},
	{"__builtin_clrsb(-1)", call("__builtin_clrsb", neg(number(1)))},
	{"__builtin_abs(-5)", call("__builtin_abs", neg(number(5)))},
	{"__builtin_expect(7, 1)", call("__builtin_expect", number(7), number(1))},
	{"18446744073709551615ULL / 3", op(ull(1<<64-1), "/", number(3))},
	{"18446744073709551615ULL * 18446744073709551615ULL", op(ull(1<<64-1), "*", ull(1<<64-1))},
	{"'a' * 256 + '\\377'", op(op(&decl.Int{Value: 'a', Char: true}, "*", number(256)), "+", &decl.Int{Value: 255, Char: true})},
}

// TestEval compares values with gcc's, on ABIs that differ in what matters.
func TestEval(t *testing.T) {
	for _, abiName := range []string{"x86_64", "i386", "arm", "s390x", "m68k"} {
		t.Run(abiName, func(t *testing.T) {
			cc := abitest.Need(t, abiName)
			a := abi.Lookup(abiName)
			var exprs []string
			for _, c := range constants {
				exprs = append(exprs, c.c, "(("+c.c+") * 0 - 1) < 0", "sizeof("+c.c+")")
			}
			want, ok, err := abitest.Values(t.TempDir(), cc, samplesText, exprs)
			if err != nil {
				t.Fatal(err)
			}
			e := layout.New(samplesScope(), a, layout.Flags{})
			for i, c := range constants {
				if !ok[3*i] {
					t.Errorf("gcc refuses %s", c.c)
					continue
				}
				v, err := e.Eval(c.x)
				if err != nil {
					t.Errorf("%s: %v", c.c, err)
					continue
				}
				if int64(v.Lo) != want[3*i] {
					t.Errorf("%s = %d, want %d", c.c, int64(v.Lo), want[3*i])
				}
				if !ok[3*i+1] || !ok[3*i+2] || strings.Contains(c.c, "void *)0 ==") {
					continue
				}
				signed := int64(1)
				if a.Unsigned(v.Type) {
					signed = 0
				}
				if size := a.Types[v.Type].Size; signed != want[3*i+1] || size != max(want[3*i+2], 4) {
					t.Errorf("%s: type of %d bytes, signed %d; want %d, %d", c.c, size, signed, want[3*i+2], want[3*i+1])
				}
			}
		})
	}
}

func TestEval128(t *testing.T) {
	wide := func(hi, lo uint64) decl.Expr {
		u := func(n uint64) decl.Expr { return cast(basic(abi.UInt128), ull(n)) }
		return op(op(u(hi), "<<", number(64)), "|", u(lo))
	}
	e := layout.New(newScope(), abi.Lookup("x86_64"), layout.Flags{})
	for _, test := range []struct {
		x    decl.Expr
		want string
	}{
		{op(wide(1, 5), "*", wide(0, 1<<63)), "170141183460469231777804163900157984768"},
		{op(wide(1<<63, 0), "/", wide(0, 10)), "17014118346046923173168730371588410572"},
		{op(wide(1<<63, 3), "%", wide(1, 1)), "9223372036854775812"},
		{op(wide(5, 0), "/", wide(5, 1)), "0"},
		{op(wide(7, 9), "-", wide(7, 10)), "340282366920938463463374607431768211455"},
		{op(cast(basic(abi.Int128), neg(number(100))), "/", number(7)), "-14"},
		{op(cast(basic(abi.Int128), neg(number(100))), "%", number(7)), "-2"},
		{op(cast(basic(abi.Int128), neg(number(100))), ">>", number(3)), "-13"},
	} {
		v, err := e.Eval(test.x)
		if err != nil {
			t.Errorf("%s: %v", test.want, err)
			continue
		}
		n := new(big.Int).SetUint64(v.Hi)
		n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(v.Lo))
		if v.Type == abi.Int128 && v.Hi>>63 == 1 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), 128))
		}
		if n.String() != test.want {
			t.Errorf("got %s, want %s", n, test.want)
		}
	}
}

func TestEvalErrors(t *testing.T) {
	deep := number(1)
	for range 100_000 {
		deep = neg(deep)
	}
	wide := number(0) // a tree of 2^60 nodes
	for range 60 {
		wide = op(wide, "+", wide)
	}
	s := samplesScope()
	s.enum("loop", decl.Attrs{}, map[string]decl.Expr{"L": sizeofT(&decl.EnumRef{Tag: sym("loop")})}, "L")
	s.enum("late", decl.Attrs{}, map[string]decl.Expr{"M": name("N")}, "M", "N")
	s.enum("over", decl.Attrs{}, map[string]decl.Expr{"O": number(0x7fffffff)}, "O", "P")
	e := layout.New(s, abi.Lookup("x86_64"), layout.Flags{})
	for _, test := range []struct {
		x    decl.Expr
		want string
	}{
		{op(number(1), "/", number(0)), "division by zero"},
		{op(number(1), "%", op(number(1), "-", number(1))), "division by zero"},
		{op(number(0x7fffffff), "+", number(1)), "integer overflow in expression of type 'int'"},
		{neg(op(neg(number(0x7fffffff)), "-", number(1))), "integer overflow in expression of type 'int'"},
		{op(cast(basic(abi.Int128), op(ull(1), "<<", number(63))), "*", op(cast(basic(abi.Int128), ull(1<<63)), "*", number(4))), "integer overflow in expression of type '__int128'"},
		{op(number(1), "<<", number(32)), "shift count >= width of type"},
		{op(number(1), "<<", neg(number(1))), "shift count is negative"},
		{name("nothing"), "'nothing' undeclared"},
		{name("object"), "'object' is not a constant"},
		{sizeofT(structRef("absent")), "invalid application of 'sizeof' to incomplete type"},
		{sizeofT(&decl.TypedefRef{Name: sym("absent_t")}), "unknown type name 'absent_t'"},
		{sizeofX(dot(name("object_s"), "bf")), "'sizeof' applied to a bit-field"},
		{sizeofX(dot(name("object_s"), "zz")), "'struct s' has no member named 'zz'"},
		{dot(name("object"), "zz"), "request for member 'zz' in something not a structure or union"},
		{deref(number(5)), "subscripted value is neither array nor pointer"},
		{call("f", number(1)), "the call of 'f' is not constant"},
		{call("__builtin_clz", number(0)), "'__builtin_clz' has no value for 0"},
		{&decl.Offsetof{Type: structRef("s"), Path: []decl.Step{{Name: sym("bf")}}}, "attempt to take address of bit-field structure member 'bf'"},
		{&decl.Offsetof{Type: structRef("s"), Path: []decl.Step{{Name: sym("name")}, {Index: ull(1<<63 + 5)}}}, "the offset is too large"},
		{&decl.Bad{Reason: "a statement expression"}, "a statement expression"},
		{cast(structRef("s"), number(1)), "cast to a type that has no integer constants"},
		{&decl.Float{Value: 1, Kind: abi.Double}, "the expression is not an integer"},
		{name("L"), "the enum's values depend on its size"},
		{name("M"), "enumerator value for 'M' is not an integer constant: 'N' undeclared"},
		{name("P"), "overflow in enumeration values"},
		{deep, "nested too deeply"},
		{wide, "the expression is too complex"},
		{nil, "the expression is not constant"},
		{sizeofX(nil), "the type of the expression is not known"},
		{sizeofT(&decl.Typeof{}), "the type of the expression is not known"},
	} {
		if v, err := e.Eval(test.x); fmt.Sprint(err) != test.want {
			t.Errorf("got %v, %v; want %s", v, err, test.want)
		}
	}
}
