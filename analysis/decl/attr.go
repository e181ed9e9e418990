package decl

import (
	"strings"

	"abide/analysis/token"
)

// attr is one attribute of a group.
type attr struct {
	kind attrKind
	word string // of mode, scalar_storage_order
	expr Expr   // of aligned, vector_size; nil for none
	typ  Type   // of _Alignas
	arg  bool   // expr or typ is to be fed to cc
}

type attrKind uint8

const (
	attrUnknown attrKind = iota
	attrPacked
	attrAligned
	attrAlignas
	attrMode
	attrVectorSize
	attrMSStruct
	attrGCCStruct
	attrScalarOrder
	attrRandomizeLayout
	attrDesignatedInit
	attrTransparentUnion
)

// attrKinds has gcc's names without the underscores around them.
var attrKinds = map[string]attrKind{
	"packed":               attrPacked,
	"aligned":              attrAligned,
	"align":                attrAligned, // of __declspec
	"mode":                 attrMode,
	"vector_size":          attrVectorSize,
	"ms_struct":            attrMSStruct,
	"gcc_struct":           attrGCCStruct,
	"scalar_storage_order": attrScalarOrder,
	"randomize_layout":     attrRandomizeLayout,
	"designated_init":      attrDesignatedInit,
	"transparent_union":    attrTransparentUnion,
}

// plainAttr is the name of an attribute without its underscores.
func plainAttr(s string) string {
	if len(s) > 4 && strings.HasPrefix(s, "__") && strings.HasSuffix(s, "__") {
		return s[2 : len(s)-2]
	}
	return s
}

// attributes reads the specifier whose operand is toks[from:to], the
// parentheses around it left out.
func (f *feed) attributes(n, from, to int) {
	g := &f.groups[n]
	switch wordOf(f.toks[g.first].Sym) {
	case wordAlignas:
		g.attrs = append(g.attrs, attr{kind: attrAlignas})
		f.operand(n, 0, from, to, true)
		return
	case wordAttribute:
		if from >= to || f.toks[from].Sym != token.LParen {
			return
		}
		from, to = from+1, to-1
	}
	for i := from; i < to; {
		t := &f.toks[i]
		i++
		if t.Kind != token.Ident {
			continue
		}
		a := attr{kind: attrKinds[plainAttr(t.Sym.String())]}
		lo, hi := i, i
		if i < to && f.toks[i].Sym == token.LParen {
			end := min(skipGroup(f.toks, i), to)
			lo, hi = i+1, end-1
			i = end
		}
		if a.kind == attrUnknown {
			continue
		}
		if lo < hi {
			switch first := &f.toks[lo]; a.kind {
			case attrMode:
				a.word = plainAttr(spelling(first))
			case attrScalarOrder:
				a.word = strings.Trim(spelling(first), `"`)
			}
		}
		g.attrs = append(g.attrs, a)
		if lo < hi && (a.kind == attrAligned || a.kind == attrVectorSize) {
			f.operand(n, len(g.attrs)-1, lo, hi, false)
		}
	}
}

// operand sets an attribute's argument, or leaves it to cc.
func (f *feed) operand(n, a, from, to int, sizeof bool) {
	at := &f.groups[n].attrs[a]
	if to-from == 1 && f.toks[from].Kind == token.Number {
		at.expr = number(spelling(&f.toks[from]))
		return
	}
	if from < to {
		at.arg = true
		f.args = append(f.args, argument{group: n, attr: a, first: int32(from), last: int32(to - 1), sizeof: sizeof})
	}
}

// apply adds a group's attributes to what it is attached to.
func (a *Attrs) apply(g *group) {
	for _, at := range g.attrs {
		switch at.kind {
		case attrPacked:
			a.Packed, a.late = true, a.late || !a.Packed && len(a.Aligned) > 0
		case attrAligned:
			a.Aligned = append(a.Aligned, Align{Expr: at.value()})
		case attrAlignas:
			al := Align{Expr: at.expr, Type: at.typ, C11: true}
			if al.Expr == nil && al.Type == nil {
				al.Expr = &Bad{Reason: "not an alignment"}
			}
			a.Aligned = append(a.Aligned, al)
		case attrMode:
			a.Mode, a.replaced = at.word, len(a.Aligned)
		case attrVectorSize:
			a.VectorSize, a.replaced = at.value(), len(a.Aligned)
		case attrMSStruct:
			a.MSStruct = !a.GCCStruct // the first one counts
		case attrGCCStruct:
			a.GCCStruct = !a.MSStruct
		case attrScalarOrder:
			a.ScalarOrder = at.word
		case attrRandomizeLayout:
			a.RandomizeLayout = true
		case attrDesignatedInit:
			a.DesignatedInit = true
		case attrTransparentUnion:
			a.TransparentUnion = true
		}
	}
}

// value is an attribute's argument; nil if it has none.
func (a *attr) value() Expr {
	if a.expr == nil && a.arg {
		return &Bad{Reason: "not a constant expression"}
	}
	return a.expr
}

func (a *Attrs) qualify(s token.Sym) {
	switch {
	case wordOf(s) == wordAtomic:
		a.Atomic = true
	case qualifier(s) == "const":
		a.Const = true
	default:
		a.Volatile = true
	}
}

// c11 is the attributes without gcc's: all that it heeds before the definition
// of an anonymous member.
func (a Attrs) c11() Attrs {
	var out Attrs
	for _, al := range a.Aligned {
		if al.C11 {
			out.Aligned = append(out.Aligned, al)
		}
	}
	return out
}

// onType gives a type the attributes that change a type as such.
func (a Attrs) onType(t Type) Type {
	t = a.onBase(t)
	if len(a.Aligned) == 0 {
		return t
	}
	return &Attributed{Type: t, Attrs: Attrs{Aligned: a.Aligned}}
}

// onBase moves mode and vector_size to the type they change. vector_size goes
// to what pointers, arrays and functions are made of; mode to an array's
// element, but to a pointer itself (measured with gcc 12).
func (a *Attrs) onBase(t Type) Type {
	if a.Mode != "" {
		t = a.onElement(t, Attrs{Mode: a.Mode}, false)
	}
	if a.VectorSize != nil {
		t = a.onElement(t, Attrs{VectorSize: a.VectorSize}, true)
	}
	return t
}

func (a *Attrs) onElement(t Type, attrs Attrs, deep bool) Type {
	switch x := t.(type) {
	case *Array:
		return &Array{Elem: a.onElement(x.Elem, attrs, deep), Len: x.Len}
	case *Func:
		f := *x
		f.Result = a.onElement(x.Result, attrs, deep)
		return &f
	case *Pointer:
		if deep {
			return &Pointer{Elem: a.onElement(x.Elem, attrs, deep)}
		}
	}
	return &Attributed{Type: t, Attrs: attrs}
}

// clone makes a copy that can be appended to.
func (a Attrs) clone() Attrs {
	a.Aligned = a.Aligned[:len(a.Aligned):len(a.Aligned)]
	return a
}

// plain is the attributes without those that onBase moves into the type.
func (a Attrs) plain() Attrs {
	a.Mode, a.VectorSize = "", nil
	return a
}
