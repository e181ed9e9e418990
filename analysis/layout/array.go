package layout

import (
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
	return s, nil
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
		main, qualified, err := w.mainVariant(bare)
		if err != nil {
			return shape{}, err
		}
		if qualified {
			return w.shape(main)
		}
	}
	return w.shape(t)
}

// mainVariant is gcc's TYPE_MAIN_VARIANT: a type without the qualifiers and
// the alignments that typedefs gave it; and whether there were qualifiers.
func (w *walk) mainVariant(t decl.Type) (main decl.Type, qualified bool, err error) {
	if err := w.enter(); err != nil {
		return nil, false, err
	}
	defer w.leave()
	switch t := t.(type) {
	case *decl.TypedefRef:
		td := w.namedType(t.Name)
		if td == nil {
			return nil, false, unknown("unknown type name '%s'", t.Name)
		}
		return w.mainVariant(td.Type)
	case *decl.Typeof:
		if t.Type != nil {
			return w.mainVariant(t.Type)
		}
		x, err := w.typeOf(t.Expr)
		if err != nil {
			return nil, false, err
		}
		return w.mainVariant(x)
	case *decl.Attributed:
		a := &t.Attrs
		main, qualified, err = w.mainVariant(t.Type)
		if a.Mode != "" || a.VectorSize != nil {
			main = &decl.Attributed{Type: main, Attrs: decl.Attrs{Mode: a.Mode, VectorSize: a.VectorSize}}
		}
		return main, qualified || a.Const || a.Volatile || a.Atomic, err
	case *decl.Array:
		_, qualified, err = w.mainVariant(t.Elem)
		return t, qualified, err
	}
	return t, false, nil
}

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
		}
	}
	return mode{}
}
