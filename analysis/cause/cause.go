// Package cause tells, for one record laid out on several ABIs, what makes its
// bytes differ between them or leaves some unwritten, and what merely follows
// from that. It does so by laying the record out again with each cause cured
// (a pointer taken as a 64-bit integer, say): what is then gone was a
// consequence. It knows no rules and no text.
package cause

import (
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// View is the record on one ABI. Key identifies a member across the views:
// members that are spelled at one place are one member.
type View struct {
	Decl   *decl.Record
	Layout *layout.Layout
	Engine *layout.Engine
	Key    func(*decl.Field) int
}

// Member is one direct member of the record, on all views; an entry is nil
// where an #if hides the member.
type Member struct {
	Key    int
	Fields []*layout.Field
}

// Decl is the member's declaration, as the first view that has it sees it.
func (m *Member) Decl() *decl.Field {
	for _, f := range m.Fields {
		if f != nil {
			return f.Decl
		}
	}
	return nil
}

// Gap is unused bits in front of a member, or behind the last.
type Gap struct {
	After  *Member // the member it lies behind, nil at the record's start
	Before *Member // the member it lies in front of, nil at the record's end
	Bits   []int64 // its width on each view; 0 for none
	// Lasting tells that it is there with every other cause cured.
	Lasting bool
}

// Agreed tells whether the gap is alike on all views.
func (g *Gap) Agreed() bool {
	for _, b := range g.Bits {
		if b != g.Bits[0] {
			return false
		}
	}
	return true
}

// Report is what there is to say about a record.
type Report struct {
	Views    []View
	Members  []*Member
	Gaps     []*Gap
	Tail     *Gap      // nil for none
	Pointers []*Member // members that are pointers or arrays of them
	// Sizes are the members, other than pointers, whose own size differs
	// between the views and is not the fault of a record's members.
	Sizes []*Member
	// Records are the members whose type is a record whose size differs.
	Records []*Member
	// Moved is the first member that lies elsewhere on another view although
	// every other cause is cured and no gap lies in front of it; nil for none.
	Moved *Member
	// Cured is the record with every cause other than gaps cured; nil if that
	// has no layout.
	Cured []View
	// Resized tells that the sizes differ although everything else is cured and
	// there is no tail.
	Resized bool
}

// Of examines a record. All views have a Layout; there is at least one.
func Of(views []View) *Report {
	c := &cure{views: views, types: map[*decl.Field]decl.Type{}}
	r := &Report{Views: views, Members: members(layouts(views), views)}
	c.examine(r.Members, r)
	r.Gaps = gaps(r.Members, layouts(views))
	r.Tail = tail(r.Members, layouts(views))
	r.Cured = c.cured()
	r.settle()
	return r
}

func layouts(views []View) []*layout.Layout {
	out := make([]*layout.Layout, len(views))
	for i, v := range views {
		out[i] = v.Layout
	}
	return out
}

// members brings the direct members of one record's layouts together, in the
// order of the views.
func members(ls []*layout.Layout, views []View) []*Member {
	var list []*Member
	at := map[int]*Member{}
	for i, l := range ls {
		if l == nil {
			continue
		}
		nth := map[int]int{}
		for k := range l.Fields {
			f := &l.Fields[k]
			key := views[i].Key(f.Decl)
			// Members that one macro invocation declares stand at one place.
			key = key<<8 + nth[key]
			nth[views[i].Key(f.Decl)]++
			m := at[key]
			if m == nil {
				m = &Member{Key: key, Fields: make([]*layout.Field, len(ls))}
				at[key] = m
				list = append(list, m)
			}
			m.Fields[i] = f
		}
	}
	return list
}

// gaps lists the holes between members, by the pair of members around them.
func gaps(ms []*Member, ls []*layout.Layout) []*Gap {
	var list []*Gap
	type pair struct{ after, before *Member }
	at := map[pair]*Gap{}
	for i, l := range ls {
		of := byField(ms, i)
		for _, h := range l.Holes {
			var p pair
			if h.After >= 0 {
				p.after = of[&l.Fields[h.After]]
			}
			if h.After+1 < len(l.Fields) {
				p.before = of[&l.Fields[h.After+1]]
			}
			g := at[p]
			if g == nil {
				g = &Gap{After: p.after, Before: p.before, Bits: make([]int64, len(ls))}
				at[p] = g
				list = append(list, g)
			}
			g.Bits[i] += h.BitSize
		}
	}
	return list
}

func byField(ms []*Member, view int) map[*layout.Field]*Member {
	of := make(map[*layout.Field]*Member, len(ms))
	for _, m := range ms {
		if f := m.Fields[view]; f != nil {
			of[f] = m
		}
	}
	return of
}

// tail is the gap behind the last member.
func tail(ms []*Member, ls []*layout.Layout) *Gap {
	g := &Gap{Bits: make([]int64, len(ls))}
	if len(ms) > 0 {
		g.After = ms[len(ms)-1]
	}
	for i, l := range ls {
		g.Bits[i] = l.TailBits
	}
	return g.orNil()
}

func (g *Gap) orNil() *Gap {
	for _, b := range g.Bits {
		if b != 0 {
			return g
		}
	}
	return nil
}

// settle compares the report with what remains when the causes are cured.
func (r *Report) settle() {
	if r.Cured == nil { // what cannot be told apart counts as a cause
		for _, g := range r.Gaps {
			g.Lasting = true
		}
		if r.Tail != nil {
			r.Tail.Lasting = true
		}
		return
	}
	ls := layouts(r.Cured)
	ms := members(ls, r.Cured)
	remaining := gaps(ms, ls)
	inFront := map[int]bool{}
	for _, g := range remaining {
		if g.Before != nil {
			inFront[g.Before.Key] = true
		}
	}
	for _, g := range r.Gaps {
		g.Lasting = g.Before == nil || inFront[g.Before.Key]
	}
	rest := tail(ms, ls)
	if r.Tail != nil {
		r.Tail.Lasting = rest != nil
	}
	r.Moved = moved(r.Members, ms, remaining, r.Cured[0].Decl.Union)
	r.Resized = r.Moved == nil && rest == nil && len(remaining) == 0 && len(r.Records) == 0 && !sameSize(ls)
}

// moved is the first member whose distance from the member in front differs
// between the views without a gap that would explain it.
func moved(original, cured []*Member, remaining []*Gap, union bool) *Member {
	gap := map[int][]int64{}
	for _, g := range remaining {
		if g.Before != nil {
			gap[g.Before.Key] = g.Bits
		}
	}
	var shift []int64 // what the gaps so far add on each view
	for k, m := range cured {
		if shift == nil {
			shift = make([]int64, len(m.Fields))
		}
		for i, b := range gap[m.Key] {
			shift[i] += b
		}
		first := -1
		for i, f := range m.Fields {
			switch {
			case f == nil:
			case first < 0:
				first = i
			case f.BitOffset-shift[i] != m.Fields[first].BitOffset-shift[first],
				f.BitSize != m.Fields[first].BitSize && f.Sub == nil && f.Elem == nil:
				return original[k]
			}
		}
		if union {
			continue
		}
		// Records of different size shift what follows; they are blamed themselves.
		for i, f := range m.Fields {
			if f != nil && first >= 0 {
				shift[i] += f.BitSize - m.Fields[first].BitSize
			}
		}
	}
	return nil
}

func sameSize(ls []*layout.Layout) bool {
	for _, l := range ls {
		if l.Size != ls[0].Size {
			return false
		}
	}
	return true
}

// Member is the member that a gap is blamed on: the one whose alignment makes
// it, or the last for a tail.
func (g *Gap) Member() *Member {
	if g.Before != nil {
		return g.Before
	}
	return g.After
}
