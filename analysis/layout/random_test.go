package layout_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/token"
)

// generator makes random records, as declarations and as the C text of the same.
type generator struct {
	*rand.Rand
	*scope
	abi   *abi.ABI
	count int
	pack  int64           // #pragma pack of the record being made
	text  strings.Builder // typedefs and enums that the records need
}

func (g *generator) name(prefix string) string {
	g.count++
	return fmt.Sprintf("%s%d", prefix, g.count)
}

func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

func number(n int64) decl.Expr { return &decl.Int{Value: uint64(n), Decimal: true, Long: abi.Int} }

var scalars = map[abi.Kind]string{
	abi.Bool: "_Bool", abi.Char: "char", abi.SChar: "signed char", abi.UShort: "unsigned short", abi.Short: "short",
	abi.Int: "int", abi.UInt: "unsigned int", abi.Long: "long", abi.ULong: "unsigned long",
	abi.LongLong: "long long", abi.ULongLong: "unsigned long long", abi.Int128: "__int128",
	abi.Float16: "_Float16", abi.Float: "float", abi.Double: "double", abi.LongDouble: "long double",
	abi.Float128: "_Float128", abi.Float64x: "_Float64x", abi.Decimal64: "_Decimal64", abi.Decimal128: "_Decimal128",
}

func (g *generator) scalar(integer bool) (decl.Type, string) {
	for {
		k := abi.Kind(1 + g.IntN(int(abi.NumKinds)-1))
		text, ok := scalars[k]
		if !ok || !g.abi.Has(k) || integer && k >= abi.Float16 {
			continue
		}
		return &decl.Basic{Kind: k}, text
	}
}

func (g *generator) align() (decl.Attrs, string) {
	if g.chance(10) {
		return decl.Attrs{Aligned: []decl.Align{{}}}, "aligned"
	}
	n := int64(1) << g.IntN(6)
	return decl.Attrs{Aligned: []decl.Align{{Expr: number(n)}}}, fmt.Sprintf("aligned(%d)", n)
}

// typ is a member's type; before and after are what C writes around its name.
func (g *generator) typ(depth int, integer bool) (t decl.Type, before, after string) {
	n := g.IntN(100)
	switch {
	case n < 45 || integer && n < 70:
		t, before = g.scalar(integer)
	case n < 55 || integer && n < 85: // a typedef with attributes
		of, text := g.scalar(integer)
		a, attr := g.align()
		if !integer && g.chance(30) {
			of, text = &decl.Basic{Kind: abi.Int}, "int"
			size := int64(4) << g.IntN(5)
			a.VectorSize = number(size)
			attr = fmt.Sprintf("vector_size(%d), ", size) + attr
			if g.chance(60) {
				a.Aligned = nil
				attr = fmt.Sprintf("vector_size(%d)", size)
			}
		}
		before = g.name("t")
		fmt.Fprintf(&g.text, "typedef %s %s __attribute__((%s));\n", text, before, attr)
		t = g.typedef(before, of, a)
	case n < 62 || integer:
		before = g.name("e")
		var a decl.Attrs
		attr := ""
		if g.chance(50) {
			a.Packed, attr = true, " __attribute__((packed))"
		}
		value := []int64{1, 200, 40000, 3_000_000_000, 1 << 40}[g.IntN(5)]
		c := g.name("E")
		fmt.Fprintf(&g.text, "enum %s { %s = %dULL }%s;\n", before, c, value, attr)
		t = g.enum(before, a, map[string]decl.Expr{c: &decl.Int{Value: uint64(value), Unsigned: true, Long: abi.LongLong, Decimal: true}}, c)
		before = "enum " + before
	case n < 64:
		t, before = g.scalar(false)
		t, before = &decl.Attributed{Type: t, Attrs: decl.Attrs{Atomic: true}}, "_Atomic "+before
	case n < 70:
		t, before = &decl.Pointer{Elem: &decl.Basic{Kind: abi.Void}}, "void *"
	case n < 74:
		k := []abi.Kind{abi.Float, abi.Double, abi.LongDouble, abi.Int, abi.LongLong}[g.IntN(5)]
		t, before = &decl.Basic{Kind: k, Complex: true}, "_Complex "+scalars[k]
	case n < 86:
		of, b, a := g.typ(depth, false)
		size := int64(g.IntN(5))
		t, before, after = &decl.Array{Elem: of, Len: number(size)}, b, fmt.Sprintf("[%d]%s", size, a)
	default:
		if depth >= 3 {
			return &decl.Basic{Kind: abi.Short}, "short", ""
		}
		r, text := g.record(depth + 1)
		t, before = &decl.RecordRef{Union: r.Union, Def: r}, text
		if g.chance(15) { // a typedef of a tagged record, with attributes
			tag := g.name("s")
			keyword, rest, _ := strings.Cut(text, " ")
			r.Tag = token.Intern(tag)
			g.records[r.Tag] = r
			a, attr := g.align()
			before = g.name("t")
			if g.pack > 0 {
				fmt.Fprintf(&g.text, "#pragma pack(%d)\n", g.pack)
			}
			fmt.Fprintf(&g.text, "%s %s %s;\n", keyword, tag, rest)
			if g.pack > 0 {
				g.text.WriteString("#pragma pack()\n")
			}
			fmt.Fprintf(&g.text, "typedef %s %s %s __attribute__((%s));\n", keyword, tag, before, attr)
			t = g.typedef(before, t, a)
		}
	}
	return t, before, after
}

