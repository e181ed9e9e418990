package layout

import (
	"sync"

	"abide/analysis/abi"
	"abide/analysis/decl"
)

// shape is what placing a member asks of its type.
type shape struct {
	size  int64 // bytes
	align int64 // bytes: what __alignof__ says
	user  bool  // the alignment was asked for, by an aligned attribute somewhere in the type
	sort  sort
	kind  abi.Kind // of an integer or enum: which one it is like
	width int64    // of an integer or enum, in bits: the widest bit-field
	mode  mode
	elem  mode    // of the innermost element of an array; else mode
	rec   *Layout // of a record, or of the innermost element of an array of records
}

// sort is what a type is, as far as that matters.
type sort uint8

const (
	isInteger sort = iota // integers, _Bool, enums
	isFloat               // and complex types
	isPointer
	isVector
	isArray
	isFlexible // T[]
	isRecord
	isFunc
	isVoid
	isIncomplete // a record or enum that is declared only
)

func (s *shape) complete() error {
	switch s.sort {
	case isFunc:
		return errorf("a function type has no size")
	case isVoid:
		return errorf("void has no size")
	case isFlexible:
		return errorf("an array without bounds has no size")
	case isIncomplete:
		return errorf("the type is incomplete")
	}
	return nil
}

// mode is the machine mode that gcc moves a value in, as far as it decides
// alignments: on i386, members of the modes of 8-byte scalars align to 4, be
// they records or vectors.
type mode struct {
	class modeClass
	bits  int64
}

type modeClass uint8

const (
	memory     modeClass = iota // only in memory (BLKmode)
	integral                    // integers and pointers, complex integers
	binary64                    // double and complex double
	otherFloat                  // any other floating mode
)

// limited tells whether i386 limits the alignment of members of the mode.
func (m mode) limited() bool { return m.class == integral || m.class == binary64 }

// memberAlign is a type's alignment as a member's type, in bits: ADJUST_FIELD_ALIGN
// applied to bits. Only for types whose alignment nobody asked for.
func (e *Engine) memberAlign(s *shape, bits int64) int64 {
	if e.fieldLimit > 0 && s.elem.limited() {
		return min(bits, e.fieldLimit)
	}
	return bits
}

// minAlign is what _Alignof says, in bytes.
func (e *Engine) minAlign(s *shape) int64 {
	if s.user {
		return s.align
	}
	return e.memberAlign(s, 8*min(s.align, e.ABI.MaxAlign)) / 8
}

// basics has the shapes of the basic types, by ABI.
var basics sync.Map

func basicsOf(a *abi.ABI) *[abi.NumKinds]shape {
	if known, ok := basics.Load(a); ok {
		return known.(*[abi.NumKinds]shape)
	}
	list := new([abi.NumKinds]shape)
	for k := range list {
		list[k] = basic(a, abi.Kind(k))
	}
	known, _ := basics.LoadOrStore(a, list)
	return known.(*[abi.NumKinds]shape)
}

// basic is the shape of a basic type.
func basic(a *abi.ABI, k abi.Kind) shape {
	t := a.Types[k]
	s := shape{size: t.Size, align: t.Align, kind: k, sort: isFloat, mode: mode{otherFloat, 8 * t.Size}}
	switch k {
	case abi.Void:
		return shape{size: 1, align: 1, sort: isVoid}
	case abi.Pointer:
		s.sort, s.mode.class = isPointer, integral
	case abi.Double, abi.Float64, abi.Float32x:
		s.mode.class = binary64
	case abi.Bool:
		s.sort, s.mode.class, s.width = isInteger, integral, 1
	case abi.Float16, abi.BFloat16, abi.Float, abi.LongDouble, abi.Float32, abi.Float128, abi.Float64x,
		abi.Decimal32, abi.Decimal64, abi.Decimal128:
	default:
		s.sort, s.mode.class, s.width = isInteger, integral, 8*t.Size
	}
	if k == abi.LongDouble && t.Size == a.Types[abi.Double].Size {
		s.mode.class = binary64
	}
	s.elem = s.mode
	return s
}

