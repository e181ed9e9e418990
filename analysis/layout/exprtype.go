package layout

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
)

func basicType(k abi.Kind) decl.Type { return &decl.Basic{Kind: k} }

// typeOf is the type of an expression, which need not be constant. Arrays do
// not decay. The error is an *Error.
func (w *walk) typeOf(x decl.Expr) (decl.Type, error) {
	if err := w.enter(); err != nil {
		return nil, err
	}
	defer w.leave()
	switch x := x.(type) {
	case *decl.Int:
		return basicType(w.literal(x).kind), nil
	case *decl.Float:
		return &decl.Basic{Kind: x.Kind, Complex: x.Imaginary}, nil
	case *decl.Str:
		return &decl.Array{Elem: basicType(x.Kind), Len: &decl.Int{Value: uint64(max(0, x.Size))}}, nil
	case *decl.Name:
		return w.nameType(x)
	case *decl.Unary:
		return w.unaryType(x)
	case *decl.Binary:
		return w.binaryType(x)
	case *decl.Cond:
		a := x.A
		if a == nil {
			a = x.C
		}
		return w.condType(a, x.B)
	case *decl.Cast:
		if x.X == nil {
			return x.Type, nil // a compound literal is an object of the very type
		}
		main, _, err := w.mainVariant(x.Type)
		return main, err
	case *decl.Sizeof, *decl.Alignof, *decl.Offsetof:
		return basicType(w.ABI.SizeT), nil
	case *decl.Compat:
		return basicType(abi.Int), nil
	case *decl.Choose, *decl.Generic:
		chosen, err := w.chosen(x)
		if err != nil {
			return nil, err
		}
		return w.typeOf(chosen)
	case *decl.Call:
		return w.callType(x)
	case *decl.Member:
		f, _, err := w.memberOf(x)
		if err != nil {
			return nil, err
		}
		return fieldType(f.Decl), nil
	case *decl.Index:
		t, err := w.typeOf(x.X)
		if err != nil {
			return nil, err
		}
		elem, err := w.elem(t)
		if err != nil { // 2[a]
			if t, err = w.typeOf(x.I); err != nil {
				return nil, err
			}
			elem, err = w.elem(t)
		}
		return elem, err
	case *decl.Bad:
		return nil, errorf("%s", x.Reason)
	}
	return nil, errorf("the type of the expression is not known")
}

func (w *walk) nameType(x *decl.Name) (decl.Type, error) {
	w.names.Add(x.Name)
	if n := w.Scope.Enumerator(x.Name); n != nil {
		v, err := w.enumerator(n)
		if err != nil {
			return nil, err
		}
		return basicType(v.kind), nil
	}
	if o := w.Scope.Object(x.Name); o != nil {
		return o.Type, nil
	}
	return nil, unknown("'%s' undeclared", x.Name)
}

func (w *walk) unaryType(x *decl.Unary) (decl.Type, error) {
	if x.Op == "!" {
		return basicType(abi.Int), nil
	}
	t, err := w.typeOf(x.X)
	if err != nil {
		return nil, err
	}
	switch x.Op {
	case "&":
		return &decl.Pointer{Elem: t}, nil
	case "*":
		r, err := w.resolve(t)
		if err != nil {
			return nil, err
		}
		if _, ok := r.(*decl.Func); ok {
			return r, nil
		}
		return w.elem(r)
	case "++", "--":
		return t, nil
	}
	s, err := w.shape(t)
	if err != nil {
		return nil, err
	}
	switch s.sort {
	case isInteger:
		return basicType(w.promoted(s.kind)), nil
	case isFloat, isVector:
		return t, nil
	}
	return nil, errorf("wrong type argument to unary '%s'", x.Op)
}

// decay is the type that an operand has: of an array the pointer to its
// elements, of a function the pointer to it.
func (w *walk) decay(t decl.Type) (decl.Type, error) {
	r, err := w.resolve(t)
	if err != nil {
		return nil, err
	}
	switch r := r.(type) {
	case *decl.Array:
		return &decl.Pointer{Elem: r.Elem}, nil
	case *decl.Func:
		return &decl.Pointer{Elem: r}, nil
	}
	return r, nil
}

