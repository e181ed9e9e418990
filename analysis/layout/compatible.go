package layout

import (
	"abide/analysis/decl"
)

// compatible tells whether two types are (C11 6.2.7), qualifiers aside, as
// __builtin_types_compatible_p does.
func (w *walk) compatible(a, b decl.Type) (bool, error) {
	if err := w.enter(); err != nil {
		return false, err
	}
	defer w.leave()
	a, err := w.resolve(a)
	if err != nil {
		return false, err
	}
	if b, err = w.resolve(b); err != nil {
		return false, err
	}
	ea, aEnum := a.(*decl.EnumRef)
	eb, bEnum := b.(*decl.EnumRef)
	switch {
	case aEnum && bEnum:
		return ea.Def == eb.Def && ea.Tag == eb.Tag, nil
	case aEnum:
		a, err = w.underlying(ea)
	case bEnum:
		b, err = w.underlying(eb)
	}
	if err != nil {
		return false, err
	}
	switch a := a.(type) {
	case *decl.Basic:
		b, ok := b.(*decl.Basic)
		return ok && *a == *b, nil
	case *decl.Pointer:
		if b, ok := b.(*decl.Pointer); ok {
			return w.identical(a.Elem, b.Elem)
		}
	case *decl.Array:
		if b, ok := b.(*decl.Array); ok {
			return w.compatibleArrays(a, b)
		}
	case *decl.RecordRef:
		b, ok := b.(*decl.RecordRef)
		return ok && a.Union == b.Union && a.Tag == b.Tag && a.Def == b.Def, nil
	case *decl.Func:
		if b, ok := b.(*decl.Func); ok {
			return w.compatibleFuncs(a, b)
		}
	}
	return false, nil
}

// identical tells whether two types are compatible, qualifiers included.
func (w *walk) identical(a, b decl.Type) (bool, error) {
	return w.compatibleQualified(a, b, func(qa, qb qualifiers) bool { return qa == qb })
}

// compatibleQualified tells whether two types are compatible, and their
// qualifiers alike.
func (w *walk) compatibleQualified(a, b decl.Type, alike func(qa, qb qualifiers) bool) (bool, error) {
	same, err := w.compatible(a, b)
	if err != nil || !same {
		return false, err
	}
	_, qa, err := w.mainVariant(a)
	if err != nil {
		return false, err
	}
	_, qb, err := w.mainVariant(b)
	return alike(qa, qb), err
}

// underlying is the integer type that an enum is compatible with.
func (w *walk) underlying(t *decl.EnumRef) (decl.Type, error) {
	s, err := w.shape(t)
	return basicType(s.kind), err
}

func (w *walk) compatibleArrays(a, b *decl.Array) (bool, error) {
	if a.Len != nil && b.Len != nil {
		na, err := w.bound(a.Len)
		if err != nil {
			return false, err
		}
		nb, err := w.bound(b.Len)
		if err != nil || na != nb {
			return false, err
		}
	}
	return w.compatible(a.Elem, b.Elem)
}

func (w *walk) compatibleFuncs(a, b *decl.Func) (bool, error) {
	if len(a.Params) != len(b.Params) || a.Variadic != b.Variadic {
		return false, nil
	}
	for i := range a.Params {
		if same, err := w.compatibleValues(a.Params[i].Type, b.Params[i].Type); !same || err != nil {
			return same, err
		}
	}
	return w.compatibleValues(a.Result, b.Result)
}

// compatibleValues tells whether the types of two parameters or results are
// compatible: of their qualifiers _Atomic alone counts.
func (w *walk) compatibleValues(a, b decl.Type) (bool, error) {
	return w.compatibleQualified(a, b, func(qa, qb qualifiers) bool { return qa.atomic == qb.atomic })
}

// chosen is the operand that a __builtin_choose_expr or _Generic stands for.
func (w *walk) chosen(x decl.Expr) (decl.Expr, error) {
	g, ok := x.(*decl.Generic)
	if !ok {
		x := x.(*decl.Choose)
		c, err := w.integer(x.C)
		if err == nil && c.n.zero() {
			return x.B, nil
		}
		return x.A, err
	}
	t, err := w.operand(g.X)
	if err != nil {
		return nil, err
	}
	if t, _, err = w.mainVariant(t); err != nil { // the value has no qualifiers
		return nil, err
	}
	var other decl.Expr
	for _, c := range g.Cases {
		if c.Type == nil {
			other = c.X
			continue
		}
		same, err := w.identical(t, c.Type)
		if err != nil {
			return nil, err
		}
		if same {
			return c.X, nil
		}
	}
	if other == nil {
		return nil, errorf("'_Generic' selector is not compatible with any association")
	}
	return other, nil
}
