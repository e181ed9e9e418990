package payload

import (
	"fmt"
	"slices"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// maxRelated bounds how many notes a finding carries.
const maxRelated = 12

// Consequences is what follows where ABIs disagree: the sizes of the record
// and of those that contain it, and the commands whose numbers differ within one
// kernel. The first cause in a record carries it, so that it is told once.
func (r *Record) Consequences(m *cause.Member) []analysis.Related {
	if r.Partial || m != r.first() {
		return nil
	}
	related := r.wrong()
	told := map[*analysis.Command]bool{}
	for _, x := range append([]*Record{r}, r.Containers()...) {
		sizes := x.Groups(func(i int) int64 { return x.Views[i].Layout.Size })
		if len(sizes) > 1 && x.Record.Named() && !x.Partial {
			related = append(related, analysis.Related{
				Loc:     cpp.Loc{Path: r.pass.Path(), Span: x.NameSpan},
				Message: x.Record.Name + " is " + Each(sizes, Bytes),
			})
		}
		for _, c := range x.Commands {
			if numbers, differ := Numbers(c, c.Differing()); differ && !told[c] {
				told[c] = true
				related = append(related, analysis.Related{Loc: c.Loc, Message: c.Name + " is " + numbers})
			}
		}
	}
	return Bounded(related)
}

// Bounded is as many notes as a finding carries; the last one says how many
// more there are.
func Bounded(related []analysis.Related) []analysis.Related {
	more := len(related) - maxRelated + 1
	if more < 2 {
		return related
	}
	related = related[:maxRelated]
	last := &related[maxRelated-1]
	last.Message = fmt.Sprintf("and %d more, the first one here", more)
	return related
}

// Absorbed tells whether a gap is told with the finding about the member
// behind it: both have one cause, the member's type, and one cure.
func (r *Record) Absorbed(g *cause.Gap) bool {
	if g.Before == nil {
		return false
	}
	switch r.Blame(g.Before) {
	case "":
		return false
	case PointerRule, PackedVariableRule, LongRule, TimeRule:
		return true
	case KernelTypeRule:
		return r.Varies(g.Before)
	}
	return slices.Contains(r.Sizes, g.Before) || slices.Contains(r.Report.Records, g.Before)
}

// HoleBefore is a note about the hole in front of a member, if there is one.
func (r *Record) HoleBefore(m *cause.Member) []analysis.Related {
	if r.Partial {
		return nil
	}
	for _, g := range r.Gaps {
		if g.Before == m && g.Lasting {
			span, _ := r.Place(m)
			return []analysis.Related{{
				Loc:     cpp.Loc{Path: r.pass.Path(), Span: span},
				Message: r.Gap(g, Wide, "hole before it"),
			}}
		}
	}
	return nil
}

// first is the first member with a cause that ABIs disagree about.
func (r *Record) first() *cause.Member {
	at := map[*cause.Member]bool{}
	for _, g := range r.Gaps {
		if g.Lasting && !g.Agreed() {
			at[g.Member()] = true
		}
	}
	for _, m := range r.Members {
		if at[m] || r.Blame(m) != "" {
			return m
		}
	}
	if len(r.Members) > 0 {
		return r.Members[len(r.Members)-1]
	}
	return nil
}

// Containers is the records in scope that contain this one by value.
func (r *Record) Containers() []*Record {
	var list []*Record
	for _, x := range r.pass.Containers(r.Record) {
		if c := Of(r.pass, x); c != nil {
			list = append(list, c)
		}
	}
	return list
}

// inside is the records that a layout contains by value, at any depth.
func inside(l *layout.Layout) map[*decl.Record]bool {
	set := map[*decl.Record]bool{}
	var walk func(l *layout.Layout)
	walk = func(l *layout.Layout) {
		for _, f := range l.Fields {
			for _, inner := range []*layout.Layout{f.Sub, f.Elem} {
				if inner != nil && !set[inner.Record] {
					set[inner.Record] = true
					walk(inner)
				}
			}
		}
	}
	walk(l)
	return set
}
