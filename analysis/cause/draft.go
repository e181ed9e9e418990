package cause

import (
	"slices"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// Draft is a record as an edit would leave it, on all views.
type Draft struct {
	views    []View
	types    map[*decl.Field]decl.Type
	inserted map[*decl.Field]*insertion
	// unbounded are the arrays that lose their bound.
	unbounded map[*decl.Field]bool
	count     int
	// Align is what the record itself is then asked to align to, in bytes; 0 to
	// leave that.
	Align int64
}

type insertion struct{ before, after []Pad }

// NewDraft starts with the record as it is.
func NewDraft(views []View) *Draft {
	return &Draft{
		views:     views,
		types:     map[*decl.Field]decl.Type{},
		inserted:  map[*decl.Field]*insertion{},
		unbounded: map[*decl.Field]bool{},
	}
}

// Retype gives a member, or the elements of one, another type.
func (d *Draft) Retype(m *Member, typ decl.Type) {
	for i, f := range m.Fields {
		if f != nil {
			d.types[f.Decl] = elements(d.views[i].Engine, f.Decl.Type, typ, 64)
		}
	}
}

// Unbound makes a member a flexible array.
func (d *Draft) Unbound(m *Member) {
	for _, f := range m.Fields {
		if f != nil {
			d.unbounded[f.Decl] = true
		}
	}
}

// Insert adds padding behind p.After, or in front of p.Before where that is nil.
func (d *Draft) Insert(p Pad) {
	at := p.After
	if at == nil {
		at = p.Before
	}
	done := map[*decl.Field]bool{} // views may share a declaration
	for _, f := range at.Fields {
		if f == nil || done[f.Decl] {
			continue
		}
		done[f.Decl] = true
		in := d.inserted[f.Decl]
		if in == nil {
			in = &insertion{}
			d.inserted[f.Decl] = in
		}
		if p.After != nil {
			in.after = append(in.after, p)
		} else {
			in.before = append(in.before, p)
		}
	}
}

// Changed tells for each view whether the edit moves a member that was there,
// or changes the size of the record or of one that contains it, where others can
// name that. containers are the definitions of those on a view.
func (d *Draft) Changed(containers func(view int) []*decl.Record) []bool {
	changed := make([]bool, len(d.views))
	for i, v := range d.views {
		s := &scope{
			Scope:   v.Engine.Scope,
			types:   d.types,
			records: map[*decl.Record]*decl.Record{},
			from:    map[*decl.Field]*decl.Field{},
		}
		s.records[v.Decl] = d.record(s, v.Decl)
		e := layout.New(s, v.Engine.ABI, v.Engine.Flags)
		changed[i] = slices.ContainsFunc(append([]*decl.Record{v.Decl}, containers(i)...), func(r *decl.Record) bool {
			before, err := v.Engine.Record(r)
			if err != nil {
				return false
			}
			after, err := e.Record(s.record(r))
			named := r.Tag != 0 || len(r.Typedefs) > 0
			return err != nil || named && before.Size != after.Size || s.moved(before, after)
		})
	}
	return changed
}

// Compact tells whether the edit leaves no view with more unused bits than the
// record had.
func (d *Draft) Compact() bool {
	for _, v := range d.views {
		s := &scope{Scope: v.Engine.Scope, from: map[*decl.Field]*decl.Field{}}
		l, err := v.Engine.Record(d.record(s, v.Decl))
		if err != nil || unused(l) > unused(v.Layout) {
			return false
		}
	}
	return true
}

func unused(l *layout.Layout) int64 {
	n := l.TailBits
	for _, h := range l.Holes {
		n += h.BitSize
	}
	return n
}

// moved tells whether a member of the one layout lies elsewhere in the other,
// whose members may stand for those.
func (s *scope) moved(before, after *layout.Layout) bool {
	at := map[*decl.Field]int64{}
	for i := range after.Fields {
		f := after.Fields[i].Decl
		if original := s.from[f]; original != nil {
			f = original
		}
		at[f] = after.Fields[i].BitOffset
	}
	return slices.ContainsFunc(before.Fields, func(f layout.Field) bool {
		offset, ok := at[f.Decl]
		return ok && offset != f.BitOffset
	})
}

// record is a definition with the edit made.
func (d *Draft) record(s *scope, r *decl.Record) *decl.Record {
	clone := *r
	clone.Fields = nil
	if d.Align > 0 {
		clone.Attrs.Aligned = append(slices.Clip(r.Attrs.Aligned), decl.Align{Expr: constant(d.Align)})
	}
	for _, f := range r.Fields {
		in := d.inserted[f]
		if in != nil {
			clone.Fields = d.pads(clone.Fields, &clone, in.before)
		}
		g := *f
		g.Record = &clone
		if t := d.types[f]; t != nil {
			g.Type = t
		}
		if array, ok := g.Type.(*decl.Array); ok && d.unbounded[f] {
			g.Type = &decl.Array{Elem: array.Elem}
		}
		s.from[&g] = f
		clone.Fields = append(clone.Fields, &g)
		if in != nil {
			clone.Fields = d.pads(clone.Fields, &clone, in.after)
		}
	}
	return &clone
}

func (d *Draft) pads(list []*decl.Field, r *decl.Record, pads []Pad) []*decl.Field {
	for _, p := range pads {
		d.count++
		list = append(list, p.field(r, d.count))
	}
	return list
}

func constant(n int64) decl.Expr {
	return &decl.Int{Value: uint64(n), Long: abi.Int, Decimal: true}
}
