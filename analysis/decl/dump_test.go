package decl

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/text"
	"abide/analysis/token"
)

// memory is a file system for tests.
type memory struct{ files map[string]string }

func (m *memory) Read(path string) (string, error) {
	if s, ok := m.files[path]; ok {
		return s, nil
	}
	return "", errors.New("file not found")
}

func (m *memory) Exists(path string) bool { _, ok := m.files[path]; return ok }

var noHeaders = new(memory)

var testCache = new(cpp.Cache)

// preprocessed preprocesses src, without any header but those in fs.
func preprocessed(src string, fs *memory, prev *cpp.Result) *cpp.Result {
	var before *cpp.File
	if prev != nil {
		before = prev.Main
	}
	cfg := &cpp.Config{ABI: abi.Lookup("x86_64"), Angle: []string{"/inc"}}
	return testCache.Preprocess(fs, cfg, testCache.File("/main.c", text.New(src), before), prev, nil)
}

func unit(src string) *Unit { return NewUnit(preprocessed(src, noHeaders, nil), nil) }

// dump prints what the main file declares.
func dump(u *Unit) string {
	var b strings.Builder
	for _, r := range u.MainRecords() {
		dumpRecord(&b, u, r)
	}
	return b.String()
}

func dumpRecord(b *strings.Builder, u *Unit, r *Record) {
	fmt.Fprintf(b, "%s%s", recordName(r), attrString(r.Attrs))
	for _, t := range r.Typedefs {
		fmt.Fprintf(b, " typedef %s", t)
	}
	if r.Pack != 0 {
		fmt.Fprintf(b, " pack(%d)", r.Pack)
	}
	if r.MSBits {
		b.WriteString(" ms")
	}
	if r.Parent != nil {
		fmt.Fprintf(b, " in %s", recordName(r.Parent))
		if r.ParentField != nil {
			fmt.Fprintf(b, ".%s", r.ParentField.Name)
		}
	}
	if u.Stale()[r] != nil {
		b.WriteString(" stale")
	}
	b.WriteString("\n")
	for _, f := range r.Fields {
		fmt.Fprintf(b, "\t%s: %s", f.Name, typeString(f.Type))
		if f.Bits != nil {
			fmt.Fprintf(b, " : %s", exprString(f.Bits))
		}
		fmt.Fprintf(b, "%s", attrString(f.Attrs))
		if f.Shared {
			b.WriteString(" shared")
		}
		b.WriteString("\n")
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(b, "\tskipped: %s\n", rangeString(u, s.Range))
	}
}

func recordName(r *Record) string {
	kind := "struct"
	if r.Union {
		kind = "union"
	}
	if r.Tag == 0 {
		return kind
	}
	return kind + " " + r.Tag.String()
}

// rangeString is the text of a range, blanks collapsed.
func rangeString(u *Unit, r Range) string {
	if r.First == nil {
		return ""
	}
	first, ok := u.Result.Loc(r.First)
	last, _ := u.Result.Loc(r.Last)
	if !ok || first.Path != last.Path || first.Path != u.Result.Main.Path || last.End < first.Start {
		return r.First.Text() + " … " + r.Last.Text()
	}
	return strings.Join(strings.Fields(u.Result.Main.Text.Content()[first.Start:last.End]), " ")
}

func attrString(a Attrs) string {
	var b strings.Builder
	add := func(on bool, s string) {
		if on {
			b.WriteString(" " + s)
		}
	}
	add(a.Const, "const")
	add(a.Volatile, "volatile")
	add(a.Atomic, "atomic")
	add(a.Packed, "packed")
	for _, al := range a.Aligned {
		s := "aligned"
		if al.C11 {
			s = "alignas"
		}
		switch {
		case al.Type != nil:
			s += "(" + typeString(al.Type) + ")"
		case al.Expr != nil:
			s += "(" + exprString(al.Expr) + ")"
		}
		add(true, s)
	}
	add(a.Mode != "", "mode("+a.Mode+")")
	if a.VectorSize != nil {
		add(true, "vector("+exprString(a.VectorSize)+")")
	}
	add(a.MSStruct, "ms_struct")
	add(a.GCCStruct, "gcc_struct")
	add(a.ScalarOrder != "", a.ScalarOrder)
	add(a.RandomizeLayout, "randomize_layout")
	add(a.DesignatedInit, "designated_init")
	add(a.TransparentUnion, "transparent_union")
	return b.String()
}

var kindNames = map[abi.Kind]string{
	abi.Void: "void", abi.Bool: "_Bool", abi.Char: "char", abi.SChar: "schar", abi.UChar: "uchar",
	abi.Short: "short", abi.UShort: "ushort", abi.Int: "int", abi.UInt: "uint", abi.Long: "long", abi.ULong: "ulong",
	abi.LongLong: "llong", abi.ULongLong: "ullong", abi.Int128: "int128", abi.UInt128: "uint128",
	abi.Float: "float", abi.Double: "double", abi.LongDouble: "ldouble", abi.Float128: "float128", abi.Float16: "float16",
}

