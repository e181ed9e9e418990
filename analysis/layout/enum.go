package layout

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
)

// enumInfo is an enum laid out: the integer type it is like, and its values.
type enumInfo struct {
	shape  shape
	values []value
	err    error
	names  Names
}

// enum computes an enum's values and type.
func (w *walk) enum(n *decl.Enum) (*enumInfo, error) {
	info, ok := recall(w.remembered, w.enums, n)
	if !ok {
		outer := w.names
		w.names = Names{}
		w.names.Add(n.Tag)
		values, s, err := w.enumValues(n)
		info = &enumInfo{s, values, err, w.names}
		w.names.Join(outer)
		if !passing(err) {
			info = keep(w.remembered, w.enums, n, info)
		}
	}
	w.names.Join(info.names)
	return info, info.err
}

func (w *walk) enumValues(n *decl.Enum) ([]value, shape, error) {
	for f := w.inEnums; f != nil; f = f.outer {
		if f.enum == n {
			return nil, shape{}, errorf("the enum's values depend on its size")
		}
	}
	frame := &enumFrame{enum: n, values: make([]value, 0, len(n.Values)), outer: w.inEnums}
	w.inEnums = frame
	defer func() { w.inEnums = frame.outer }()

	var base shape
	if n.Base != nil {
		var err error
		if base, err = w.shape(n.Base); err != nil {
			return nil, shape{}, err
		}
		if base.sort != isInteger {
			return nil, shape{}, errorf("invalid 'enum' underlying type")
		}
	}
	next, ok := value{kind: abi.Int}, true
	for _, x := range n.Values {
		v := next
		if x.Value != nil {
			var err error
			if v, _, err = w.wrapped(x.Value); err != nil { // gcc warns of an overflow
				e := err.(*Error)
				return nil, shape{}, e.at(nil, nil, "enumerator value for '"+x.Name.String()+"' is not an integer constant: ")
			}
		} else if !ok {
			return nil, shape{}, errorf("overflow in enumeration values")
		}
		switch {
		case n.Base != nil:
			v = w.convert(v, base.kind)
		case w.fits(v, abi.Int):
			v = w.convert(v, abi.Int)
		default:
			v = w.promote(v)
		}
		frame.values = append(frame.values, v)
		next, ok = w.successor(v)
	}
	s, err := w.enumShape(n, frame.values, base)
	if err != nil {
		return nil, shape{}, err
	}
	// What does not fit an int is of the enum's own type, in the end.
	for i, v := range frame.values {
		if n.Base != nil || v.kind != abi.Int {
			frame.values[i] = w.convert(v, s.kind)
		}
	}
	return frame.values, s, nil
}

// successor is the value of an enumerator without one: one more, in the type
// of the one before. ok is false if that overflows.
func (w *walk) successor(v value) (next value, ok bool) {
	next = w.convert(value{n: v.n.add(fromUint(1)), kind: v.kind}, v.kind)
	return next, w.less(v, next)
}

// enumShape chooses an enum's type: int or unsigned int; the smallest that
// holds the values if the enum is packed, or if they are wider.
func (w *walk) enumShape(n *decl.Enum, values []value, base shape) (shape, error) {
	if n.Base != nil {
		return base, nil
	}
	var lowest, highest value
	for i, v := range values {
		if i == 0 || w.less(v, lowest) {
			lowest = v
		}
		if i == 0 || w.less(highest, v) {
			highest = v
		}
	}
	unsigned := !w.negative(lowest)
	width := max(w.valueWidth(lowest, unsigned), w.valueWidth(highest, unsigned))
	intWidth := 8 * w.ABI.Types[abi.Int].Size
	kind := abi.Int
	if unsigned {
		kind = abi.UInt
	}
	switch {
	case n.Attrs.Mode != "":
		t, err := w.withMode(&decl.Basic{Kind: kind}, n.Attrs.Mode)
		if err != nil {
			return shape{}, err
		}
		b, ok := t.(*decl.Basic)
		if !ok || b.Complex || w.basics[b.Kind].sort != isInteger {
			return shape{}, errorf("cannot use mode '%s' for enumerated types", n.Attrs.Mode)
		}
		if width > w.basics[b.Kind].width {
			return shape{}, errorf("specified mode too small for enumerated values")
		}
		kind = b.Kind
	case n.Attrs.Packed || w.shortEnums || width > intWidth:
		size := int64(1)
		for 8*size < width {
			size *= 2
		}
		if size > 8 { // gcc: "enumeration values exceed range of largest integer"
			size, unsigned = 8, false
		}
		kind, _ = w.intOfSize(size, unsigned)
	}
	return w.basics[kind], nil
}

// valueWidth is the number of bits that a value needs.
func (w *walk) valueWidth(v value, unsigned bool) int64 {
	switch {
	case unsigned:
		return int64(max(1, v.n.length()))
	case w.negative(v):
		return int64(v.n.not().length() + 1)
	}
	return int64(v.n.length() + 1)
}

// enumerator is the value of an enumeration constant, nil if there is no such
// constant here.
func (w *walk) enumerator(x *decl.Enumerator) (value, error) {
	for f := w.inEnums; f != nil; f = f.outer {
		if f.enum == x.Enum {
			if x.Index < len(f.values) {
				return f.values[x.Index], nil
			}
			return value{}, unknown("'%s' undeclared", x.Name)
		}
	}
	info, err := w.enum(x.Enum)
	if err != nil {
		return value{}, err
	}
	if x.Index < 0 || x.Index >= len(info.values) {
		return value{}, unknown("'%s' undeclared", x.Name)
	}
	return info.values[x.Index], nil
}
