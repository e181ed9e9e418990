package payload

import (
	"fmt"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/cause"
	"abide/analysis/decl"
)

// Size is a member's width on a view, in bits; -1 where it is hidden.
func (r *Record) Size(m *cause.Member, view int) int64 {
	if f := m.Fields[view]; f != nil {
		return f.BitSize
	}
	return -1
}

// Offset is a member's place on a view, in bits; -1 where it is hidden.
func (r *Record) Offset(m *cause.Member, view int) int64 {
	if f := m.Fields[view]; f != nil {
		return f.BitOffset
	}
	return -1
}

// Place says an offset in bits: "byte 8", "bit 3 of byte 0".
func Place(bits int64) string {
	if bits%8 == 0 {
		return fmt.Sprintf("byte %d", bits/8)
	}
	return fmt.Sprintf("bit %d of byte %d", bits%8, bits/8)
}

// Others names the ABIs whose figure differs from the first's.
func (r *Record) Others(value func(view int) int64) []string {
	return r.Names(func(i int) bool { return value(i) != value(0) })
}

// maxDimensions bounds how many array dimensions are looked through.
const maxDimensions = 64

// element is a member's type on a view, arrays and typedefs stripped; nil
// where it is hidden or unknown.
func (r *Record) element(m *cause.Member, view int) (t decl.Type, array bool) {
	f := m.Fields[view]
	if f == nil {
		return nil, false
	}
	e := r.Views[view].Target.Engine
	t = f.Decl.Type
	for range maxDimensions {
		resolved, err := e.Resolve(t)
		if err != nil {
			return nil, array
		}
		a, ok := resolved.(*decl.Array)
		if !ok {
			return resolved, array
		}
		t, array = a.Elem, true
	}
	return nil, array
}

// Element is what a member is, or is an array of, on the first view that has it.
func (r *Record) Element(m *cause.Member) decl.Type {
	for i := range r.Views {
		if t, _ := r.element(m, i); t != nil {
			return t
		}
	}
	return nil
}

// IsArray tells whether a member is an array.
func (r *Record) IsArray(m *cause.Member) bool {
	for i := range r.Views {
		if _, array := r.element(m, i); array {
			return true
		}
	}
	return false
}

// ElementSize is the size in bytes of what a member is, or is an array of; -1
// where it is hidden.
func (r *Record) ElementSize(m *cause.Member, view int) int64 {
	t, _ := r.element(m, view)
	if t == nil {
		return -1
	}
	info, err := r.Views[view].Target.Engine.Type(t)
	if err != nil {
		return -1
	}
	return info.Size
}

// Integer tells whether a member is an integer, or an array of integers.
func (r *Record) Integer(m *cause.Member, view int) bool {
	t, _ := r.element(m, view)
	b, ok := t.(*decl.Basic)
	return ok && !b.Complex && b.Kind >= abi.Bool && b.Kind <= abi.UInt128
}

// Signed tells whether an integer member is signed.
func (r *Record) Signed(m *cause.Member, view int) bool {
	t, _ := r.element(m, view)
	b, ok := t.(*decl.Basic)
	if !ok {
		return false
	}
	switch b.Kind {
	case abi.Char:
		return r.Views[view].Target.ABI.CharSigned
	case abi.SChar, abi.Short, abi.Int, abi.Long, abi.LongLong, abi.Int128:
		return true
	}
	return false
}

// EndsFlexible tells whether the last member is a flexible array.
func (r *Record) EndsFlexible() bool {
	for _, v := range r.Views {
		if n := len(v.Layout.Fields); n > 0 && v.Layout.Fields[n-1].Flexible {
			return true
		}
	}
	return false
}

// BlamedInside tells whether a member's type is a record of this file that is
// in scope itself: what is wrong with it is said there.
func (r *Record) BlamedInside(m *cause.Member) bool {
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		l := f.Sub
		if l == nil {
			l = f.Elem
		}
		if l == nil {
			continue
		}
		inner := analysis.View{Target: r.Views[i].Target, Decl: l.Record}
		if known := r.pass.RecordOf(&inner); known != nil {
			return r.pass.IsSubject(known)
		}
	}
	return false
}

// TypeName is a member's type as C writes it.
func (r *Record) TypeName(m *cause.Member) string {
	return strings.TrimRight(r.Views[0].Target.Spell(m.Decl().Type, ""), " ")
}