func typeString(t Type) string {
	switch t := t.(type) {
	case *Basic:
		s := kindNames[t.Kind]
		if s == "" {
			s = "kind" + strconv.Itoa(int(t.Kind))
		}
		if t.Complex {
			s = "complex " + s
		}
		return s
	case *Pointer:
		return "*" + typeString(t.Elem)
	case *Array:
		n := ""
		if t.Len != nil {
			n = exprString(t.Len)
		}
		return "[" + n + "]" + typeString(t.Elem)
	case *Func:
		var ps []string
		for _, p := range t.Params {
			s := typeString(p.Type)
			if p.Name != 0 {
				s = p.Name.String() + " " + s
			}
			ps = append(ps, s)
		}
		if t.Variadic {
			ps = append(ps, "...")
		}
		return "func(" + strings.Join(ps, ", ") + ") " + typeString(t.Result)
	case *TypedefRef:
		return t.Name.String()
	case *RecordRef:
		s := "struct"
		if t.Union {
			s = "union"
		}
		if t.Tag != 0 {
			s += " " + t.Tag.String()
		}
		if t.Def != nil {
			s += "{…}"
		}
		return s
	case *EnumRef:
		s := "enum " + t.Tag.String()
		if t.Def != nil {
			s += "{…}"
		}
		return s
	case *Typeof:
		if t.Type != nil {
			return "typeof(" + typeString(t.Type) + ")"
		}
		return "typeof(" + exprString(t.Expr) + ")"
	case *Attributed:
		return "(" + typeString(t.Type) + attrString(t.Attrs) + ")"
	}
	return fmt.Sprintf("?%T", t)
}

func exprString(e Expr) string {
	switch e := e.(type) {
	case nil:
		return ""
	case *Int:
		s := strconv.FormatUint(e.Value, 10)
		if e.Value > 1<<63 {
			s = strconv.FormatInt(int64(e.Value), 10)
		}
		if e.Unsigned {
			s += "u"
		}
		switch e.Long {
		case abi.Long:
			s += "l"
		case abi.LongLong:
			s += "ll"
		}
		if e.Char {
			s = "char " + s
		}
		return s
	case *Float:
		s := strconv.FormatFloat(e.Value, 'g', -1, 64)
		if e.Imaginary {
			s += "i"
		}
		if e.Kind != abi.Double {
			s += " " + typeString(&Basic{Kind: e.Kind})
		}
		return s
	case *Name:
		return e.Name.String()
	case *Unary:
		return string(e.Op) + exprString(e.X)
	case *Binary:
		return "(" + exprString(e.X) + " " + string(e.Op) + " " + exprString(e.Y) + ")"
	case *Cond:
		return "(" + exprString(e.C) + " ? " + exprString(e.A) + " : " + exprString(e.B) + ")"
	case *Cast:
		return "(" + typeString(e.Type) + ")" + exprString(e.X)
	case *Sizeof:
		if e.Type != nil {
			return "sizeof(" + typeString(e.Type) + ")"
		}
		return "sizeof " + exprString(e.X)
	case *Alignof:
		s := "_Alignof"
		if e.GNU {
			s = "__alignof__"
		}
		if e.Type != nil {
			return s + "(" + typeString(e.Type) + ")"
		}
		return s + " " + exprString(e.X)
	case *Offsetof:
		s := "offsetof(" + typeString(e.Type) + ", "
		for _, p := range e.Path {
			if p.Index != nil {
				s += "[" + exprString(p.Index) + "]"
			} else {
				s += "." + p.Name.String()
			}
		}
		return s + ")"
	case *Call:
		var args []string
		for _, a := range e.Args {
			args = append(args, exprString(a))
		}
		return exprString(e.Fun) + "(" + strings.Join(args, ", ") + ")"
	case *Member:
		op := "."
		if e.Arrow {
			op = "->"
		}
		return exprString(e.X) + op + e.Name.String()
	case *Index:
		return exprString(e.X) + "[" + exprString(e.I) + "]"
	case *Str:
		return fmt.Sprintf("str(%d %s)", e.Size, kindNames[e.Kind])
	case *Compat:
		return "compatible(" + typeString(e.A) + ", " + typeString(e.B) + ")"
	case *Choose:
		return "choose(" + exprString(e.C) + ", " + exprString(e.A) + ", " + exprString(e.B) + ")"
	case *Generic:
		out := "generic(" + exprString(e.X)
		for _, c := range e.Cases {
			label := "default"
			if c.Type != nil {
				label = typeString(c.Type)
			}
			out += ", " + label + ": " + exprString(c.X)
		}
		return out + ")"
	case *Bad:
		return "bad"
	}
	return fmt.Sprintf("?%T", e)
}

func check(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func sym(s string) token.Sym { return token.Intern(s) }
