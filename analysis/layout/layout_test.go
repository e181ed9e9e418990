package layout_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

func member(n string, t decl.Type) *decl.Field { return &decl.Field{Name: sym(n), Type: t} }

func bits(n string, t decl.Type, width int64) *decl.Field {
	f := member(n, t)
	f.Bits = number(width)
	return f
}

func with(f *decl.Field, a decl.Attrs) *decl.Field {
	f.Attrs = a
	return f
}

func aligned(n int64) decl.Attrs { return decl.Attrs{Aligned: []decl.Align{{Expr: number(n)}}} }

// alignas is a member with _Alignas specifiers.
func alignas(f *decl.Field, to ...int64) *decl.Field {
	for _, n := range to {
		f.Attrs.Aligned = append(f.Attrs.Aligned, decl.Align{Expr: number(n), C11: true})
	}
	return f
}

func record(tag string, fields ...*decl.Field) *decl.Record {
	r := &decl.Record{Tag: sym(tag), Fields: fields}
	for _, f := range fields {
		f.Record = r
	}
	return r
}

func union(fields ...*decl.Field) *decl.Record {
	r := record("", fields...)
	r.Union = true
	return r
}

func in(r *decl.Record) decl.Type { return &decl.RecordRef{Union: r.Union, Tag: r.Tag, Def: r} }

func array(t decl.Type, n int64) decl.Type { return &decl.Array{Elem: t, Len: number(n)} }

// show writes a layout in one line: size, alignment, members as name@bit:bits,
// holes as [bit+bits], the tail as +bits.
func show(l *layout.Layout) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d/%d", l.Size, l.Align)
	hole := 0
	for i, f := range l.Fields {
		for hole < len(l.Holes) && l.Holes[hole].After < i {
			fmt.Fprintf(&b, " [%d+%d]", l.Holes[hole].BitOffset, l.Holes[hole].BitSize)
			hole++
		}
		fmt.Fprintf(&b, " %s@%d:%d", f.Decl.Name, f.BitOffset, f.BitSize)
	}
	if l.TailBits > 0 {
		fmt.Fprintf(&b, " +%d", l.TailBits)
	}
	return b.String()
}

var (
	u32   = basic(abi.UInt)
	u64   = basic(abi.ULongLong)
	flt   = basic(abi.Float)
	char  = basic(abi.Char)
	voidp = pointer(basic(abi.Void))
)

