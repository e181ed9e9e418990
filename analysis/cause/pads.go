package cause

import (
	"slices"
	"strconv"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// Pad is a member that fills a gap: Count elements of Bits wide unsigned
// integers (an array unless Count is 0), or a bit-field of Width bits.
type Pad struct {
	After  *Member // the member it goes behind; nil at the record's start
	Before *Member // the member in front of which the gap lay; nil for the tail
	Kind   abi.Kind
	Count  int64
	Width  int64 // of a bit-field, else 0
	Bits   int64 // what it fills
}

// maxPads bounds how many gaps of one record are planned for.
const maxPads = 512

// Pads plans the members that make the record's gaps explicit, in order, as
// far as that goes. whole tells that with them, and all other causes cured, the
// record has one layout on all views without any gap; a member whose type is a
// record that differs itself stands in the way of that.
func (r *Report) Pads() (pads []Pad, whole bool) {
	if r.Cured == nil || len(r.Members) == 0 {
		return nil, false
	}
	p := &plan{views: r.Cured, original: map[int]*Member{}}
	for _, m := range r.Members {
		p.original[m.Key] = m
	}
	for range maxPads {
		g, bits := p.first()
		if g == nil {
			whole = p.agree()
			break
		}
		if g.Before == nil && flexibleTail(r) || !p.fill(g, bits) {
			break
		}
	}
	if !whole && r.hides() {
		return nil, false
	}
	return p.pads, whole
}

// hides tells whether some view lacks a member: what fills a gap on one may
// then make one on another.
func (r *Report) hides() bool {
	for _, m := range r.Members {
		if slices.Contains(m.Fields, nil) {
			return true
		}
	}
	return false
}

// flexibleTail tells whether tail padding lies under a flexible array: no
// member can be put behind that.
func flexibleTail(r *Report) bool {
	if r.Tail == nil {
		return false
	}
	for _, f := range r.Tail.After.Fields {
		if f != nil && f.Flexible {
			return true
		}
	}
	return false
}

// plan is a record under construction, on all views.
type plan struct {
	views    []View
	original map[int]*Member
	pads     []Pad
}

// first is the first gap left on any view, and its greatest width.
func (p *plan) first() (*Gap, int64) {
	ls := layouts(p.views)
	ms := members(ls, p.views)
	found := tail(ms, ls)
	for _, g := range gaps(ms, ls) {
		if found == nil || found.Before == nil || earlier(ms, g, found) {
			found = g
		}
	}
	if found == nil {
		return nil, 0
	}
	var bits int64
	for _, b := range found.Bits {
		bits = max(bits, b)
	}
	return found, bits
}

func earlier(ms []*Member, a, b *Gap) bool {
	for _, m := range ms {
		switch m {
		case a.Before:
			return true
		case b.Before:
			return false
		}
	}
	return false
}

// fill inserts the first shape of padding that leaves no gap at its place.
func (p *plan) fill(g *Gap, bits int64) bool {
	for _, shape := range p.shapes(g, bits) {
		views, ok := p.insert(g, shape)
		if !ok {
			continue
		}
		p.views = views
		for _, pad := range shape {
			pad.After, pad.Before = p.member(g.After), p.member(g.Before)
			p.pads = append(p.pads, pad)
		}
		return true
	}
	return false
}

// member is the report's member that a planned one stands for.
func (p *plan) member(m *Member) *Member {
	if m == nil {
		return nil
	}
	return p.original[m.Key]
}

// shapes lists the padding to try, the most readable first.
func (p *plan) shapes(g *Gap, bits int64) [][]Pad {
	if p.views[0].Decl.Union {
		return p.unionShapes()
	}
	var out [][]Pad
	if bits%8 != 0 {
		for _, kind := range p.bitKinds(g.After) {
			out = append(out, bitShapes(kind, bits)...)
		}
		return out
	}
	for _, pad := range byteShapes(bits / 8) {
		out = append(out, []Pad{pad})
	}
	return out
}

// unionShapes are raw members as large as the union is anywhere.
func (p *plan) unionShapes() [][]Pad {
	var size int64
	for _, v := range p.views {
		size = max(size, v.Layout.Size)
	}
	var out [][]Pad
	for _, pad := range byteShapes(size) {
		out = append(out, []Pad{pad})
	}
	return out
}

// bitShapes fills an odd number of bits with a bit-field, or with one to the
// next byte and whole bytes behind it.
func bitShapes(kind abi.Kind, bits int64) [][]Pad {
	out := [][]Pad{{{Kind: kind, Width: bits, Bits: bits}}}
	if bits > 8 {
		rest := bits % 8
		for _, array := range byteShapes((bits - rest) / 8) {
			out = append(out, []Pad{{Kind: kind, Width: rest, Bits: rest}, array})
		}
	}
	return out
}

// bitKinds are the types that a bit-field behind another one may have: of that
// one's size, so that the record keeps its alignment, or __u32.
func (p *plan) bitKinds(m *Member) []abi.Kind {
	if m == nil {
		return nil
	}
	for i, f := range m.Fields {
		if f == nil || !f.Bitfield {
			continue
		}
		if t, err := p.views[i].Engine.Type(f.Decl.Type); err == nil {
			if kind, ok := kindOfSize[t.Size]; ok && kind != abi.UInt {
				return []abi.Kind{kind, abi.UInt}
			}
		}
		return []abi.Kind{abi.UInt}
	}
	return nil
}

// kindOfSize are the unsigned integers that headers have names of a width for,
// by their size in bytes.
var kindOfSize = map[int64]abi.Kind{1: abi.UChar, 2: abi.UShort, 4: abi.UInt, 8: abi.ULongLong}

// byteShapes lists unsigned integers and arrays of them that take n bytes.
func byteShapes(n int64) []Pad {
	var out []Pad
	for _, u := range []struct {
		kind abi.Kind
		size int64
	}{{abi.UInt, 4}, {abi.UShort, 2}, {abi.UChar, 1}} {
		if n%u.size != 0 {
			continue
		}
		pad := Pad{Kind: u.kind, Count: n / u.size, Bits: n * 8}
		if pad.Count == 1 {
			pad.Count = 0
		}
		out = append(out, pad)
	}
	return out
}

// Bytes is the size of the padding in bytes; 0 for bits of a byte.
func (p *Pad) Bytes() int64 { return p.Bits / 8 }

// insert tries members behind g.After; ok is false if a gap remains there or
// the record has no layout then.
func (p *plan) insert(g *Gap, shape []Pad) (views []View, ok bool) {
	views = make([]View, len(p.views))
	for i, v := range p.views {
		clone := *v.Decl
		at := 0
		if g.After != nil && g.After.Fields[i] != nil {
			at = index(clone.Fields, g.After.Fields[i].Decl) + 1
		} else if g.After != nil {
			return nil, false // the member is not there on every view
		}
		added := map[*decl.Field]int{}
		fields := append([]*decl.Field{}, clone.Fields[:at]...)
		for k, pad := range shape {
			number := len(p.pads) + k + 1
			f := pad.field(&clone, number)
			added[f] = -number
			fields = append(fields, f)
		}
		clone.Fields = append(fields, clone.Fields[at:]...)
		l, err := v.Engine.Record(&clone)
		if err != nil || gapAround(l, at, len(shape)) {
			return nil, false
		}
		views[i] = View{Decl: &clone, Layout: l, Engine: v.Engine, Key: func(f *decl.Field) int {
			if key, ok := added[f]; ok {
				return key
			}
			return v.Key(f)
		}}
	}
	return views, true
}

func index(fields []*decl.Field, f *decl.Field) int {
	for i, x := range fields {
		if x == f {
			return i
		}
	}
	return -1
}

// gapAround tells whether a gap remains before, between or behind the members
// from at on.
func gapAround(l *layout.Layout, at, count int) bool {
	for _, h := range l.Holes {
		if h.After >= at-1 && h.After < at+count {
			return true
		}
	}
	return at+count == len(l.Fields) && l.TailBits != 0
}

// field is the pad as a member. Its name cannot be spelled in C, so it meets no
// other of the record.
func (p *Pad) field(r *decl.Record, number int) *decl.Field {
	f := &decl.Field{Name: token.Intern("(padding " + strconv.Itoa(number) + ")"), Record: r, Type: &decl.Basic{Kind: p.Kind}}
	switch {
	case p.Width > 0:
		f.Bits = constant(p.Width)
	case p.Count > 0:
		f.Type = &decl.Array{Elem: f.Type, Len: constant(p.Count)}
	}
	return f
}

// agree tells whether the planned record is alike on all views.
func (p *plan) agree() bool {
	ls := layouts(p.views)
	if !sameSize(ls) {
		return false
	}
	for _, m := range members(ls, p.views) {
		first := -1
		for i, f := range m.Fields {
			if f == nil {
				return false
			}
			if first < 0 {
				first = i
			}
			if f.BitOffset != m.Fields[first].BitOffset || f.BitSize != m.Fields[first].BitSize {
				return false
			}
		}
	}
	return true
}

// AgreesAligned tells whether all views lay the record out alike, apart from
// gaps of equal width, if m is aligned to so many bytes.
func (r *Report) AgreesAligned(m *Member, bytes int64) bool {
	if r.Cured == nil {
		return false
	}
	at := -1
	for i, x := range r.Members {
		if x == m {
			at = i
		}
	}
	p := &plan{}
	for _, v := range r.Cured {
		if at < 0 || len(v.Decl.Fields) != len(r.Members) {
			return false
		}
		clone := *v.Decl
		clone.Fields = append([]*decl.Field{}, v.Decl.Fields...)
		f := *clone.Fields[at]
		f.Attrs.Aligned = append(f.Attrs.Aligned[:len(f.Attrs.Aligned):len(f.Attrs.Aligned)],
			decl.Align{Expr: constant(bytes)})
		original := clone.Fields[at]
		clone.Fields[at] = &f
		l, err := v.Engine.Record(&clone)
		if err != nil {
			return false
		}
		p.views = append(p.views, View{Decl: &clone, Layout: l, Engine: v.Engine, Key: func(x *decl.Field) int {
			if x == &f {
				x = original
			}
			return v.Key(x)
		}})
	}
	return p.agree()
}
