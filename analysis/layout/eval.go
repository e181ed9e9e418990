package layout

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
)

// integer evaluates an expression that must be an integer constant (or an
// address that is one, as GNU C allows).
func (w *walk) integer(x decl.Expr) (value, error) {
	v, overflow, err := w.wrapped(x)
	if err == nil {
		err = overflow
	}
	return v, err
}

// wrapped is integer, but for an overflow on the way, which it tells beside the
// value that gcc gives then: the one modulo 2^width.
func (w *walk) wrapped(x decl.Expr) (v value, overflow, err error) {
	outer := w.overflow
	w.overflow = nil
	v, err = w.eval(x)
	overflow, w.overflow = w.overflow, outer
	if err == nil && isFloating(v.kind) {
		return value{}, nil, errorf("the expression is not an integer")
	}
	return v, overflow, err
}

// eval evaluates a constant expression. The error is an *Error.
func (w *walk) eval(x decl.Expr) (value, error) {
	if err := w.enter(); err != nil {
		return value{}, err
	}
	defer w.leave()
	switch x := x.(type) {
	case *decl.Int:
		return w.literal(x), nil
	case *decl.Float:
		if x.Imaginary {
			return value{}, errorf("an imaginary number is not an integer")
		}
		return w.convert(value{f: x.Value, kind: x.Kind}, x.Kind), nil
	case *decl.Name:
		w.names.Add(x.Name)
		if n := w.Scope.Enumerator(x.Name); n != nil {
			return w.enumerator(n)
		}
		if w.Scope.Object(x.Name) != nil {
			return value{}, &Error{Name: x.Name.String(), Reason: "'" + x.Name.String() + "' is not a constant"}
		}
		return value{}, unknown("'%s' undeclared", x.Name)
	case *decl.Unary:
		return w.unary(x)
	case *decl.Binary:
		return w.binary(x)
	case *decl.Cond:
		return w.cond(x)
	case *decl.Cast:
		return w.cast(x)
	case *decl.Sizeof:
		return w.sizeof(x)
	case *decl.Alignof:
		return w.alignof(x)
	case *decl.Offsetof:
		at, _, err := w.offset(x.Type, x.Path)
		return value{n: fromInt(at), kind: w.ABI.SizeT}, err
	case *decl.Call:
		return w.call(x)
	case *decl.Compat:
		same, err := w.compatible(x.A, x.B)
		return boolean(same), err
	case *decl.Choose, *decl.Generic:
		chosen, err := w.chosen(x)
		if err != nil {
			return value{}, err
		}
		return w.eval(chosen)
	case *decl.Member, *decl.Index:
		return w.decayed(x)
	case *decl.Str:
		return value{}, errorf("a string literal is not an integer constant")
	case *decl.Bad:
		return value{}, errorf("%s", x.Reason)
	}
	return value{}, errorf("the expression is not constant")
}

// literal gives an integer constant the first type of its ladder that holds it
// (C11 6.4.4.1).
func (w *walk) literal(x *decl.Int) value {
	if x.Wide {
		return w.convert(value{n: fromUint(x.Value), kind: abi.ULongLong}, w.ABI.WCharT)
	}
	if x.Char {
		v := value{n: fromUint(x.Value), kind: abi.ULongLong}
		if x.Value <= 0xff { // more is a multi-character constant
			v = w.convert(v, abi.Char)
		}
		return w.convert(v, abi.Int)
	}
	n := fromUint(x.Value)
	for _, pair := range [...][2]abi.Kind{{abi.Int, abi.UInt}, {abi.Long, abi.ULong}, {abi.LongLong, abi.ULongLong}, {abi.Int128, abi.UInt128}} {
		if rank(pair[0]) < rank(x.Long) || !w.ABI.Has(pair[0]) {
			continue
		}
		if v := (value{n: n, kind: pair[0]}); !x.Unsigned && w.fits(v, pair[0]) && !w.convert(v, pair[0]).n.negative() {
			return v
		}
		if v := (value{n: n, kind: pair[1]}); (x.Unsigned || !x.Decimal) && w.fits(v, pair[1]) {
			return v
		}
	}
	return value{n: n, kind: abi.ULongLong}
}

func (w *walk) unary(x *decl.Unary) (value, error) {
	switch x.Op {
	case "&":
		v, t, err := w.address(x.X)
		if err != nil {
			return value{}, err
		}
		return value{n: v, kind: abi.Pointer, elem: t}, nil
	case "*":
		return w.decayed(x)
	}
	v, err := w.eval(x.X)
	if err != nil {
		return value{}, err
	}
	switch {
	case x.Op == "!":
		return boolean(w.isZero(v)), nil
	case isFloating(v.kind):
		switch x.Op {
		case "-":
			v.f = -v.f
			return v, nil
		case "+":
			return v, nil
		}
		return value{}, errorf("wrong type argument to '%s'", x.Op)
	case v.kind == abi.Pointer:
		return value{}, errorf("wrong type argument to unary '%s'", x.Op)
	}
	v = w.promote(v)
	switch x.Op {
	case "+", "__extension__":
		return v, nil
	case "~":
		return w.convert(value{n: v.n.not(), kind: v.kind}, v.kind), nil
	case "-":
		return w.checked(value{n: v.n.neg(), kind: v.kind}, false), nil
	}
	return value{}, errorf("'%s' in a constant expression", x.Op)
}

