package analysis

import (
	"context"
	"slices"

	"abide/analysis/decl"
	"abide/analysis/text"
)

// review runs the rules about single records in a version of a file, for the
// records of which what was said in an earlier version does not stand.
type review struct {
	*Snapshot
	facts  *facts
	checks []*Check
	before *verdicts // nil for none
	shift  text.Shift
	// By Record.at: what the record is, and the verdict on it if it is what it
	// was, where that has moved to.
	selves   []*self
	verdicts []*verdict
	// families is those of the names that mean something else than before.
	families map[string]bool
	lost     map[*Check]bool // checks that panicked
}

// runRecordChecks gives the findings of the rules about single records.
func (s *Snapshot) runRecordChecks(ctx context.Context, v *version, f *facts, checks []*Check) ([]Finding, error) {
	w := &review{Snapshot: s, facts: f, checks: checks, lost: map[*Check]bool{}}
	compat := compatDefinitions(s.text.Content())
	var since []nameSet
	if p := v.pending.Load(); p != nil && p.verdicts != nil && p.verdicts.config == s.config {
		w.before = p.verdicts
		w.shift = text.Between(w.before.text, s.text)
		since = append(since, declared(p.names), differing(w.before.compat, compat))
	}
	w.recognize(since)

	list := f.records.list
	next := &verdicts{config: s.config, text: s.text, of: make(map[*decl.Record]*verdict, len(list)), compat: compat}
	slab := make([]verdict, len(list))
	var findings []Finding
	for _, r := range list {
		now := &slab[r.at]
		now.self, now.places = w.selves[r.at], places(r)
		if d := r.definition(); d != nil {
			next.of[d] = now
		}
		if !s.subject(r) {
			continue
		}
		if w.stands(r, now) {
			findings = w.repeat(findings, r, now)
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		findings = w.examine(ctx, findings, r, now)
	}
	f.verdicts = slab
	if len(w.lost) > 0 {
		return slices.DeleteFunc(findings, func(f Finding) bool { return w.isLost(f.Rule) }), nil
	}
	v.pending.Store(&pending{verdicts: next})
	return findings, nil
}

// recognize finds the records that are what they were.
func (w *review) recognize(since []nameSet) {
	list := w.facts.records.list
	w.selves, w.verdicts = make([]*self, len(list)), make([]*verdict, len(list))
	w.families = map[string]bool{}
	if w.before == nil {
		for _, r := range list {
			w.selves[r.at] = newSelf(r)
		}
		return
	}
	for _, set := range since {
		for name := range set {
			w.families[Family(name)] = true
		}
	}
	known := make(map[*self]bool, len(list))
	for _, r := range list {
		d := r.definition()
		if old := w.before.of[d]; old != nil && old.self.is(r) && old.stays(r, w.shift) {
			w.selves[r.at], w.verdicts[r.at] = old.self, old
			known[old.self] = true
			continue
		}
		w.selves[r.at] = newSelf(r)
		addFamilies(w.families, d)
	}
	for d, old := range w.before.of {
		if !known[old.self] {
			addFamilies(w.families, d)
		}
	}
}

// stands tells whether all that was said of a record holds, and puts it into
// now, where it has moved to; else only what it would follow from.
func (w *review) stands(r *Record, now *verdict) bool {
	old := w.verdicts[r.at]
	kin := w.facts.kin
	related := slices.Concat(kin.containers[r.at], w.facts.around(r))
	now.kin, now.inside = w.selvesOf(related), w.scopes(r)
	if old == nil || !old.stands || !slices.Equal(old.kin, now.kin) || !slices.Equal(old.inside, now.inside) {
		return false
	}
	if len(w.families) > 0 && slices.ContainsFunc(append(related, r), w.doubtful) {
		return false
	}
	now.said, now.stands = move(old.said, w.shift, w.path)
	now.kept = old.kept
	return now.stands
}

// doubtful tells whether what was declared anew may concern a record although
// it is what it was: as one of its family, or as the type of some member where
// another one keeps it from having a layout.
func (w *review) doubtful(r *Record) bool {
	return inFamilies(w.families, r) || slices.ContainsFunc(r.Views, func(v View) bool { return v.Err != nil })
}

func (w *review) selvesOf(records []*Record) []*self {
	if len(records) == 0 {
		return nil
	}
	list := make([]*self, len(records))
	for i, r := range records {
		list[i] = w.selves[r.at]
	}
	return list
}

// scopes tells of each record inside one whether rules speak of it.
func (w *review) scopes(r *Record) []bool {
	inner := w.facts.kin.inside[r.at]
	if len(inner) == 0 {
		return nil
	}
	list := make([]bool, len(inner))
	for i, x := range inner {
		list[i] = w.subject(x)
	}
	return list
}

// repeat says again what stands. Fixes are planned for this version, by the
// rule that spoke.
func (w *review) repeat(list []Finding, r *Record, now *verdict) []Finding {
	for i := range now.said {
		said := &now.said[i]
		found := said.Finding
		if said.fixes {
			found.Plan = w.planAgain(w.facts, r, said)
		}
		list = append(list, found)
	}
	return list
}

// examine runs the checks on one record.
func (w *review) examine(ctx context.Context, list []Finding, r *Record, now *verdict) []Finding {
	now.stands, now.kept = true, &kept{}
	for _, c := range w.checks {
		if w.lost[c] {
			continue
		}
		found, ok := w.runCheck(ctx, c, w.facts, r)
		if !ok {
			w.lost[c] = true
			continue
		}
		for _, f := range found {
			said := saying{Finding: f, check: c, fixes: f.Plan != nil}
			said.Plan, said.Related = nil, slices.Clip(f.Related)
			f.Related = said.Related
			now.said = append(now.said, said)
			list = append(list, f)
			// What stands elsewhere may move without the record.
			_, fixed := said.moved(text.Shift{}, w.path)
			now.stands = now.stands && fixed && r.Span.Start <= f.Span.Start && f.Span.End <= r.Span.End
		}
	}
	return list
}

func (w *review) isLost(rule string) bool {
	for c := range w.lost {
		if c.Name == rule {
			return true
		}
	}
	return false
}

type againKey struct {
	check  *Check
	record *Record
}

// planAgain plans the fixes of what was said of an earlier version for this one.
func (s *Snapshot) planAgain(f *facts, r *Record, said *saying) func() []Fix {
	return func() []Fix {
		list := s.Memo(againKey{said.check, r}, func() any {
			found, _ := s.runCheck(context.Background(), said.check, f, r)
			return found
		}).([]Finding)
		for i := range list {
			if list[i].Span == said.Span && list[i].Message == said.Message {
				return list[i].Fixes()
			}
		}
		return nil
	}
}
