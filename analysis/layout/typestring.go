package layout

import (
	"fmt"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/decl"
)

// basicNames are the basic types as C spells them.
var basicNames = [abi.NumKinds]string{
	abi.Void: "void", abi.Bool: "_Bool", abi.Char: "char", abi.SChar: "signed char", abi.UChar: "unsigned char",
	abi.Short: "short", abi.UShort: "unsigned short", abi.Int: "int", abi.UInt: "unsigned int",
	abi.Long: "long", abi.ULong: "unsigned long", abi.LongLong: "long long", abi.ULongLong: "unsigned long long",
	abi.Int128: "__int128", abi.UInt128: "unsigned __int128",
	abi.Float16: "_Float16", abi.BFloat16: "__bf16", abi.Float: "float", abi.Double: "double", abi.LongDouble: "long double",
	abi.Float32: "_Float32", abi.Float64: "_Float64", abi.Float128: "_Float128", abi.Float32x: "_Float32x", abi.Float64x: "_Float64x",
	abi.Decimal32: "_Decimal32", abi.Decimal64: "_Decimal64", abi.Decimal128: "_Decimal128",
	abi.Pointer: "void *",
}

// TypeString prints a type as C writes it without a name: "__u64",
// "struct foo *", "char[16]", "int (*)(void *)". Array bounds are printed as
// they are written.
func TypeString(t decl.Type) string {
	return (&typePrinter{bound: exprString}).print(t)
}

// TypeString prints a type with array bounds evaluated where that can be done.
func (e *Engine) TypeString(t decl.Type) string {
	p := &typePrinter{bound: func(x decl.Expr) string {
		v, err := e.walk().integer(x)
		if err != nil {
			return exprString(x)
		}
		return e.decimal(v)
	}}
	return p.print(t)
}

// maxPrinted bounds the declarators and parameters of one printed type.
const maxPrinted = 64

type typePrinter struct {
	bound func(decl.Expr) string
	nodes int
}

func (p *typePrinter) print(t decl.Type) string {
	base, before, after := p.declarator(t)
	if before == "" {
		return base + after
	}
	return base + " " + before + after
}

// declarator takes a type apart: what stands first ("int"), and what stands
// before and after the name ("(*", ")(void)").
func (p *typePrinter) declarator(t decl.Type) (base, before, after string) {
	if p.nodes++; p.nodes > maxPrinted {
		return "…", "", ""
	}
	switch t := t.(type) {
	case *decl.Pointer:
		base, before, after = p.declarator(t.Elem)
		if strings.HasPrefix(after, "[") || strings.HasPrefix(after, "(") {
			return base, before + "(*", ")" + after
		}
		return base, before + "*", after
	case *decl.Array:
		base, before, after = p.declarator(t.Elem)
		bound := ""
		if t.Len != nil {
			bound = p.bound(t.Len)
		}
		return base, before, "[" + bound + "]" + after
	case *decl.Func:
		base, before, after = p.declarator(t.Result)
		return base, before, "(" + p.params(t) + ")" + after
	case *decl.Attributed:
		base, before, after = p.declarator(t.Type)
		qualifiers := ""
		for _, q := range []struct {
			on   bool
			name string
		}{{t.Attrs.Const, "const"}, {t.Attrs.Volatile, "volatile"}, {t.Attrs.Atomic, "_Atomic"}} {
			if q.on {
				qualifiers += q.name + " "
			}
		}
		if strings.HasSuffix(before, "*") {
			return base, before + strings.TrimSuffix(qualifiers, " "), after
		}
		return qualifiers + base, before, after
	}
	return p.specifier(t), "", ""
}

func (p *typePrinter) params(t *decl.Func) string {
	var list []string
	for i := range t.Params {
		if p.nodes > maxPrinted {
			list = append(list, "…")
			break
		}
		list = append(list, p.print(t.Params[i].Type))
	}
	if t.Variadic {
		list = append(list, "...")
	}
	return strings.Join(list, ", ")
}

// specifier prints a type that is neither pointer nor array nor function.
func (p *typePrinter) specifier(t decl.Type) string {
	switch t := t.(type) {
	case *decl.Basic:
		name := basicNames[t.Kind%abi.NumKinds]
		if t.Complex {
			return "_Complex " + name
		}
		return name
	case *decl.TypedefRef:
		return t.Name.String()
	case *decl.RecordRef:
		keyword := "struct"
		if t.Union {
			keyword = "union"
		}
		if t.Tag == 0 {
			return keyword + " {...}"
		}
		return keyword + " " + t.Tag.String()
	case *decl.EnumRef:
		if t.Tag == 0 {
			return "enum {...}"
		}
		return "enum " + t.Tag.String()
	case *decl.Typeof:
		if t.Type != nil {
			return "typeof(" + p.print(t.Type) + ")"
		}
		return "typeof(" + exprString(t.Expr) + ")"
	}
	return "?"
}

// exprString prints the expressions that array bounds are made of; what is
// more involved is "…".
func exprString(x decl.Expr) string {
	s, _ := printExpr(x, 8)
	return s
}

// printExpr prints an expression of at most depth operators above each other.
// simple tells whether it needs no parentheses within another one.
func printExpr(x decl.Expr, depth int) (s string, simple bool) {
	if depth == 0 {
		return "…", true
	}
	inner := func(x decl.Expr) string {
		s, simple := printExpr(x, depth-1)
		if simple {
			return s
		}
		return "(" + s + ")"
	}
	switch x := x.(type) {
	case *decl.Int:
		return fmt.Sprint(x.Value), true
	case *decl.Name:
		return x.Name.String(), true
	case *decl.Unary:
		return string(x.Op) + inner(x.X), true
	case *decl.Binary:
		return inner(x.X) + " " + string(x.Op) + " " + inner(x.Y), false
	case *decl.Sizeof:
		if x.Type != nil {
			return "sizeof(" + TypeString(x.Type) + ")", true
		}
		s, _ := printExpr(x.X, depth-1)
		return "sizeof(" + s + ")", true
	case *decl.Member:
		if x.Arrow {
			return inner(x.X) + "->" + x.Name.String(), true
		}
		return inner(x.X) + "." + x.Name.String(), true
	case *decl.Cast:
		if x.X != nil {
			return "(" + TypeString(x.Type) + ")" + inner(x.X), true
		}
	}
	return "…", true
}
