package layout

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/token"
)

// find looks a member up, also in anonymous records, and gives its offset in
// bits from the start of the layout.
func (l *Layout) find(name token.Sym) (f *Field, bitOffset int64) {
	for i := range l.Fields {
		f := &l.Fields[i]
		if f.Decl.Name == name && name != 0 {
			return f, f.BitOffset
		}
		if f.Sub != nil && f.Decl.Anonymous() {
			if inner, at := f.Sub.find(name); inner != nil {
				return inner, f.BitOffset + at
			}
		}
	}
	return nil, 0
}

// in finds a member of a record type.
func (w *walk) in(t decl.Type, name token.Sym) (f *Field, bitOffset int64, err error) {
	s, err := w.shape(t)
	switch {
	case err == error(recursive):
		return nil, 0, errorf("use of a type before it is complete")
	case err != nil:
		return nil, 0, err
	case s.sort == isIncomplete:
		return nil, 0, &Error{Name: incompleteName(t), Reason: "use of an incomplete type"}
	case s.sort != isRecord:
		return nil, 0, errorf("request for member '%s' in something not a structure or union", name)
	}
	f, bitOffset = s.rec.find(name)
	if f == nil {
		return nil, 0, unknown("'"+recordName(s.rec.Record)+"' has no member named '%s'", name)
	}
	return f, bitOffset, nil
}

// fieldType is a member's type with the attributes that change it.
func fieldType(f *decl.Field) decl.Type {
	a := &f.Attrs
	if a.Mode == "" && a.VectorSize == nil && !a.Atomic {
		return f.Type
	}
	return &decl.Attributed{Type: f.Type, Attrs: decl.Attrs{Mode: a.Mode, VectorSize: a.VectorSize, Atomic: a.Atomic}}
}

// offset follows a member designator: the offset in bytes, and the type of
// what lies there.
func (w *walk) offset(t decl.Type, path []decl.Step) (int64, decl.Type, error) {
	at := int128{}
	for i := range path {
		step := &path[i]
		if step.Index == nil {
			f, bits, err := w.in(t, step.Name)
			switch {
			case err != nil:
				return 0, nil, err
			case f.Bitfield:
				return 0, nil, errorf("attempt to take address of bit-field structure member '%s'", step.Name)
			}
			at, t = at.add(fromInt(bits/8)), fieldType(f.Decl)
			continue
		}
		elem, err := w.elem(t)
		if err != nil {
			return 0, nil, err
		}
		v, err := w.integer(step.Index)
		if err != nil {
			return 0, nil, err
		}
		size, err := w.elemSize(elem)
		if err != nil {
			return 0, nil, err
		}
		at, t = at.add(v.n.mul(fromInt(size))), elem
	}
	if n := int64(at.lo); at == fromInt(n) && n <= w.maxSize && n >= -w.maxSize {
		return n, t, nil
	}
	return 0, nil, errorf("the offset is too large")
}

// elem is what an array or a pointer has elements of.
func (w *walk) elem(t decl.Type) (decl.Type, error) {
	r, err := w.resolve(t)
	if err != nil {
		return nil, err
	}
	switch r := r.(type) {
	case *decl.Array:
		return r.Elem, nil
	case *decl.Pointer:
		return r.Elem, nil
	}
	return nil, errorf("subscripted value is neither array nor pointer")
}

// memberOf finds the field that X.m or X->m names, and its offset in bits.
func (w *walk) memberOf(x *decl.Member) (*Field, int64, error) {
	t, err := w.typeOf(x.X)
	if err != nil {
		return nil, 0, err
	}
	if x.Arrow {
		if t, err = w.elem(t); err != nil {
			return nil, 0, errorf("invalid type argument of '->'")
		}
	}
	return w.in(t, x.Name)
}

// isBitfield tells whether an expression names a bit-field.
func (w *walk) isBitfield(x decl.Expr) bool {
	m, ok := x.(*decl.Member)
	if !ok {
		return false
	}
	f, _, err := w.memberOf(m)
	return err == nil && f.Bitfield
}

// address computes where an lvalue lies, if that is a constant, and its type.
func (w *walk) address(x decl.Expr) (int128, decl.Type, error) {
	if err := w.enter(); err != nil {
		return int128{}, nil, err
	}
	defer w.leave()
	switch x := x.(type) {
	case *decl.Unary:
		if x.Op == "*" {
			v, err := w.eval(x.X)
			if err != nil {
				return int128{}, nil, err
			}
			if v.kind != abi.Pointer {
				return int128{}, nil, errorf("invalid type argument of unary '*'")
			}
			return v.n, v.elem, nil
		}
	case *decl.Member:
		f, bits, err := w.memberOf(x)
		if err != nil {
			return int128{}, nil, err
		}
		if f.Bitfield {
			return int128{}, nil, errorf("cannot take address of bit-field '%s'", x.Name)
		}
		var base int128
		if x.Arrow {
			v, err := w.eval(x.X)
			if err != nil {
				return int128{}, nil, err
			}
			base = v.n
		} else if base, _, err = w.address(x.X); err != nil {
			return int128{}, nil, err
		}
		return base.add(fromInt(bits / 8)), fieldType(f.Decl), nil
	case *decl.Index:
		v, err := w.binary(&decl.Binary{Op: "+", X: x.X, Y: x.I})
		if err != nil {
			return int128{}, nil, err
		}
		if v.kind != abi.Pointer {
			return int128{}, nil, errorf("subscripted value is neither array nor pointer")
		}
		return v.n, v.elem, nil
	}
	return int128{}, nil, errorf("the address is not constant")
}

// decayed is the value of an lvalue of array type: the address of its first
// element. No other lvalue is constant.
func (w *walk) decayed(x decl.Expr) (value, error) {
	t, err := w.typeOf(x)
	if err != nil {
		return value{}, err
	}
	r, err := w.resolve(t)
	if err != nil {
		return value{}, err
	}
	a, ok := r.(*decl.Array)
	if !ok {
		return value{}, errorf("the expression is not constant")
	}
	n, _, err := w.address(x)
	return value{n: n, kind: abi.Pointer, elem: a.Elem}, err
}
