package analysis

import (
	"context"
	"sort"

	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// Variant is one layout of a record and the views that have it, in the order
// of the targets. Alignment does not tell variants apart: it shows only where
// the record is a member.
type Variant struct {
	Views   []*View
	Members []Placed
	Gaps    []Gap
}

// Layout is the layout that the views share.
func (v *Variant) Layout() *layout.Layout { return v.Views[0].Layout }

// ABIs names the views' ABIs.
func (v *Variant) ABIs() []string {
	names := make([]string, len(v.Views))
	for i := range v.Views {
		names[i] = v.Views[i].Target.ABI.Name
	}
	return names
}

// Placed is a member where a variant has it.
type Placed struct {
	layout.Member
	Group   bool // of an unnamed record type: the next members, deeper ones, are its parts
	InUnion bool // shares its bits with others
	Differs bool // not every variant has it in this place with this size
}

// Gap is a hole, or the padding behind the last member. Sizes are in bits.
type Gap struct {
	BitOffset, BitSize int64
	Tail               bool
	After              int  // index in Members of the member before it; -1 if there is none
	Differs            bool // not every variant has it here
}

// Variants sorts a record's views by layout. Views without a layout are in none.
func (f *RecordFacts) Variants() []Variant {
	layouts := make([]*layout.Layout, len(f.Views))
	for i := range f.Views {
		layouts[i] = f.Views[i].Layout
	}
	var list []Variant
	for _, group := range layout.Groups(layouts) {
		v := Variant{}
		for _, i := range group {
			v.Views = append(v.Views, &f.Views[i])
		}
		l := v.Layout()
		for m := range l.Members() {
			v.Members = append(v.Members, Placed{
				Member:  m,
				Group:   m.Field.Sub != nil && unnamed(m.Field.Sub.Record),
				InUnion: inUnion(m.Field.Decl),
			})
		}
		v.Gaps = gaps(l, v.Members)
		list = append(list, v)
	}
	markDifferences(list)
	return list
}

// inUnion tells whether a union of unnamed type, or the record itself as a
// union, lays other members over this one.
func inUnion(f *decl.Field) bool {
	d := f.Record
	for range maxNesting {
		if d == nil {
			return false
		}
		if d.Union {
			return true
		}
		if !unnamed(d) || d.ParentField == nil || !direct(d) {
			return false
		}
		d = d.Parent
	}
	return false
}

func gaps(l *layout.Layout, members []Placed) []Gap {
	var list []Gap
	for _, h := range Holes(l) {
		list = append(list, Gap{BitOffset: h.BitOffset, BitSize: h.BitSize, After: -1})
	}
	if l.TailBits > 0 {
		list = append(list, Gap{BitOffset: l.Size*8 - l.TailBits, BitSize: l.TailBits, Tail: true, After: -1})
	}
	if len(list) == 0 {
		return nil
	}
	// The member before a gap is the one that ends last before it; of those
	// that end together the outermost.
	order := make([]int, len(members))
	for i := range order {
		order[i] = i
	}
	end := func(i int) int64 { return members[i].BitOffset + members[i].Field.BitSize }
	sort.SliceStable(order, func(a, b int) bool {
		if x, y := end(order[a]), end(order[b]); x != y {
			return x < y
		}
		return members[order[a]].Depth > members[order[b]].Depth
	})
	for i := range list {
		if n := sort.Search(len(order), func(k int) bool { return end(order[k]) > list[i].BitOffset }); n > 0 {
			list[i].After = order[n-1]
		}
	}
	return list
}

func markDifferences(list []Variant) {
	if len(list) < 2 {
		return
	}
	type spot struct {
		path         string
		offset, size int64
		tail         bool
	}
	seen := map[spot]int{}
	member := func(m *Placed) spot { return spot{path: m.Path, offset: m.BitOffset, size: m.Field.BitSize} }
	gap := func(g *Gap) spot { return spot{offset: g.BitOffset, size: g.BitSize, tail: g.Tail} }
	for i := range list {
		for k := range list[i].Members {
			seen[member(&list[i].Members[k])]++
		}
		for k := range list[i].Gaps {
			seen[gap(&list[i].Gaps[k])]++
		}
	}
	for i := range list {
		for k := range list[i].Members {
			m := &list[i].Members[k]
			m.Differs = seen[member(m)] < len(list)
		}
		for k := range list[i].Gaps {
			g := &list[i].Gaps[k]
			g.Differs = seen[gap(g)] < len(list)
		}
	}
}

// Place is where the name of a member stands, in whichever file declares it.
func (v *View) Place(m *Placed) (loc cpp.Loc, ok bool) {
	tok := m.Field.Decl.NameTok
	if tok == nil {
		return cpp.Loc{}, false
	}
	loc, _ = v.Target.Result.Place(tok)
	return loc, true
}

// DeclarationEnd is where the declaration of a member ends in this file: behind
// its semicolon, or behind its declarator if others follow. ok is false if no
// place in the file spells it: another file does, or a macro's body.
func (s *Snapshot) DeclarationEnd(v *View, m *Placed) (offset int, ok bool) {
	f := m.Field.Decl
	name, ok := s.TokenSpan(v.Target, f.NameTok)
	if !ok {
		return 0, false
	}
	last := f.Decl.Last
	if f.Shared {
		last = f.Last
	}
	if end, ok := s.TokenSpan(v.Target, last); ok && end.End >= name.End {
		return end.End, true
	}
	return name.End, true
}

// RecordAt finds the record that an offset speaks of: what hover finds there,
// the record that a command carries, or the innermost record around the offset
// that others can name. member is the path of the member under the offset.
// nil if there is none.
func (s *Snapshot) RecordAt(ctx context.Context, offset int) (facts *RecordFacts, member string, err error) {
	h, err := s.Hover(ctx, offset)
	switch {
	case err != nil:
		return nil, "", err
	case h != nil && h.Record != nil:
		return h.Record, h.Member, nil
	case h != nil && h.Command != nil:
		facts, err := s.carried(ctx, h.Command)
		return facts, "", err
	}
	index, err := s.recordIndex(ctx)
	if err != nil {
		return nil, "", err
	}
	var around *Record
	for _, r := range index.list {
		if r.Span.Start <= offset && offset <= r.Span.End && r.owner(index) == r {
			around = r // inner records come later
		}
	}
	if around == nil {
		return nil, "", nil
	}
	facts = s.Facts(around)
	return facts, "", s.addCommands(ctx, facts)
}

// carried gives the facts on the record that a command carries.
func (s *Snapshot) carried(ctx context.Context, c *Command) (*RecordFacts, error) {
	for i, v := range c.Values {
		if v == nil || v.Record == nil {
			continue
		}
		facts, err := s.Lookup(ctx, recordName(v.Record, ""))
		if err != nil || facts == nil || facts.Views[i].Decl != v.Record {
			return nil, err
		}
		return facts, nil
	}
	return nil, nil
}

// owner is the record whose members this one's count as: itself, unless it is
// the unnamed type of a member.
func (r *Record) owner(index *recordIndex) *Record {
	for i := range r.Views {
		d := r.Views[i].Decl
		if d == nil {
			continue
		}
		for range maxNesting {
			if !unnamed(d) || d.Parent == nil || d.ParentField == nil || !direct(d) {
				break
			}
			d = d.Parent
		}
		return index.of[i][d]
	}
	return r
}

// Owners lists the records that stand for themselves, in source order: all but
// the unnamed types of members, whose members count as their owner's, and what
// macros such as BUILD_BUG_ON_ZERO make for the compiler alone.
func (s *Snapshot) Owners(ctx context.Context) ([]*Record, error) {
	index, err := s.recordIndex(ctx)
	if err != nil {
		return nil, err
	}
	var list []*Record
	for _, r := range index.list {
		if r.owner(index) == r && !r.made {
			list = append(list, r)
		}
	}
	return list, nil
}

// Defined is the record of this file that facts speak of; nil if another file
// defines it.
func (s *Snapshot) Defined(ctx context.Context, facts *RecordFacts) (*Record, error) {
	list, err := s.Records(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if r.Defines(facts) {
			return r, nil
		}
	}
	return nil, nil
}