// The figures are gcc 12's.
func TestRecord(t *testing.T) {
	packed := record("s", member("a", char), member("b", u64))
	packed.Attrs.Packed = true
	for _, test := range []struct {
		abis   string
		record *decl.Record
		want   string
	}{
		{"x86_64,arm,arm64,x32", record("sensor", member("id", u32), member("value", u64), member("unit", flt)), "24/8 id@0:32 [32+32] value@64:64 unit@128:32 +32"},
		{"i386,arc,sh4", record("sensor", member("id", u32), member("value", u64), member("unit", flt)), "16/4 id@0:32 value@32:64 unit@96:32"},
		{"m68k", record("sensor", member("id", u32), member("value", u64), member("unit", flt)), "16/2 id@0:32 value@32:64 unit@96:32"},
		{"x86_64", record("payload", member("size", u32), member("data", voidp)), "16/8 size@0:32 [32+32] data@64:64"},
		{"i386", record("payload", member("size", u32), member("data", voidp)), "8/4 size@0:32 data@32:32"},
		{"i386", record("s", member("id", u32), member("value", &decl.Attributed{Type: u64, Attrs: aligned(8)})), "16/8 id@0:32 [32+32] value@64:64"},
		{"all", packed, "9/1 a@0:8 b@8:64"},
		{"x86_64", record("empty"), "0/1"},
		{"x86_64,i386", record("flex", member("n", char), member("data", &decl.Array{Elem: u32})), "4/4 n@0:8 [8+24] data@32:0"},
		{"x86_64", record("bits", bits("a", u32, 3), bits("", u32, 0), bits("b", u32, 5), member("c", char)), "8/4 a@0:3 [3+29] @32:0 b@32:5 [37+3] c@40:8 +16"},
		{"x86_64", union(member("a", char), member("b", u32)), "4/4 a@0:8 b@0:32"},
		{"x86_64", union(member("a", char), with(member("b", char), aligned(4))), "4/4 a@0:8 b@0:8 +24"},
		{"all", record("s", alignas(member("a", in(record("", with(member("b", char), aligned(32))))), 16, 32)), "32/32 a@0:256"},
		{"x86_64", record("s", member("a", char), member("v", &decl.TypedefRef{Name: sym("__builtin_va_list")})), "32/8 a@0:8 [8+56] v@64:192"},
		{"i386,arm", record("s", member("a", char), member("v", &decl.TypedefRef{Name: sym("__builtin_va_list")})), "8/4 a@0:8 [8+24] v@32:32"},
		{"i386,ppc32", record("s", member("a", &decl.Attributed{Type: in(record("", member("b", array(char, 16)))), Attrs: decl.Attrs{Atomic: true}})), "16/16 a@0:128"},
		{"arm_oabi", record("s", member("a", char)), "4/4 a@0:8 +24"},
		{"arm", record("s", member("a", char), bits("", u32, 3)), "4/4 a@0:8 @8:3 +21"},
		{"x86_64", record("s", member("a", char), bits("", u32, 3)), "2/1 a@0:8 @8:3 +5"},
	} {
		abis, err := abi.Parse(test.abis)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range abis {
			l, err := layout.New(newScope(), a, layout.Flags{}).Record(test.record)
			if err != nil {
				t.Errorf("%s: %v", a.Name, err)
			} else if got := show(l); got != test.want {
				t.Errorf("%s: %s, want %s", a.Name, got, test.want)
			}
		}
	}
}

func TestNotes(t *testing.T) {
	r := record("s", member("a", u32))
	r.Attrs.RandomizeLayout = true
	r.Attrs.ScalarOrder = "big-endian"
	l, err := layout.New(newScope(), abi.Lookup("x86_64"), layout.Flags{}).Record(r)
	if err != nil || !l.BigEndian || len(l.Notes) != 2 {
		t.Errorf("got %+v, %v", l, err)
	}
	if l, err = layout.New(newScope(), abi.Lookup("s390x"), layout.Flags{}).Record(r); err != nil || !l.BigEndian || len(l.Notes) != 1 {
		t.Errorf("got %+v, %v", l, err)
	}
}

