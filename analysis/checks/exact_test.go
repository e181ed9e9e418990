package checks_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/layout"
)

// TestWarningsAreExact holds the warnings about the installed headers against
// the layouts, which others hold against gcc's: a record that ABIs lay
// out differently has a warning, on it or on a record that it contains,
// and no other record has one.
func TestWarningsAreExact(t *testing.T) {
	var records, differ, payloads, differing atomic.Int64
	every := 1
	if testing.Short() {
		every = 10
	}
	each(headers(t), every, func(path string) {
		s, err := analysis.NewSession(analysis.Config{
			ABIs: abi.Default(), Scope: analysis.ScopeAll, Checks: checks.All(),
		}, nil).Snapshot(path)
		if err != nil {
			t.Error(err)
			return
		}
		findings, err := s.Findings(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		list, err := s.Records(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		of := map[any]*analysis.Record{} // by the definition on either ABI
		for _, r := range list {
			for _, v := range r.Views {
				if v.Decl != nil {
					of[v.Decl] = r
				}
			}
		}
		warned := map[*analysis.Record]bool{}
		for _, f := range findings {
			if f.Severity >= analysis.Warning && slices.Contains(layoutRules, f.Rule) {
				if r := subject(list, f); r != nil {
					warned[r] = true
				}
			}
		}
		for _, r := range list {
			first := r.Views[0].Layout
			told, moved, changed, known := warned[r], false, false, true
			for _, v := range r.Views {
				if v.Layout == nil || first == nil {
					known = false
					break
				}
				moved = moved || first.Size != v.Layout.Size || !samePlaces(first, v.Layout)
				changed = changed || moved || resized(first, v.Layout)
				contained(v.Layout, func(inner *layout.Layout) { told = told || warned[of[inner.Record]] })
			}
			if !known || inUnion(r) { // whose members lie over each other: the outer record tells
				continue
			}
			records.Add(1)
			if moved {
				differ.Add(1)
			}
			if len(r.Commands) > 0 {
				payloads.Add(1)
				if moved {
					differing.Add(1)
				}
			}
			switch {
			case moved && !told:
				t.Errorf("%s:%d: %s differs, and nothing says why", path, r.Line, r.Name)
			case told && !changed:
				t.Errorf("%s:%d: %s has a warning, but is laid out alike", path, r.Line, r.Name)
			}
		}
	})
	t.Logf("%d of %d records differ; %d of the %d that commands name", differ.Load(), records.Load(), differing.Load(), payloads.Load())
}

// inUnion tells whether nothing but a member of a union names a record.
func inUnion(r *analysis.Record) bool {
	p := r.Views[0].Decl.Parent
	return !r.Named() && p != nil && p.Union
}

// subject is the record that a finding is about.
func subject(list []*analysis.Record, f analysis.Finding) (found *analysis.Record) {
	for _, r := range list { // in source order: inner ones come later
		if r.Name == f.Record && r.Span.Start <= f.Span.Start && f.Span.Start < r.Span.End {
			found = r
		}
	}
	return found
}

// contained visits the layouts of the records that l contains by value.
func contained(l *layout.Layout, visit func(*layout.Layout)) {
	for _, f := range l.Fields {
		for _, inner := range []*layout.Layout{f.Sub, f.Elem} {
			if inner != nil {
				visit(inner)
				contained(inner, visit)
			}
		}
	}
}

// pairs visits the members that two layouts of a record have in common: an #if
// may hide some from one of them.
func pairs(a, b *layout.Layout, visit func(f, g *layout.Field)) {
	for i := range a.Fields {
		f := &a.Fields[i]
		for k := range b.Fields {
			if g := &b.Fields[k]; f.Decl.Name == g.Decl.Name && (f.Decl.Name != 0 || i == k) {
				visit(f, g)
			}
		}
	}
}

// samePlaces tells whether two layouts of a record have their members at the
// same places, those of records inside too.
func samePlaces(a, b *layout.Layout) bool {
	same := true
	pairs(a, b, func(f, g *layout.Field) {
		same = same && f.BitOffset == g.BitOffset
		nested(f, g, func(x, y *layout.Layout) {
			within := a.Record.Union && a.Size == b.Size && f.Sub != nil && x.Record.Tag == 0 && len(x.Record.Typedefs) == 0
			same = same && (x.Size == y.Size || within) && samePlaces(x, y)
		})
	})
	return same
}

// resized tells whether a member has another size without moving anything: one
// of a union, or the elements of a flexible array.
func resized(a, b *layout.Layout) bool {
	found := false
	pairs(a, b, func(f, g *layout.Field) {
		found = found || f.Flexible || f.BitSize != g.BitSize
		nested(f, g, func(x, y *layout.Layout) { found = found || resized(x, y) })
	})
	return found
}

// nested visits the records that two members are, or are arrays of.
func nested(f, g *layout.Field, visit func(a, b *layout.Layout)) {
	if f.Sub != nil && g.Sub != nil {
		visit(f.Sub, g.Sub)
	}
	if f.Elem != nil && g.Elem != nil {
		visit(f.Elem, g.Elem)
	}
}