// shape computes a type's shape. The error is an *Error.
func (w *walk) shape(t decl.Type) (shape, error) {
	if err := w.enter(); err != nil {
		return shape{}, err
	}
	defer w.leave()
	switch t := t.(type) {
	case *decl.Basic:
		return w.basicShape(t)
	case *decl.Pointer:
		return w.basics[abi.Pointer], nil
	case *decl.Array:
		return w.array(t)
	case *decl.Func:
		return shape{size: 1, align: 1, sort: isFunc}, nil
	case *decl.TypedefRef:
		return w.typedef(t)
	case *decl.RecordRef:
		def := w.definition(t)
		if def == nil {
			return shape{size: 1, align: 1, sort: isIncomplete}, nil
		}
		return w.record(def).shape()
	case *decl.EnumRef:
		def := w.enumDefinition(t)
		if def == nil {
			return shape{size: 1, align: 1, sort: isIncomplete}, nil
		}
		info, err := w.enum(def)
		if err != nil {
			return shape{}, err
		}
		return info.shape, nil
	case *decl.Typeof:
		if t.Type != nil {
			return w.shape(t.Type)
		}
		x, err := w.typeOf(t.Expr)
		if err != nil {
			return shape{}, err
		}
		return w.shape(x)
	case *decl.Attributed:
		if len(t.Attrs.Aligned) > 0 && w.isPackedEnum(t.Type) {
			return w.shape(t.Type) // with packed, gcc ignores aligned
		}
		if main, err := w.requalified(t); main != nil || err != nil {
			if err != nil {
				return shape{}, err
			}
			return w.shape(main)
		}
		return w.attributed(t.Type, &t.Attrs)
	}
	return shape{}, errorf("the type is not known")
}

func (w *walk) isPackedEnum(t decl.Type) bool {
	r, err := w.resolve(t)
	if err != nil {
		return false
	}
	e, ok := r.(*decl.EnumRef)
	return ok && e.Def != nil && e.Def.Attrs.Packed
}

func (w *walk) basicShape(t *decl.Basic) (shape, error) {
	s := w.basics[t.Kind%abi.NumKinds]
	if t.Kind != abi.Void && s.size == 0 {
		return shape{}, errorf("%s has no type %s", w.ABI.Name, basicNames[t.Kind%abi.NumKinds])
	}
	if t.Complex {
		s.size *= 2
		s.mode.bits *= 2
		s.elem = s.mode
		s.sort = isFloat
	}
	return s, nil
}

func (w *walk) typedef(t *decl.TypedefRef) (shape, error) {
	td := w.namedType(t.Name)
	if td == nil {
		return shape{}, unknown("unknown type name '%s'", t.Name)
	}
	if known, ok := recall(w.remembered, w.typedefs, td); ok {
		w.names.Join(known.names)
		return known.shape, nil
	}
	outer := w.names
	w.names = Names{}
	s, err := w.attributed(td.Type, &td.Attrs)
	info := typedefInfo{s, w.names}
	w.names.Join(outer)
	if err != nil {
		return shape{}, err
	}
	keep(w.remembered, w.typedefs, td, info)
	return s, nil
}

// definition finds a record's definition, nil if it is declared only.
func (w *walk) definition(t *decl.RecordRef) *decl.Record {
	if t.Def != nil {
		return t.Def
	}
	w.names.Add(t.Tag)
	return w.Scope.Record(t.Union, t.Tag)
}

func (w *walk) enumDefinition(t *decl.EnumRef) *decl.Enum {
	if t.Def != nil {
		return t.Def
	}
	w.names.Add(t.Tag)
	return w.Scope.Enum(t.Tag)
}

