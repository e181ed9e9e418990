package refactor

import (
	"fmt"
	"slices"
	"strings"

	"abide/analysis/decl"
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

// reorder offers the order of members that leaves the least padding: by
// falling alignment.
func reorder(x *subject) []Action {
	if !x.whole() {
		return nil
	}
	n := len(x.views[0].Decl.Fields)
	for _, v := range x.views {
		if v.Decl.Union || len(v.Decl.Fields) != n || len(v.Layout.Fields) != n || n < 3 || v.Decl.Attrs.RandomizeLayout {
			return nil
		}
	}
	units := x.units()
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
	less := false
	for i, v := range x.views {
		if after[i].Size > v.Layout.Size {
			return nil
		}
		less = less || after[i].Size < v.Layout.Size
	}
	if !less || !x.cut(units) {
		return nil
	}
	for i := range sorted { // now with their texts
		k := slices.IndexFunc(units, func(u unit) bool { return u.fields[0] == sorted[i].fields[0] })
		sorted[i] = units[k]
	}
	return []Action{{
		Kind:  rewrite,
		Title: fmt.Sprintf("Reorder the members of %s: %s%s", x.name(), x.sizes(after), x.price(after)),
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

// units sorts the members into those that move together.
func (x *subject) units() []unit {
	var units []unit
	fields := x.views[0].Decl.Fields
	for k, f := range fields {
		u := unit{fields: []int{k}, bits: f.Bits != nil}
		for _, v := range x.views {
			placed := v.Layout.Fields[k]
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
