package refactor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/text"
)

// unit is members that move together: those of one declaration, and
// neighbouring bit-fields.
type unit struct {
	fields     []int // of each view's record
	align      int64
	bits       bool
	last       bool // stays at the end: a flexible array
	start, end int  // of its text: whole lines, comments above included
}

// Reorder offers as a fix the order of members that leaves the least padding
// or, in a packed record, puts all on their natural alignment; none where no
// order is better, or holes or a tail that ABIs disagree about are left.
func Reorder(s *analysis.Snapshot, r *analysis.Record) []analysis.Fix {
	lexed, err := s.Lexed(context.Background())
	if err != nil || !r.Named() {
		return nil
	}
	x := newSubject(s, lexed, r)
	if x == nil {
		return nil
	}
	var fixes []analysis.Fix
	for _, a := range reorder(x) {
		if a.cures {
			fixes = append(fixes, analysis.Fix{Title: a.Title, Edits: a.Plan()})
		}
	}
	return fixes
}

// reorder offers the order of members by falling alignment.
func reorder(x *subject) []Action {
	if !x.whole() {
		return nil
	}
	n := len(x.views[0].Decl.Fields)
	for _, v := range x.views {
		if v.Decl.Union || len(v.Decl.Fields) != n || len(v.Layout.Fields) != n || n < 2 || v.Decl.Attrs.RandomizeLayout {
			return nil
		}
	}
	natural, ok := x.natural()
	if !ok {
		return nil
	}
	units := x.units(natural)
	sorted := slices.Clone(units)
	slices.SortStableFunc(sorted, func(a, b unit) int {
		switch {
		case a.last != b.last:
			if a.last {
				return 1
			}
			return -1
		case a.align != b.align:
			return int(b.align - a.align)
		}
		return 0
	})
	var order []int
	for _, u := range sorted {
		order = append(order, u.fields...)
	}
	if slices.IsSorted(order) {
		return nil
	}
	after, ok := x.changed(func(i int, d *decl.Record) {
		for k, from := range order {
			d.Fields[k] = x.views[i].Decl.Fields[from]
		}
	})
	if !ok {
		return nil
	}
	gain := x.gain(natural, order, after)
	if gain == "" || !x.cut(units) {
		return nil
	}
	for i := range sorted { // now with their texts
		k := slices.IndexFunc(units, func(u unit) bool { return u.fields[0] == sorted[i].fields[0] })
		sorted[i] = units[k]
	}
	return []Action{{
		Kind:  rewrite,
		cures: whole(after),
		Title: fmt.Sprintf("Reorder the members of %s: %s%s", x.name(), gain, x.price(after)),
		Plan: func() []text.Edit {
			content := x.Text().Content()
			var b strings.Builder
			for _, u := range sorted {
				b.WriteString(content[u.start:u.end])
			}
			return []text.Edit{{Span: text.Span{Start: units[0].start, End: units[len(units)-1].end}, New: b.String()}}
		},
	}}
}

// whole tells whether layouts have no holes, and one tail.
func whole(after []*layout.Layout) bool {
	return !slices.ContainsFunc(after, func(l *layout.Layout) bool {
		return len(l.Holes) > 0 || l.TailBits != after[0].TailBits
	})
}

// natural is the record on each view as if nothing packed it.
func (x *subject) natural() (list []*layout.Layout, ok bool) {
	if !x.packed() {
		for _, v := range x.views {
			list = append(list, v.Layout)
		}
		return list, true
	}
	return x.changed(func(_ int, d *decl.Record) { d.Attrs.Packed, d.Pack = false, decl.NoPack })
}

func (x *subject) packed() bool {
	return slices.ContainsFunc(x.views, func(v analysis.View) bool { return v.Decl.Attrs.Packed || v.Decl.Pack > 0 })
}

// gain says what an order is better in; empty for nothing.
func (x *subject) gain(natural []*layout.Layout, order []int, after []*layout.Layout) string {
	less := false
	before, left := 0, 0
	for i, v := range x.views {
		if after[i].Size > v.Layout.Size {
			return ""
		}
		less = less || after[i].Size < v.Layout.Size
		for k, from := range order {
			if align := 8 * natural[i].Fields[from].Align; align > 0 {
				if v.Layout.Fields[from].BitOffset%align != 0 {
					before++
				}
				if after[i].Fields[k].BitOffset%align != 0 {
					left++
				}
			}
		}
	}
	switch {
	case less:
		return x.sizes(after)
	case x.packed() && before > 0 && left == 0:
		return "all lie on their natural alignment"
	}
	return ""
}

// units sorts the members into those that move together.
func (x *subject) units(natural []*layout.Layout) []unit {
	var units []unit
	fields := x.views[0].Decl.Fields
	for k, f := range fields {
		u := unit{fields: []int{k}, bits: f.Bits != nil}
		for i, v := range x.views {
			placed := natural[i].Fields[k]
			align := placed.Align
			if u.bits {
				if info, err := v.Target.Engine.Type(f.Type); err == nil {
					align = info.Align
				}
			}
			u.align = max(u.align, align)
			u.last = u.last || placed.Flexible
		}
		if n := len(units); n > 0 && (fields[k-1].Decl.First == f.Decl.First || u.bits && units[n-1].bits) {
			last := &units[n-1]
			last.fields = append(last.fields, k)
			last.align, last.last = max(last.align, u.align), last.last || u.last
			continue
		}
		units = append(units, u)
	}
	return units
}

// cut gives each unit its lines; false if some share one.
func (x *subject) cut(units []unit) bool {
	f := x.Text()
	at := f.LineStart(f.LineOf(int(x.lexed.Tokens[x.open].End)) + 1)
	for i := range units {
		u := &units[i]
		first, last := u.fields[0], u.fields[len(u.fields)-1]
		var span text.Span
		for k, v := range x.views {
			from, ok := x.RangeSpan(v.Target, v.Decl.Fields[first].Decl)
			to, also := x.RangeSpan(v.Target, v.Decl.Fields[last].Decl)
			this := text.Span{Start: from.Start, End: to.End}
			if !ok || !also || k > 0 && this != span {
				return false
			}
			span = this
		}
		if span.Start < at || strings.TrimSpace(f.Content()[f.LineStart(f.LineOf(span.Start)):span.Start]) != "" {
			return false
		}
		end := f.LineStart(f.LineOf(x.behind(span.End)) + 1)
		if x.inComment(at) || x.inComment(end) {
			return false
		}
		u.start, u.end = at, end
		at = end
	}
	closing := int(x.lexed.Tokens[x.close].Start)
	return at <= f.LineStart(f.LineOf(closing)) && strings.TrimSpace(f.Content()[f.LineStart(f.LineOf(closing)):closing]) == ""
}

// inComment tells whether a comment goes on over an offset.
func (x *subject) inComment(offset int) bool {
	return slices.ContainsFunc(x.lexed.Comments, func(c text.Span) bool { return c.Start < offset && offset < c.End })
}

// behind is the end of the comments that stand behind a declaration, on its
// line.
func (x *subject) behind(end int) int {
	for _, c := range x.lexed.Comments {
		if c.Start >= end && x.Text().LineOf(c.Start) == x.Text().LineOf(end) && strings.TrimSpace(x.Text().Content()[end:c.Start]) == "" {
			end = c.End
		}
	}
	return end
}