// checked cuts a result to its type, and notes the overflow of a signed one
// that does not fit. over says that it did not even fit 128 bits.
func (w *walk) checked(v value, over bool) value {
	cut := w.convert(v, v.kind)
	if !w.unsigned(v.kind) && (over || cut.n != v.n) {
		w.overflow = errorf("integer overflow in expression of type '%s'", basicNames[v.kind])
	}
	return cut
}

func (w *walk) binary(x *decl.Binary) (value, error) {
	switch x.Op {
	case ",":
		return w.eval(x.Y)
	case "&&", "||":
		a, err := w.eval(x.X)
		if err != nil {
			return value{}, err
		}
		if w.isZero(a) == (x.Op == "&&") {
			return boolean(x.Op == "||"), nil
		}
		b, err := w.eval(x.Y)
		return boolean(!w.isZero(b)), err
	}
	a, err := w.eval(x.X)
	if err != nil {
		return value{}, err
	}
	b, err := w.eval(x.Y)
	if err != nil {
		return value{}, err
	}
	if a.kind == abi.Pointer || b.kind == abi.Pointer {
		return w.pointers(x.Op, a, b)
	}
	return w.arithmetic(x.Op, a, b)
}

// cond is ?:. What is not chosen need not be constant, but its type counts.
func (w *walk) cond(x *decl.Cond) (value, error) {
	c, err := w.eval(x.C)
	if err != nil {
		return value{}, err
	}
	a := x.A
	if a == nil {
		a = x.C
	}
	v, other := c, x.B
	switch {
	case w.isZero(c):
		other = a
		v, err = w.eval(x.B)
	case x.A != nil:
		v, err = w.eval(x.A)
	}
	if err != nil || v.kind == abi.Pointer {
		return v, err
	}
	t, err := w.typeOf(other)
	if err != nil {
		return w.promote(v), nil // the type of what is not chosen is not known: as if it were narrower
	}
	if s, err := w.shape(t); err == nil && (s.sort == isInteger || s.sort == isFloat) {
		return w.convert(v, w.common(v.kind, s.kind)), nil
	}
	return v, nil
}

func (w *walk) cast(x *decl.Cast) (value, error) {
	if x.X == nil {
		return value{}, errorf("a compound literal is not an integer constant")
	}
	t, err := w.resolve(x.Type)
	if err != nil {
		return value{}, err
	}
	v, err := w.eval(x.X)
	if err != nil {
		return value{}, err
	}
	if p, ok := t.(*decl.Pointer); ok {
		v = w.convert(v, abi.Pointer)
		v.elem = p.Elem
		return v, nil
	}
	s, err := w.shape(t)
	if err != nil {
		return value{}, err
	}
	if s.sort == isInteger || s.sort == isFloat {
		return w.convert(v, s.kind), nil
	}
	return value{}, errorf("cast to a type that has no integer constants")
}

// sizeof gives void and functions 1, as GNU C does.
func (w *walk) sizeof(x *decl.Sizeof) (value, error) {
	t := x.Type
	if t == nil {
		if w.isBitfield(x.X) {
			return value{}, errorf("'sizeof' applied to a bit-field")
		}
		var err error
		if t, err = w.typeOf(x.X); err != nil {
			return value{}, err
		}
	}
	s, err := w.shape(t)
	if err == error(recursive) {
		return value{}, errorf("invalid application of 'sizeof' to incomplete type")
	}
	if err != nil {
		return value{}, err
	}
	if s.sort == isIncomplete || s.sort == isFlexible {
		return value{}, &Error{Name: incompleteName(t), Reason: "invalid application of 'sizeof' to incomplete type"}
	}
	return value{n: fromInt(s.size), kind: w.ABI.SizeT}, nil
}

func (w *walk) alignof(x *decl.Alignof) (value, error) {
	t := x.Type
	if t == nil {
		if m, ok := x.X.(*decl.Member); ok {
			f, _, err := w.memberOf(m)
			switch {
			case err != nil:
				return value{}, err
			case f.Bitfield:
				return value{}, errorf("'__alignof' applied to a bit-field")
			}
			return value{n: fromInt(f.Align), kind: w.ABI.SizeT}, nil
		}
		var err error
		if t, err = w.typeOf(x.X); err != nil {
			return value{}, err
		}
	}
	s, err := w.shape(t)
	if err == error(recursive) {
		return value{}, errorf("invalid application of '__alignof__' to incomplete type")
	}
	if err != nil {
		return value{}, err
	}
	if s.sort == isIncomplete {
		return value{}, &Error{Name: incompleteName(t), Reason: "invalid application of '__alignof__' to incomplete type"}
	}
	align := s.align
	if !x.GNU {
		align = w.minAlign(&s)
	}
	return value{n: fromInt(align), kind: w.ABI.SizeT}, nil
}
