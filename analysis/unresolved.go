package analysis

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/layout"
)

// Unresolved is something that abide had to do without: a header that was not
// found, a type that nobody defines, what the preprocessor has to complain of.
type Unresolved struct {
	Name   string // as written: "linux/foo.h", "struct bar"; empty for the preprocessor's
	Reason string
	Loc    cpp.Loc
	ABIs   []*abi.ABI // the targets that it concerns
}

// Unresolved lists what could not be found for the file itself: its includes,
// those of the headers it includes, and the types that its records need; and
// what preprocessing met, such as #error and limits that were reached.
func (s *Snapshot) Unresolved(ctx context.Context) ([]Unresolved, error) {
	index, err := s.recordIndex(ctx)
	if err != nil {
		return nil, err
	}
	targets, err := s.Targets(ctx)
	if err != nil {
		return nil, err
	}
	var m unresolvedMap
	for i, t := range targets {
		for _, inc := range t.Result.Includes() {
			if inc.Err != "" {
				m.add(t, Unresolved{Name: inc.Name, Reason: inc.Err, Loc: inc.Loc})
			}
		}
		for _, p := range t.Result.Problems() {
			m.add(t, Unresolved{Reason: p.Message, Loc: p.Loc})
		}
		for _, r := range index.list {
			if u, ok := s.unknownType(t, r, i); ok {
				m.add(t, u)
			}
		}
	}
	slices.SortStableFunc(m.list, func(a, b Unresolved) int {
		return cmp.Or(cmp.Compare(a.Loc.Path, b.Loc.Path), cmp.Compare(a.Loc.Start, b.Loc.Start))
	})
	return m.list, nil
}

func (s *Snapshot) unknownType(t *Target, r *Record, i int) (Unresolved, bool) {
	var e *layout.Error
	v := r.Views[i]
	if v.Err == nil || !errors.As(v.Err, &e) || e.Record != v.Decl || e.Name == "" {
		return Unresolved{}, false
	}
	u := Unresolved{Name: e.Name, Reason: e.Reason, Loc: cpp.Loc{Path: s.path, Span: r.NameSpan}}
	if e.Field != nil {
		u.Loc.Span = s.span(t, e.Field.Range)
	}
	return u, true
}

// unresolvedMap gathers what several targets say about one place.
type unresolvedMap struct {
	list []Unresolved
	at   map[unresolvedKey]int
}

type unresolvedKey struct {
	name, reason string
	loc          cpp.Loc
}

func (m *unresolvedMap) add(t *Target, u Unresolved) {
	if m.at == nil {
		m.at = map[unresolvedKey]int{}
	}
	k := unresolvedKey{u.Name, u.Reason, u.Loc}
	i, ok := m.at[k]
	if !ok {
		i = len(m.list)
		m.at[k] = i
		m.list = append(m.list, u)
	}
	m.list[i].ABIs = append(m.list[i].ABIs, t.ABI)
}