func TestErrors(t *testing.T) {
	s := newScope()
	self := record("self")
	self.Fields = []*decl.Field{member("again", structRef("self"))}
	one, two := record("one"), record("two")
	one.Fields = []*decl.Field{member("t", structRef("two"))}
	two.Fields = []*decl.Field{member("o", structRef("one"))}
	own := record("own", member("a", &decl.Array{Elem: char, Len: &decl.Sizeof{Type: structRef("own")}}))
	for _, r := range []*decl.Record{self, one, two, own} {
		s.records[r.Tag] = r
	}
	s.typedef("circle", &decl.TypedefRef{Name: sym("circle")}, decl.Attrs{})
	s.typedef("big8", char, aligned(8))
	nested := u32
	for range 100_000 {
		nested = in(record("", member("x", nested)))
	}
	mode := func(m string) *decl.Field { return with(member("m", basic(abi.Int)), decl.Attrs{Mode: m}) }
	vector := func(n int64) *decl.Field {
		return with(member("v", basic(abi.Int)), decl.Attrs{VectorSize: number(n)})
	}
	skipped := record("s", member("a", u32))
	skipped.Skipped = []decl.Skip{{Reason: "expected ';'"}}
	for _, test := range []struct {
		record *decl.Record
		want   string // "<record>: <reason>|<field>|<name>"
	}{
		{self, "struct self: field 'again' has incomplete type|again|"},
		{one, "struct two: field 'o' has incomplete type|o|"},
		{record("s", member("x", structRef("absent"))), "struct s: field 'x' has incomplete type|x|struct absent"},
		{record("s", member("e", &decl.EnumRef{Tag: sym("absent")})), "struct s: field 'e' has incomplete type|e|enum absent"},
		{record("s", member("p", pointer(structRef("absent"))), member("x", &decl.TypedefRef{Name: sym("foo_t")})), "struct s: field 'x': unknown type name 'foo_t'|x|foo_t"},
		{record("s", member("in", in(record("inner", member("y", &decl.TypedefRef{Name: sym("foo_t")}))))), "struct inner: field 'y': unknown type name 'foo_t'|y|foo_t"},
		{record("s", member("a", &decl.Array{Elem: char, Len: name("MAX")})), "struct s: field 'a': 'MAX' undeclared|a|MAX"},
		{record("s", member("a", &decl.Array{Elem: char, Len: op(number(1), "/", number(0))})), "struct s: field 'a': division by zero|a|"},
		{record("s", member("a", &decl.Array{Elem: char, Len: neg(number(1))})), "struct s: field 'a': the array has a negative size|a|"},
		{record("s", member("a", &decl.Array{Elem: u64, Len: ull(1 << 62)})), "struct s: field 'a': the array is too large|a|"},
		{record("s", member("a", &decl.Array{Elem: u64, Len: ull(1<<64 - 1)})), "struct s: field 'a': the array is too large|a|"},
		{record("s", member("a", array(char, 1<<58)), member("b", array(char, 1<<58)), member("c", array(char, 1<<58))), "struct s: the record is too large|c|"},
		{record("s", member("a", u32), member("a", char)), "struct s: duplicate member 'a'|a|"},
		{record("s", member("a", u32), member("", in(record("", member("b", u32), member("a", u32))))), "struct s: duplicate member 'a'|a|"},
		{record("s", with(member("x", u32), aligned(3))), "struct s: field 'x': requested alignment '3' is not a positive power of 2|x|"},
		{record("s", with(member("x", u32), aligned(1<<30))), "struct s: field 'x': requested alignment '1073741824' exceeds maximum 268435456|x|"},
		{record("s", alignas(member("x", u32), 2)), "struct s: '_Alignas' specifiers cannot reduce alignment of 'x'|x|"},
		{record("s", alignas(bits("x", u32, 2), 8)), "struct s: alignment specified for bit-field 'x'|x|"},
		{record("s", bits("x", u32, 33)), "struct s: width of 'x' exceeds its type|x|"},
		{record("s", bits("x", basic(abi.Bool), 2)), "struct s: width of 'x' exceeds its type|x|"},
		{record("s", bits("x", u32, 0)), "struct s: zero width for bit-field 'x'|x|"},
		{record("s", bits("x", flt, 3)), "struct s: bit-field 'x' has invalid type|x|"},
		{record("s", &decl.Field{Name: sym("x"), Type: u32, Bits: neg(number(2))}), "struct s: negative width in bit-field 'x'|x|"},
		{record("s", member("v", basic(abi.Void))), "struct s: field 'v' declared void|v|"},
		{record("s", member("f", &decl.Func{Result: u32})), "struct s: field 'f' declared as a function|f|"},
		{record("s", member("a", &decl.Array{Elem: u32}), member("b", u32)), "struct s: flexible array member 'a' not at end of struct|a|"},
		{record("s", member("a", array(&decl.TypedefRef{Name: sym("big8")}, 2))), "struct s: field 'a': alignment of array elements is greater than element size|a|"},
		{record("s", member("a", array(&decl.Array{Elem: u32}, 2))), "struct s: field 'a': array type has incomplete element type|a|"},
		{own, "struct own: field 'a': invalid application of 'sizeof' to incomplete type|a|"},
		{record("s", member("x", &decl.TypedefRef{Name: sym("circle")})), "struct s: field 'x': nested too deeply|x|"},
		{record("s", member("x", nested)), "unnamed struct: field 'x': nested too deeply|x|"},
		{record("s", member("d", basic(abi.BFloat16))), "struct s: field 'd': x86_64 has no type __bf16|d|"},
		{record("s", mode("FOO")), "struct s: field 'm': unknown machine mode 'FOO'|m|"},
		{record("s", vector(12)), "struct s: field 'v': number of vector components 3 not a power of two|v|"},
		{record("s", vector(6)), "struct s: field 'v': vector size not an integral multiple of component size|v|"},
		{record("s", vector(0)), "struct s: field 'v': vector size '0' is out of range|v|"},
		{record("s", member("x", nil)), "struct s: field 'x': the type is not known|x|"},
		{skipped, "struct s: a member was not understood: expected ';'||"},
	} {
		e := layout.New(s, abi.Lookup("x86_64"), layout.Flags{})
		l, err := e.Record(test.record)
		var le *layout.Error
		if !errors.As(err, &le) {
			t.Errorf("got %v, %v; want %s", l, err, test.want)
			continue
		}
		field := ""
		if le.Field != nil {
			field = le.Field.Name.String()
		}
		if got := fmt.Sprintf("%v|%s|%s", err, field, le.Name); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestResolve(t *testing.T) {
	s := newScope()
	s.typedef("word", basic(abi.Int), decl.Attrs{Mode: "word"})
	s.typedef("again", &decl.TypedefRef{Name: sym("word")}, decl.Attrs{})
	s.typedef("vec", basic(abi.Int), decl.Attrs{VectorSize: number(16)})
	for _, test := range []struct {
		abi  string
		t    decl.Type
		want string
	}{
		{"x86_64", &decl.TypedefRef{Name: sym("again")}, "long"},
		{"x32", &decl.TypedefRef{Name: sym("again")}, "long long"},
		{"i386", &decl.TypedefRef{Name: sym("again")}, "int"},
		{"i386", &decl.TypedefRef{Name: sym("vec")}, "int[4]"},
		{"i386", &decl.Typeof{Expr: addr(name("nothing"))}, "'nothing' undeclared"},
	} {
		e := layout.New(s, abi.Lookup(test.abi), layout.Flags{})
		r, err := e.Resolve(test.t)
		got := fmt.Sprint(err)
		if err == nil {
			got = e.TypeString(r)
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.abi, got, test.want)
		}
	}
}

func TestMembers(t *testing.T) {
	named := record("named", member("x", u32))
	r := record("s",
		member("a", char),
		member("", in(union(member("b", u32), member("", in(record("", member("c", char), member("d", char))))))),
		member("u", in(union(member("raw", u64), member("part", in(record("", member("lo", u32), member("hi", u32))))))),
		member("n", in(named)),
		bits("", u32, 4),
		member("list", array(in(record("", member("q", char))), 3)),
	)
	l, err := layout.New(newScope(), abi.Lookup("x86_64"), layout.Flags{}).Record(r)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range layout.Members(l) {
		got = append(got, fmt.Sprintf("%s@%d/%d", m.Path, m.BitOffset, m.Depth))
	}
	want := "a@0/0 b@32/1 c@32/2 d@40/2 u@64/0 u.raw@64/1 u.part@64/1 u.part.lo@64/2 u.part.hi@96/2 n@128/0 list@168/0"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestCompare(t *testing.T) {
	r := record("s", member("id", u32), member("value", u64), member("p", voidp))
	var all []*layout.Layout
	for _, a := range abi.Default() {
		l, err := layout.New(newScope(), a, layout.Flags{}).Record(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	if got := fmt.Sprint(layout.Groups(append(all, nil))); got != "[[0 2] [1] [3]]" {
		t.Errorf("groups are %s", got)
	}
	d := layout.Compare(all[0], all[1])
	if !d.Any() || !d.Size || !d.Align || !d.Holes || d.Path != "value" || d.A.BitOffset != 64 || d.B.BitOffset != 32 {
		t.Errorf("x86_64 and i386: %+v", d)
	}
	if d := layout.Compare(all[0], all[3]); d.Path != "p" || d.Size || !d.Holes {
		t.Errorf("x86_64 and arm: %+v", d)
	}
	if d := layout.Compare(all[0], all[2]); d.Any() || !layout.Same(all[0], all[2]) {
		t.Errorf("x86_64 and arm64: %+v", d)
	}
	if layout.Same(all[0], nil) || !layout.Same(nil, nil) {
		t.Error("a missing layout is not the same as another")
	}
}

func TestConcurrent(t *testing.T) {
	s := samplesScope()
	e := layout.New(s, abi.Lookup("i386"), layout.Flags{})
	results := make([]*layout.Layout, 8)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() { results[i], _ = e.Record(s.Record(false, sym("s"))) })
	}
	wg.Wait()
	for _, l := range results {
		if l == nil || l != results[0] {
			t.Fatal("two layouts of one record")
		}
	}
}

func TestTypeString(t *testing.T) {
	fn := &decl.Func{Result: basic(abi.Int), Params: []decl.Param{{Type: voidp}, {Type: u32}}, Variadic: true}
	for _, test := range []struct {
		t    decl.Type
		want string
	}{
		{u32, "unsigned int"},
		{&decl.TypedefRef{Name: sym("__u64")}, "__u64"},
		{pointer(structRef("foo")), "struct foo *"},
		{array(char, 16), "char[16]"},
		{array(array(char, 3), 2), "char[2][3]"},
		{&decl.Array{Elem: char}, "char[]"},
		{&decl.Array{Elem: char, Len: op(sizeofT(u32), "*", number(2))}, "char[8]"},
		{&decl.Array{Elem: char, Len: name("MAX")}, "char[MAX]"},
		{pointer(pointer(char)), "char **"},
		{array(pointer(char), 4), "char *[4]"},
		{pointer(array(char, 4)), "char (*)[4]"},
		{pointer(fn), "int (*)(void *, unsigned int, ...)"},
		{pointer(&decl.Func{Result: basic(abi.Void)}), "void (*)()"},
		{in(record("")), "struct {...}"},
		{in(union()), "union {...}"},
		{&decl.EnumRef{Tag: sym("e")}, "enum e"},
		{&decl.Attributed{Type: char, Attrs: decl.Attrs{Const: true}}, "const char"},
		{pointer(&decl.Attributed{Type: char, Attrs: decl.Attrs{Const: true, Volatile: true}}), "const volatile char *"},
		{&decl.Attributed{Type: pointer(char), Attrs: decl.Attrs{Const: true}}, "char *const"},
		{&decl.Basic{Kind: abi.Double, Complex: true}, "_Complex double"},
		{&decl.Typeof{Type: u32}, "typeof(unsigned int)"},
		{&decl.Typeof{Expr: number(1)}, "typeof(1)"},
		{nil, "?"},
	} {
		e := layout.New(newScope(), abi.Lookup("x86_64"), layout.Flags{})
		if got := e.TypeString(test.t); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
	deep := char
	for range 100_000 {
		deep = pointer(deep)
	}
	if s := layout.TypeString(deep); len(s) > 10_000 {
		t.Errorf("%d bytes", len(s))
	}
}

func BenchmarkRecord(b *testing.B) {
	records := make([]*decl.Record, 1000)
	for i := range records {
		records[i] = record("s", member("id", u32), member("value", u64), member("flags", basic(abi.UShort)), bits("a", u32, 3), bits("b", u32, 9), member("name", array(char, 16)), member("p", voidp))
	}
	for _, a := range abi.All() {
		b.Run(a.Name, func(b *testing.B) {
			b.ReportAllocs()
			var e *layout.Engine
			for i := range b.N {
				if i%len(records) == 0 {
					e = layout.New(newScope(), a, layout.Flags{})
				}
				if _, err := e.Record(records[i%len(records)]); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}
