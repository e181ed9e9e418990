package layout

import (
	"fmt"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/token"
)

// member is a field on its way to its place.
type member struct {
	decl   *decl.Field
	shape  shape
	width  int64 // of a bit-field, in bits; else -1
	packed bool  // by its record or by itself, and that makes a difference
	// What its own aligned attributes ask for, in bits; 0 for nothing.
	request int64
}

func (m *member) bitfield() bool { return m.width >= 0 }

// bits is the member's size in bits.
func (m *member) bits() int64 {
	if m.bitfield() {
		return m.width
	}
	return 8 * m.shape.size
}

// member finds out what is needed to place a field, and refuses what gcc refuses.
func (p *placer) member(f *decl.Field) (member, error) {
	m := member{decl: f, width: -1}
	name := fieldName(f)
	var err error
	m.shape, err = p.shape(fieldType(f))
	if err == error(recursive) {
		return m, errorf("field '%s' has incomplete type", name)
	}
	if err != nil {
		return m, err.(*Error).at(p.layout.Record, f, "field '"+name+"': ")
	}
	switch m.shape.sort {
	case isVoid:
		return m, errorf("field '%s' declared void", name)
	case isFunc:
		return m, errorf("field '%s' declared as a function", name)
	case isIncomplete:
		return m, &Error{Reason: p.incomplete(f), Name: incompleteName(f.Type)}
	case isFlexible:
		if !p.layout.Record.Union && !p.last {
			return m, errorf("flexible array member '%s' not at end of struct", name)
		}
	}
	if f.Bits != nil {
		if m.width, err = p.bitWidth(f, &m.shape); err != nil {
			return m, err
		}
	}
	var c11 int64 // the strictest _Alignas counts (C11 6.7.5)
	for i := range f.Attrs.Aligned {
		a := &f.Attrs.Aligned[i]
		n, err := p.requestedAlign(a)
		if err != nil {
			return m, err.(*Error).at(p.layout.Record, f, "field '"+name+"': ")
		}
		if a.C11 {
			if m.bitfield() {
				return m, errorf("alignment specified for bit-field '%s'", name)
			}
			c11 = max(c11, n)
		}
		m.request = max(m.request, 8*n)
	}
	if c11 > 0 && c11 < p.minAlign(&m.shape) {
		return m, errorf("'_Alignas' specifiers cannot reduce alignment of '%s'", name)
	}
	m.packed = (p.packed || f.Attrs.Packed) && (m.bitfield() || m.shape.align > 1)
	return m, nil
}

// kernelConfiguration is the tag that abide's own headers have in the place of
// what only the configuration of a kernel decides.
var kernelConfiguration = token.Intern("kernel_configuration")

// incomplete says why a field has no size.
func (w *walk) incomplete(f *decl.Field) string {
	name := fieldName(f)
	t, err := w.resolve(f.Type)
	if r, ok := t.(*decl.RecordRef); err == nil && ok && r.Tag == kernelConfiguration {
		if t == f.Type {
			return "its size depends on the kernel's version and configuration"
		}
		return fmt.Sprintf("the size of '%s' depends on the kernel's configuration", name)
	}
	return fmt.Sprintf("field '%s' has incomplete type", name)
}

// incompleteName is the tag of a type that is declared only.
func incompleteName(t decl.Type) string {
	switch t := t.(type) {
	case *decl.RecordRef:
		if t.Union {
			return "union " + t.Tag.String()
		}
		return "struct " + t.Tag.String()
	case *decl.EnumRef:
		return "enum " + t.Tag.String()
	case *decl.TypedefRef:
		return t.Name.String()
	case *decl.Attributed:
		return incompleteName(t.Type)
	}
	return ""
}

// bitWidth evaluates a bit-field's width.
func (w *walk) bitWidth(f *decl.Field, s *shape) (int64, error) {
	name := fieldName(f)
	if s.sort != isInteger {
		return 0, errorf("bit-field '%s' has invalid type", name)
	}
	v, err := w.integer(f.Bits)
	if err != nil {
		return 0, err.(*Error).at(f.Record, f, "bit-field '"+name+"': ")
	}
	switch {
	case w.negative(v):
		return 0, errorf("negative width in bit-field '%s'", name)
	case v.n.zero() && f.Name != 0:
		return 0, errorf("zero width for bit-field '%s'", name)
	case v.n.hi != 0 || v.n.lo > uint64(s.width):
		return 0, errorf("width of '%s' exceeds its type", name)
	}
	return int64(v.n.lo), nil
}

// demand is the alignment that a member needs, in bits, and whether somebody
// asked for it. known is the alignment of the place where it would come to
// lie; 0 for the record's start.
func (p *placer) demand(m *member, known int64) (align int64, user bool) {
	align, user = 1, false
	if m.request > 0 {
		align, user = m.request, true
	}
	asked, packed, empty := user, m.packed, false
	ofType := func() {
		if t := 8 * m.shape.align; t > align {
			align, user = t, m.shape.user
		}
	}
	switch {
	case m.bitfield():
		if m.width == 0 && !p.ms {
			// Not subject to packing: it is there to align what follows.
			empty, packed = true, false
			if p.ABI.Bits.TypeMatters {
				ofType()
			} else if p.ABI.Bits.EmptyBoundary > align {
				align, user = p.ABI.Bits.EmptyBoundary, false
			}
		}
		// A field as wide as an integer, in a place fit for it, is one.
		if a := p.integerAlign(m.width); a > 0 && (a == 8 || !m.packed) && (known == 0 || known >= a) {
			align = max(align, a)
		}
	case packed && user:
		// The member's own request counts, its type's does not.
	default:
		ofType()
	}
	if packed && !asked {
		align = min(align, 8)
	}
	if !packed && !user {
		align = p.memberAlign(&m.shape, align)
	}
	limit := p.limit
	if empty {
		limit = p.baseLimit
	}
	if limit > 0 {
		align = min(align, limit)
	}
	return align, user
}

// integerAlign is the alignment of the integer of a width, in bits; 0 if the
// ABI has none of that width.
func (e *Engine) integerAlign(width int64) int64 {
	switch width {
	case 8, 16, 32, 64, 128:
		if k, ok := e.intOfSize(width/8, false); ok && (width < 128 || e.ABI.Has(abi.Int128)) {
			return 8 * e.ABI.Types[k].Align
		}
	}
	return 0
}

// typeAlign is the alignment of a bit-field's declared type, in bits.
func (p *placer) typeAlign(m *member) int64 {
	if m.shape.user {
		return 8 * m.shape.align
	}
	return p.memberAlign(&m.shape, 8*m.shape.align)
}
