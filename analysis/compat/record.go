package compat

import (
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// record is one compat record to be.
type record struct {
	name    string       // its tag; empty for one inside of another without a name
	of      *decl.Record // what it stands for, as the first 32-bit ABI has it
	members []member
	built   []*decl.Record // parallel to the pairs
}

// member is one member of it.
type member struct {
	of    *decl.Field
	spec  string  // its type, arrays aside; empty if inline is set
	in    *record // the record that is defined in its place
	types []decl.Type
	dims  []dimension
	bits  string // ": 3"
	attrs string
}

// dimension is one array bound; empty text for a flexible array.
type dimension struct {
	text string
	same bool        // means one number to both sides, in the words of the source
	len  []decl.Expr // parallel to the pairs
}

// Bounds of what is translated.
const (
	maxMembers = 2000
	maxNesting = 32
)

// record plans the compat record for a definition with a name of its own; nil
// if there can be none.
func (w *writer) record(d *decl.Record) *record {
	if r, known := w.records[d]; known {
		return r
	}
	w.records[d] = nil
	name := w.name(d)
	if name == "" || len(w.records) > maxNesting || w.defined(d) {
		return nil
	}
	r := w.translate(d, name, 0)
	if r == nil || !w.verify(r) {
		return nil
	}
	w.taken[name] = true
	w.records[d] = r
	w.order = append(w.order, r)
	return r
}

// translate makes the members of a definition what the kernel has for them.
func (w *writer) translate(d *decl.Record, name string, depth int) *record {
	a := d.Attrs
	if depth > maxNesting || len(d.Fields) == 0 && name != "" || len(d.Fields) > maxMembers || len(d.Skipped) > 0 || len(d.Embedded) > 0 ||
		a.MSStruct || a.ScalarOrder != "" || a.RandomizeLayout || d.MSBits || d.Pack != w.pack {
		return nil
	}
	r := &record{name: name, of: d}
	for _, f := range d.Fields {
		m, ok := w.member(f, depth)
		if !ok {
			return nil
		}
		r.members = append(r.members, m)
	}
	for i := range w.pairs {
		r.built = append(r.built, r.build(i))
	}
	return r
}

func (r *record) build(i int) *decl.Record {
	d := &decl.Record{Union: r.of.Union, Attrs: r.of.Attrs, Pack: r.of.Pack}
	if r.name != "" {
		d.Tag = token.Intern(r.name)
	}
	for _, m := range r.members {
		f := *m.of
		f.Record, f.Type = d, m.types[i]
		if m.in != nil {
			f.Type = &decl.RecordRef{Union: m.in.of.Union, Def: m.in.built[i]}
		}
		for k := len(m.dims) - 1; k >= 0; k-- {
			f.Type = &decl.Array{Elem: f.Type, Len: m.dims[k].len[i]}
		}
		d.Fields = append(d.Fields, &f)
	}
	return d
}

// verify lays the compat record out for every kernel and compares it with what
// its 32-bit programs have.
func (w *writer) verify(r *record) bool {
	for i, p := range w.pairs {
		original := w.counterpart(p, r.of)
		if original == nil {
			return false
		}
		want, err := p.narrow.Engine.Record(original)
		if err != nil {
			return false
		}
		e := layout.New(scope{p.wide.Engine.Scope, w, i}, p.wide.ABI, p.wide.Engine.Flags)
		got, err := e.Record(r.built[i])
		if err != nil || !same(got, want) {
			return false
		}
	}
	return true
}

// counterpart is a definition as the 32-bit ABI of a pair has it.
func (w *writer) counterpart(p pair, d *decl.Record) *decl.Record {
	switch {
	case p.narrow == w.pairs[0].narrow:
		return d
	case d.Tag != 0:
		return p.narrow.Unit.Record(d.Union, d.Tag)
	}
	return typedefRecord(p.narrow, d)
}

// scope is a target's scope with the records that are to be written.
type scope struct {
	decl.Scope
	w    *writer
	pair int
}

func (s scope) Record(union bool, tag token.Sym) *decl.Record {
	for _, r := range s.w.order {
		if r.of.Union == union && token.Intern(r.name) == tag {
			return r.built[s.pair]
		}
	}
	return s.Scope.Record(union, tag)
}

// same tells whether two layouts have the same size and the same members at the
// same bits, those of records inside, too. How they align does not matter.
func same(a, b *layout.Layout) bool {
	if a.Size != b.Size || len(a.Fields) != len(b.Fields) {
		return false
	}
	for i := range a.Fields {
		f, g := &a.Fields[i], &b.Fields[i]
		if f.Decl.Name != g.Decl.Name || f.BitOffset != g.BitOffset || f.BitSize != g.BitSize || f.Bitfield != g.Bitfield {
			return false
		}
		for _, inner := range [][2]*layout.Layout{{f.Sub, g.Sub}, {f.Elem, g.Elem}} {
			if (inner[0] == nil) != (inner[1] == nil) || inner[0] != nil && !same(inner[0], inner[1]) {
				return false
			}
		}
	}
	return true
}
