// Package refactor offers edits of a record that nobody reported anything
// about: assertions of its layout, members in another order, fixed-width types,
// flexible arrays, packing. A title says what is gained, what it costs, and
// whether programs see another layout then.
//
//	actions, err := refactor.At(ctx, snapshot, text.Span{Start: cursor, End: cursor})
//	actions[0].Title  // "Assert the size and offsets of struct sensor with _Static_assert"
//	actions[0].Plan() // the edits
package refactor

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"

	"abide/analysis"
	"abide/analysis/text"
)

// Action is one edit of the snapshot's file.
type Action struct {
	Kind  string // as editors group them: "refactor.rewrite"
	Title string
	// Plan gives the edits; nil if it turns out that there are none. It runs
	// when somebody asks, once, on any goroutine.
	Plan func() []text.Edit

	cures bool // leaves no hole, and no tail that differs
}

const rewrite = "refactor.rewrite"

// producers make the actions for a record, each a cheap look at its layouts.
var producers = []func(*subject) []Action{
	assertions,
	reorder,
	fixedWidth,
	flexible,
	pack,
}

// At lists the actions for the record around a span: the innermost one there
// that has a name. Records that do not parse, or whose layout is not known on
// an ABI that defines them, have none.
func At(ctx context.Context, s *analysis.Snapshot, span text.Span) ([]Action, error) {
	records, err := s.Records(ctx)
	if err != nil {
		return nil, err
	}
	r := around(records, span)
	if r == nil {
		return nil, nil
	}
	lexed, err := s.Lexed(ctx)
	if err != nil {
		return nil, err
	}
	x := newSubject(s, lexed, r)
	if x == nil {
		return nil, nil
	}
	var list []Action
	for _, produce := range producers {
		for _, a := range x.survive(produce) {
			plan := a.Plan
			a.Plan = sync.OnceValue(func() []text.Edit {
				var edits []text.Edit
				x.survive(func(*subject) []Action {
					edits = plan()
					return nil
				})
				return edits
			})
			list = append(list, a)
		}
	}
	return list, nil
}

// survive runs code that may panic, which costs what it would have given.
func (x *subject) survive(f func(*subject) []Action) (list []Action) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("a refactoring panicked", "file", x.Path(), "record", x.record.Name, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			list = nil
		}
	}()
	return f(x)
}

// around is the innermost named record that a span starts in.
func around(records []*analysis.Record, span text.Span) *analysis.Record {
	var best *analysis.Record
	for _, r := range records {
		if r.Named() && r.Span.Start <= span.Start && span.Start <= r.Span.End &&
			(best == nil || r.Span.Start >= best.Span.Start) {
			best = r
		}
	}
	return best
}
