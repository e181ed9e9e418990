package checks_test

import (
	"sync/atomic"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/layout"
)

// TestWarningsAreExact holds the warnings about the installed headers against
// the layouts, which others hold against gcc's: a record that x86_64 and i386
// lay out differently has a warning, on it or on a record that it contains,
// and no other record has one.
func TestWarningsAreExact(t *testing.T) {
	var records, differ, payloads, differing atomic.Int64
	every := 1
	if testing.Short() {
		every = 10
	}
	each(headers(t), every, func(path string) {
		s, err := analysis.NewSession(analysis.Config{
			ABIs: []*abi.ABI{abi.Lookup("x86_64"), abi.Lookup("i386")}, Scope: analysis.ScopeAll, Checks: checks.All(),
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
			if f.Severity >= analysis.Warning {
				if r := subject(list, f); r != nil {
					warned[r] = true
				}
			}
		}
		for _, r := range list {
			a, b := r.Views[0].Layout, r.Views[1].Layout
			if a == nil || b == nil {
				continue
			}
			records.Add(1)
			moved := a.Size != b.Size || !samePlaces(a, b)
			told := warned[r]
			for _, l := range []*layout.Layout{a, b} {
				contained(l, func(inner *layout.Layout) { told = told || warned[of[inner.Record]] })
			}
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
			case told && !moved && !resized(a, b):
				t.Errorf("%s:%d: %s has a warning, but is laid out alike", path, r.Line, r.Name)
			}
		}
	})
	t.Logf("%d of %d records differ; %d of the %d that commands name", differ.Load(), records.Load(), differing.Load(), payloads.Load())
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

// samePlaces tells whether two layouts of a record have their members at the
// same places, those of records inside too.
func samePlaces(a, b *layout.Layout) bool {
	if len(a.Fields) != len(b.Fields) {
		return false
	}
	for i, f := range a.Fields {
		g := b.Fields[i]
		if f.BitOffset != g.BitOffset {
			return false
		}
		for _, pair := range [][2]*layout.Layout{{f.Sub, g.Sub}, {f.Elem, g.Elem}} {
			if pair[0] != nil && pair[1] != nil && (pair[0].Size != pair[1].Size || !samePlaces(pair[0], pair[1])) {
				return false
			}
		}
	}
	return true
}

// resized tells whether a member has another size without moving anything: one
// of a union, or the elements of a flexible array.
func resized(a, b *layout.Layout) bool {
	for i, f := range a.Fields {
		g := b.Fields[i]
		if f.Flexible || f.BitSize != g.BitSize || f.Sub != nil && g.Sub != nil && resized(f.Sub, g.Sub) || f.Elem != nil && g.Elem != nil && resized(f.Elem, g.Elem) {
			return true
		}
	}
	return false
}
