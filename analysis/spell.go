package analysis

import (
	"strconv"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/decl"
)

// basicNames is how kernel people write the basic types.
var basicNames = [abi.NumKinds]string{
	abi.Void: "void", abi.Bool: "_Bool",
	abi.Char: "char", abi.SChar: "signed char", abi.UChar: "unsigned char",
	abi.Short: "short", abi.UShort: "unsigned short",
	abi.Int: "int", abi.UInt: "unsigned int",
	abi.Long: "long", abi.ULong: "unsigned long",
	abi.LongLong: "long long", abi.ULongLong: "unsigned long long",
	abi.Int128: "__int128", abi.UInt128: "unsigned __int128",
	abi.Float16: "_Float16", abi.BFloat16: "__bf16",
	abi.Float: "float", abi.Double: "double", abi.LongDouble: "long double",
	abi.Float32: "_Float32", abi.Float64: "_Float64", abi.Float128: "_Float128",
	abi.Float32x: "_Float32x", abi.Float64x: "_Float64x",
	abi.Decimal32: "_Decimal32", abi.Decimal64: "_Decimal64", abi.Decimal128: "_Decimal128",
}

// Spell writes the declaration of name as a type t in C: "__u8 pad[4]",
// "void (*done)(int)". Array bounds are evaluated, typedefs are not resolved,
// records defined in place are abbreviated. An empty name gives the type's name.
func (t *Target) Spell(typ decl.Type, name string) string {
	return spell(typ, name, func(x decl.Expr) string {
		v, err := t.Engine.Eval(x)
		if err != nil {
			return "?"
		}
		return strconv.FormatInt(int64(v.Lo), 10)
	}, 0)
}

// maxDeclarator bounds how deep a declarator is written out.
const maxDeclarator = 32

func spell(t decl.Type, inner string, bound func(decl.Expr) string, depth int) string {
	if depth > maxDeclarator {
		return "… " + inner
	}
	depth++
	switch t := t.(type) {
	case *decl.Pointer:
		inner = "*" + inner
		if e, ok := t.Elem.(*decl.Attributed); ok && (e.Attrs.Const || e.Attrs.Volatile) && !isPointer(e.Type) {
			return qualifiers(e.Attrs) + spell(e.Type, group(e.Type, inner), bound, depth)
		}
		return spell(t.Elem, group(t.Elem, inner), bound, depth)
	case *decl.Array:
		n := ""
		if t.Len != nil {
			n = bound(t.Len)
		}
		return spell(t.Elem, inner+"["+n+"]", bound, depth)
	case *decl.Func:
		return spell(t.Result, inner+"("+parameters(t, bound, depth)+")", bound, depth)
	case *decl.Attributed:
		if isPointer(t.Type) {
			return spell(t.Type, strings.TrimSuffix(qualifiers(t.Attrs)+inner, " "), bound, depth)
		}
		return qualifiers(t.Attrs) + spell(t.Type, inner, bound, depth)
	}
	return join(specifier(t, bound, depth), inner)
}

// group puts a pointer's declarator in parentheses before [] and ().
func group(elem decl.Type, inner string) string {
	if a, ok := elem.(*decl.Attributed); ok {
		elem = a.Type
	}
	switch elem.(type) {
	case *decl.Array, *decl.Func:
		return "(" + inner + ")"
	}
	return inner
}

func parameters(f *decl.Func, bound func(decl.Expr) string, depth int) string {
	s := ""
	for i, p := range f.Params {
		if i > 0 {
			s += ", "
		}
		s += spell(p.Type, "", bound, depth)
	}
	switch {
	case f.Variadic && s != "":
		s += ", ..."
	case s == "":
		s = "void"
	}
	return s
}

func qualifiers(a decl.Attrs) string {
	s := ""
	if a.Const {
		s += "const "
	}
	if a.Volatile {
		s += "volatile "
	}
	return s
}

func specifier(t decl.Type, bound func(decl.Expr) string, depth int) string {
	switch t := t.(type) {
	case *decl.Basic:
		if t.Complex {
			return "_Complex " + basicNames[t.Kind]
		}
		return basicNames[t.Kind]
	case *decl.TypedefRef:
		return t.Name.String()
	case *decl.RecordRef:
		if t.Tag == 0 {
			return keyword(t.Union)
		}
		return keyword(t.Union) + " " + t.Tag.String()
	case *decl.EnumRef:
		if t.Tag == 0 {
			return "enum"
		}
		return "enum " + t.Tag.String()
	case *decl.Typeof:
		if t.Type != nil {
			return "typeof(" + spell(t.Type, "", bound, depth) + ")"
		}
		return "typeof(…)"
	}
	return "?"
}

func join(specifier, declarator string) string {
	if declarator == "" || declarator[0] == '[' {
		return specifier + declarator
	}
	return specifier + " " + declarator
}

func isPointer(t decl.Type) bool {
	_, ok := t.(*decl.Pointer)
	return ok
}