// record makes a record without a tag.
func (g *generator) record(depth int) (*decl.Record, string) {
	if depth == 0 {
		g.pack = []int64{0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16}[g.IntN(11)]
	}
	r := &decl.Record{Union: g.chance(20), Pack: g.pack}
	var b strings.Builder
	keyword := "struct"
	if r.Union {
		keyword = "union"
	}
	fmt.Fprintf(&b, "%s {\n", keyword)
	for range 1 + g.IntN(6) {
		f := &decl.Field{Record: r}
		var attrs []string
		var before, after, name string
		bits := g.chance(35)
		f.Type, before, after = g.typ(depth, bits)
		anonymous := false
		if ref, ok := f.Type.(*decl.RecordRef); ok && g.chance(40) {
			ref.Def.Parent, ref.Def.ParentField = r, f
			anonymous = true
		}
		width := ""
		if bits {
			n := int64(g.IntN(20))
			if b, ok := f.Type.(*decl.Basic); ok && b.Kind == abi.Bool {
				n = int64(g.IntN(2))
			} else if g.chance(20) {
				n = int64(1) << (3 + g.IntN(4))
			}
			f.Bits = number(n)
			width = fmt.Sprintf(" : %d", n)
			anonymous = n == 0 || g.chance(10)
		}
		if !anonymous {
			name = g.name("m")
			f.Name = token.Intern(name)
		}
		if g.chance(10) && (f.Name != 0 || bits) {
			f.Attrs.Packed = true
			attrs = append(attrs, "packed")
		}
		if g.chance(12) && (f.Name != 0 || bits) {
			a, attr := g.align()
			f.Attrs.Aligned = a.Aligned
			attrs = append(attrs, attr)
		}
		r.Fields = append(r.Fields, f)
		fmt.Fprintf(&b, "%s %s%s%s%s;\n", before, name, after, width, attribute(attrs))
	}
	if !r.Union && g.chance(10) {
		name := g.name("m")
		of, before := g.scalar(false)
		r.Fields = append(r.Fields, &decl.Field{Record: r, Name: token.Intern(name), Type: &decl.Array{Elem: of}})
		fmt.Fprintf(&b, "char %sx; %s %s[];\n", name, before, name)
		last := r.Fields[len(r.Fields)-1]
		r.Fields[len(r.Fields)-1] = &decl.Field{Record: r, Name: token.Intern(name + "x"), Type: &decl.Basic{Kind: abi.Char}}
		r.Fields = append(r.Fields, last)
	}
	var attrs []string
	if g.chance(20) {
		r.Attrs.Packed = true
		attrs = append(attrs, "packed")
	}
	if g.chance(15) {
		a, attr := g.align()
		r.Attrs.Aligned = a.Aligned
		attrs = append(attrs, attr)
	}
	if g.abi.Bits.MSStruct && g.chance(10) {
		r.Attrs.MSStruct = true
		attrs = append(attrs, "ms_struct")
	}
	b.WriteString("}" + attribute(attrs))
	return r, b.String()
}

func attribute(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return " __attribute__((" + strings.Join(list, ", ") + "))"
}
