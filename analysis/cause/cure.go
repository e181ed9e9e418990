package cause

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// cure is a second reading of a record in which members that differ by
// themselves have a type that does not.
type cure struct {
	views []View
	types map[*decl.Field]decl.Type
}

// examine sorts members by what they are and decides the cured types, also of
// the members of records inside.
func (c *cure) examine(ms []*Member, r *Report) {
	for _, m := range ms {
		switch {
		case m.IsRecord():
			c.examine(members(c.inner(m), c.views), nil)
			if r != nil && !m.sameBits() {
				r.Records = append(r.Records, m)
			}
		case c.pointer(m):
			c.replace(m)
			if r != nil {
				r.Pointers = append(r.Pointers, m)
			}
		case !m.sameUnit(c.views):
			c.replace(m)
			if r != nil {
				r.Sizes = append(r.Sizes, m)
			}
		}
	}
}

// IsRecord tells whether the member is a record, or an array of records.
func (m *Member) IsRecord() bool {
	for _, f := range m.Fields {
		if f != nil && (f.Sub != nil || f.Elem != nil) {
			return true
		}
	}
	return false
}

func (c *cure) inner(m *Member) []*layout.Layout {
	out := make([]*layout.Layout, len(m.Fields))
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		if out[i] = f.Sub; out[i] == nil {
			out[i] = f.Elem
		}
	}
	return out
}

func (m *Member) sameBits() bool {
	size := int64(-1)
	for _, f := range m.Fields {
		if f == nil {
			continue
		}
		if size >= 0 && f.BitSize != size {
			return false
		}
		size = f.BitSize
	}
	return true
}

// empty tells whether the member takes no room: a flexible array.
func (m *Member) empty() bool {
	for _, f := range m.Fields {
		if f != nil && f.BitSize > 0 {
			return false
		}
	}
	return true
}

// sameUnit tells whether the member, or one element of it, has one size on all
// views. A bit-field has the size of its declared type; an array whose bound
// makes up for the size of its elements, as in long bits[N / sizeof(long)], is
// alike.
func (m *Member) sameUnit(views []View) bool {
	if m.sameBits() && !m.empty() {
		return true
	}
	size := int64(-1)
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		if f.Bitfield {
			return true
		}
		info, err := views[i].Engine.Type(element(views[i].Engine, f.Decl.Type))
		if err != nil {
			return m.sameBits()
		}
		if size >= 0 && info.Size != size {
			return false
		}
		size = info.Size
	}
	return true
}

// element strips arrays off a type.
func element(e *layout.Engine, t decl.Type) decl.Type {
	for range 64 {
		resolved, err := e.Resolve(t)
		if err != nil {
			return t
		}
		array, ok := resolved.(*decl.Array)
		if !ok {
			return t
		}
		t = array.Elem
	}
	return t
}

func (c *cure) pointer(m *Member) bool {
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		e := c.views[i].Engine
		resolved, err := e.Resolve(element(e, f.Decl.Type))
		if _, ok := resolved.(*decl.Pointer); err == nil && ok {
			return true
		}
	}
	return false
}

// replace gives the member, on every view, 64-bit integers for its elements.
func (c *cure) replace(m *Member) {
	for i, f := range m.Fields {
		if f != nil {
			c.types[f.Decl] = elements(c.views[i].Engine, f.Decl.Type, &decl.Basic{Kind: abi.ULongLong}, 64)
		}
	}
}

// elements is t with the type of its elements, or the whole of what is no
// array, replaced.
func elements(e *layout.Engine, t, by decl.Type, depth int) decl.Type {
	resolved, err := e.Resolve(t)
	if array, ok := resolved.(*decl.Array); err == nil && ok && depth > 0 {
		return &decl.Array{Elem: elements(e, array.Elem, by, depth-1), Len: array.Len}
	}
	return by
}

// cured lays the record out with the cured types; nil if that fails on a view.
func (c *cure) cured() []View {
	if len(c.types) == 0 {
		return c.views
	}
	out := make([]View, len(c.views))
	for i, v := range c.views {
		s := &scope{
			Scope:   v.Engine.Scope,
			types:   c.types,
			records: map[*decl.Record]*decl.Record{},
			from:    map[*decl.Field]*decl.Field{},
		}
		e := layout.New(s, v.Engine.ABI, v.Engine.Flags)
		record := s.record(v.Decl)
		l, err := e.Record(record)
		if err != nil {
			return nil
		}
		out[i] = View{Decl: record, Layout: l, Engine: e, Key: func(f *decl.Field) int {
			if original := s.from[f]; original != nil {
				f = original
			}
			return v.Key(f)
		}}
	}
	return out
}

// scope resolves names to cured definitions.
type scope struct {
	decl.Scope
	types   map[*decl.Field]decl.Type
	records map[*decl.Record]*decl.Record
	from    map[*decl.Field]*decl.Field
}

func (s *scope) Record(union bool, tag token.Sym) *decl.Record {
	return s.record(s.Scope.Record(union, tag))
}

func (s *scope) Typedef(name token.Sym) *decl.Typedef {
	t := s.Scope.Typedef(name)
	if t == nil {
		return nil
	}
	if cured := s.rewrite(t.Type); cured != t.Type {
		clone := *t
		clone.Type = cured
		return &clone
	}
	return t
}

// record gives r with cured members; r itself if it has none.
func (s *scope) record(r *decl.Record) *decl.Record {
	if r == nil {
		return nil
	}
	if known, ok := s.records[r]; ok {
		return known
	}
	s.records[r] = r // a record inside itself is layout's to refuse
	clone := *r
	clone.Fields = make([]*decl.Field, len(r.Fields))
	changed := false
	for i, f := range r.Fields {
		t, ok := s.types[f]
		if !ok {
			t = s.rewrite(f.Type)
		}
		clone.Fields[i] = f
		if t != f.Type {
			g := *f
			g.Type = t
			g.Record = &clone
			clone.Fields[i] = &g
			s.from[&g] = f
			changed = true
		}
	}
	if changed {
		s.records[r] = &clone
	}
	return s.records[r]
}

// rewrite replaces definitions in place inside a type.
func (s *scope) rewrite(t decl.Type) decl.Type {
	switch t := t.(type) {
	case *decl.RecordRef:
		if cured := s.record(t.Def); cured != t.Def {
			return &decl.RecordRef{Union: t.Union, Tag: t.Tag, Def: cured}
		}
	case *decl.Array:
		if elem := s.rewrite(t.Elem); elem != t.Elem {
			return &decl.Array{Elem: elem, Len: t.Len}
		}
	case *decl.Attributed:
		if inner := s.rewrite(t.Type); inner != t.Type {
			return &decl.Attributed{Type: inner, Attrs: t.Attrs}
		}
	}
	return t
}