// attributed applies a type's attributes: mode first, then vector_size, then
// aligned, whatever their order in the text.
func (w *walk) attributed(t decl.Type, a *decl.Attrs) (shape, error) {
	var s shape
	var err error
	switch {
	case a.VectorSize != nil:
		s, err = w.vector(t, a)
	case a.Mode != "":
		if t, err = w.withMode(t, a.Mode); err == nil {
			s, err = w.shape(t)
		}
	default:
		s, err = w.shape(t)
	}
	if err != nil {
		return shape{}, err
	}
	if a.Atomic {
		w.makeAtomic(&s)
	}
	for i := range a.Aligned {
		n, err := w.requestedAlign(&a.Aligned[i])
		if err != nil {
			return shape{}, err
		}
		if n > 0 && s.sort != isIncomplete { // the last request counts
			s.align, s.user = n, true
		}
	}
	return s, nil
}

// makeAtomic gives an _Atomic type of an integer's size the alignment of that
// size, be there such an integer or not, and exempts it from i386's limit on
// members.
func (w *walk) makeAtomic(s *shape) {
	switch s.size {
	case 1, 2, 4, 8, 16:
		s.align = max(s.align, min(s.size, w.ABI.MaxAlign))
	}
	s.elem = mode{}
}

// maxAlignRequest is the largest alignment that gcc accepts, in bytes.
const maxAlignRequest = 1 << 28

// requestedAlign is the alignment that an attribute asks for, in bytes; 0 if
// it asks for nothing.
func (w *walk) requestedAlign(a *decl.Align) (int64, error) {
	switch {
	case a.Type != nil:
		s, err := w.shape(a.Type)
		if err == nil {
			err = s.complete()
		}
		return w.minAlign(&s), err
	case a.Expr == nil:
		return w.ABI.MaxAlign, nil
	}
	v, err := w.integer(a.Expr)
	if err != nil {
		return 0, err
	}
	switch n := v.n; {
	case n.zero():
		return 0, nil
	case n.ones() != 1 || !w.unsigned(v.kind) && n.negative():
		return 0, errorf("requested alignment '%s' is not a positive power of 2", w.decimal(v))
	case n.hi != 0 || n.lo > maxAlignRequest:
		return 0, errorf("requested alignment '%s' exceeds maximum %d", w.decimal(v), maxAlignRequest)
	}
	return int64(v.n.lo), nil
}

// vector is the shape of a vector_size type. The attribute reaches through
// arrays to their elements; behind a pointer it changes no layout.
func (w *walk) vector(t decl.Type, a *decl.Attrs) (shape, error) {
	inner := decl.Attrs{Mode: a.Mode, VectorSize: a.VectorSize}
	r, err := w.resolve(t)
	if err != nil {
		return shape{}, err
	}
	if array, ok := r.(*decl.Array); ok {
		return w.shape(&decl.Array{Elem: &decl.Attributed{Type: array.Elem, Attrs: inner}, Len: array.Len})
	}
	if a.Mode != "" {
		if t, err = w.withMode(t, a.Mode); err != nil {
			return shape{}, err
		}
	}
	s, err := w.shape(t)
	if err != nil || s.sort == isPointer {
		return s, err
	}
	if s.sort != isInteger && s.sort != isFloat || s.kind == abi.Bool {
		return shape{}, errorf("invalid vector type for attribute 'vector_size'")
	}
	v, err := w.integer(a.VectorSize)
	if err != nil {
		return shape{}, err
	}
	size := int64(v.n.lo)
	switch {
	case v.n.hi != 0 || v.n.lo == 0 || size < 0 || size > maxAlignRequest:
		return shape{}, errorf("vector size '%s' is out of range", w.decimal(v))
	case size%s.size != 0:
		return shape{}, errorf("vector size not an integral multiple of component size")
	case size/s.size&(size/s.size-1) != 0:
		return shape{}, errorf("number of vector components %d not a power of two", size/s.size)
	}
	content := s.mode
	if s.sort != isInteger {
		content = mode{}
	}
	s = shape{size: size, align: size, sort: isVector, mode: w.sizeMode(size, content)}
	if w.ABI.MaxVectorAlign > 0 {
		s.align = min(size, w.ABI.MaxVectorAlign)
	}
	s.elem = s.mode
	return s, nil
}