func (w *walk) operand(x decl.Expr) (decl.Type, error) {
	t, err := w.typeOf(x)
	if err != nil {
		return nil, err
	}
	return w.decay(t)
}

func (w *walk) binaryType(x *decl.Binary) (decl.Type, error) {
	switch x.Op {
	case ",":
		return w.operand(x.Y)
	case "==", "!=", "<", ">", "<=", ">=", "&&", "||":
		return basicType(abi.Int), nil
	}
	a, err := w.operand(x.X)
	if err != nil {
		return nil, err
	}
	b, err := w.operand(x.Y)
	if err != nil {
		return nil, err
	}
	_, pa := a.(*decl.Pointer)
	_, pb := b.(*decl.Pointer)
	switch {
	case pa && pb && x.Op == "-":
		return basicType(w.ABI.PtrdiffT), nil
	case pa && !pb:
		return a, nil
	case pb && !pa:
		return b, nil
	}
	return w.arithmeticType(a, b, x.Op == "<<" || x.Op == ">>")
}

// arithmeticType is the type of an operation on two arithmetic types; shifts
// have their left operand's.
func (w *walk) arithmeticType(a, b decl.Type, shift bool) (decl.Type, error) {
	sa, err := w.shape(a)
	if err != nil {
		return nil, err
	}
	sb, err := w.shape(b)
	if err != nil {
		return nil, err
	}
	arithmetic := func(s *shape) bool { return s.sort == isInteger || s.sort == isFloat }
	switch {
	case sa.sort == isVector:
		return a, nil
	case sb.sort == isVector:
		return b, nil
	case !arithmetic(&sa) || !arithmetic(&sb):
		return nil, errorf("invalid operands to a binary operator")
	case shift:
		return basicType(w.promoted(sa.kind)), nil
	}
	return basicType(w.common(sa.kind, sb.kind)), nil
}

// condType is the type of c ? a : b (C11 6.5.15): arithmetic types are
// converted; a null pointer constant gives way to the other pointer's type,
// which gives way to void *.
func (w *walk) condType(a, b decl.Expr) (decl.Type, error) {
	ta, err := w.operand(a)
	if err != nil {
		return nil, err
	}
	tb, err := w.operand(b)
	if err != nil {
		return nil, err
	}
	pa, aPointer := ta.(*decl.Pointer)
	pb, bPointer := tb.(*decl.Pointer)
	switch {
	case aPointer && bPointer:
		switch {
		case w.isVoid(pa.Elem) && w.isNull(a):
			return tb, nil
		case w.isVoid(pb.Elem) && w.isNull(b):
			return ta, nil
		case w.isVoid(pb.Elem):
			return tb, nil
		}
		return ta, nil
	case aPointer:
		return ta, nil
	case bPointer:
		return tb, nil
	}
	if sa, err := w.shape(ta); err == nil && (sa.sort == isRecord || sa.sort == isVoid) {
		return ta, nil
	}
	return w.arithmeticType(ta, tb, false)
}

func (w *walk) isVoid(t decl.Type) bool {
	r, err := w.resolve(t)
	if err != nil {
		return false
	}
	b, ok := r.(*decl.Basic)
	return ok && b.Kind == abi.Void
}

// isNull tells whether an expression is a null pointer constant: an integer
// constant 0, or that cast to void *.
func (w *walk) isNull(x decl.Expr) bool {
	if c, ok := x.(*decl.Cast); ok && c.X != nil {
		if t, err := w.resolve(c.Type); err != nil {
			return false
		} else if _, ok := t.(*decl.Pointer); ok {
			x = c.X
		}
	}
	v, err := w.eval(x)
	return err == nil && v.kind != abi.Pointer && !isFloating(v.kind) && v.n.zero()
}
