package layout

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
)

func (w *walk) array(t *decl.Array) (shape, error) {
	s, err := w.element(t.Elem)
	if err != nil {
		return shape{}, err
	}
	switch s.sort {
	case isFunc:
		return shape{}, errorf("array of functions")
	case isVoid:
		return shape{}, errorf("array of voids")
	case isFlexible, isIncomplete:
		return shape{}, errorf("array type has incomplete element type")
	}
	if s.size > 0 && s.align > s.size {
		return shape{}, errorf("alignment of array elements is greater than element size")
	}
	if s.size%s.align != 0 {
		return shape{}, errorf("size of array element is not a multiple of its alignment")
	}
	count := int64(0)
	elem := s.size
	s.sort = isFlexible
	if t.Len != nil {
		if count, err = w.bound(t.Len); err != nil {
			return shape{}, err
		}
		s.sort = isArray
	}
	if elem > 0 && count > w.maxSize/elem {
		return shape{}, errorf("the array is too large")
	}
	s.size = elem * count
	if s.size != elem {
		s.mode = w.sizeMode(s.size, s.mode)
	}
	s.user = s.user && !w.forgetsUser(s.mode, s.align)
	return s, nil
}

// forgetsUser tells whether an aggregate takes the alignment of the mode that
// it is moved in, by which gcc forgets that somebody asked for it
// (stor-layout.c, finalize_type_size).
func (e *Engine) forgetsUser(m mode, align int64) bool {
	if e.ABI.StrictMode == 0 {
		return false
	}
	k, ok := abi.Double, true
	switch m.class {
	case memory:
		return false
	case integral:
		k, ok = e.intOfSize(m.bits/8, false)
		ok = ok && m.bits <= e.ABI.StrictMode
	case otherFloat: // float, complex float, or wider
		if k = abi.Float; m.bits > 64 {
			k = abi.LongDouble
		}
	}
	natural := e.ABI.Types[k].Align
	// What is aligned less than that is moved in pieces.
	return ok && (natural == align || natural > align && align >= e.ABI.MaxAlign)
}

// element is the shape of an array's element type. Where a typedef or typeof
// brings qualifiers along, gcc forms the array from the type's main variant,
// which has none of its typedefs' alignments. Qualifiers that the array's own
// declaration spells make no such difference.
func (w *walk) element(t decl.Type) (shape, error) {
	bare := t
	if a, ok := t.(*decl.Attributed); ok && len(a.Attrs.Aligned) == 0 && a.Attrs.Mode == "" && a.Attrs.VectorSize == nil {
		bare = a.Type
	}
	switch bare.(type) {
	case *decl.TypedefRef, *decl.Typeof:
		main, quals, err := w.mainVariant(bare)
		if err != nil {
			return shape{}, err
		}
		if quals != (qualifiers{}) {
			s, err := w.shape(main)
			if quals.atomic { // its elements still are
				s.elem = mode{}
			}
			return s, err
		}
	}
	return w.shape(t)
}

// mainVariant is gcc's TYPE_MAIN_VARIANT: a type without the qualifiers and
// the alignments that typedefs gave it; and what qualifiers there were.
func (w *walk) mainVariant(t decl.Type) (main decl.Type, quals qualifiers, err error) {
	if err := w.enter(); err != nil {
		return nil, quals, err
	}
	defer w.leave()
	switch t := t.(type) {
	case *decl.TypedefRef:
		td := w.namedType(t.Name)
		if td == nil {
			return nil, quals, unknown("unknown type name '%s'", t.Name)
		}
		return w.mainVariant(td.Type)
	case *decl.Typeof:
		if t.Type != nil {
			return w.mainVariant(t.Type)
		}
		x, err := w.typeOf(t.Expr)
		if err != nil {
			return nil, quals, err
		}
		return w.mainVariant(x)
	case *decl.Attributed:
		a := &t.Attrs
		main, quals, err = w.mainVariant(t.Type)
		if a.Mode != "" || a.VectorSize != nil {
			main = &decl.Attributed{Type: main, Attrs: decl.Attrs{Mode: a.Mode, VectorSize: a.VectorSize}}
		}
		quals = qualifiers{quals.constant || a.Const, quals.volatile || a.Volatile, quals.atomic || a.Atomic}
		return main, quals, err
	case *decl.Array:
		_, quals, err = w.mainVariant(t.Elem)
		return t, quals, err
	}
	return t, quals, nil
}

// requalified is the main variant of an array type whose elements a typedef
// qualified, where t adds qualifiers that it lacks: gcc takes that variant then.
func (w *walk) requalified(t *decl.Attributed) (main decl.Type, err error) {
	a := &t.Attrs
	switch t.Type.(type) {
	case *decl.TypedefRef, *decl.Typeof:
	default:
		return nil, nil
	}
	if !a.Const && !a.Volatile && !a.Atomic {
		return nil, nil
	}
	main, quals, err := w.mainVariant(t.Type)
	if err != nil || quals == (qualifiers{}) {
		return nil, err
	}
	both := qualifiers{quals.constant || a.Const, quals.volatile || a.Volatile, quals.atomic || a.Atomic}
	if _, array := main.(*decl.Array); !array || both == quals {
		return nil, nil
	}
	return main, nil
}

type qualifiers struct{ constant, volatile, atomic bool }

// bound evaluates an array's bound.
func (w *walk) bound(x decl.Expr) (int64, error) {
	if n, ok := x.(*decl.Int); ok && n.Value <= maxObject {
		return int64(n.Value), nil
	}
	v, err := w.integer(x)
	if err != nil {
		return 0, err
	}
	if !w.unsigned(v.kind) && v.n.negative() {
		return 0, errorf("the array has a negative size")
	}
	if v.n.hi != 0 || v.n.lo > maxObject {
		return 0, errorf("the array is too large")
	}
	return int64(v.n.lo), nil
}

// sizeMode is the mode of an aggregate by its size: an integer's if there is
// one, unless it holds something that lives in memory only.
func (e *Engine) sizeMode(size int64, content mode) mode {
	if content.class != memory {
		switch size {
		case 1, 2, 4, 8:
			return mode{integral, 8 * size}
		case 16:
			if e.ABI.StrictMode == 128 {
				return mode{integral, 128}
			}
		}
	}
	return mode{}
}
