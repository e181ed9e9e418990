package payload

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/layout"
	"abide/analysis/text"
)

// WholeFile offers, as one fix, what makes all payloads of the file the same on
// every ABI; none if they are, or if nothing can be done. It runs the checks
// several times.
func WholeFile(ctx context.Context, s *analysis.Snapshot) ([]analysis.Fix, error) {
	return alike(ctx, s, "all payloads of this file", func(string) bool { return true })
}

// Portable offers the same for the record at an offset of the file, and the
// records of the file that it contains.
func Portable(ctx context.Context, s *analysis.Snapshot, offset int) ([]analysis.Fix, error) {
	records, err := s.Records(ctx)
	if err != nil {
		return nil, err
	}
	var at *analysis.Record
	for _, r := range records {
		if r.Span.Start <= offset && offset < r.Span.End && at == nil {
			at = r
		}
	}
	if at == nil {
		return nil, nil
	}
	names := map[string]bool{}
	for _, r := range records {
		names[r.Name] = r == at || at.Span.Start <= r.Span.Start && r.Span.End <= at.Span.End || contains(at, r)
	}
	return alike(ctx, s, at.Name, func(name string) bool { return names[name] })
}

// contains tells whether one record holds another by value.
func contains(outer, r *analysis.Record) bool {
	for i, v := range outer.Views {
		if v.Layout != nil && r.Views[i].Decl != nil && inside(v.Layout)[r.Views[i].Decl] {
			return true
		}
	}
	return false
}

// differing are the rules whose warnings say that ABIs disagree.
var differing = []string{
	"padding-hole", "tail-padding", "union-padding", KernelTypeRule, TimeRule, PackedVariableRule,
	PointerRule, LongRule, FloatRule, EnumRule, BitRule, MismatchRule,
}

// maxRounds bounds how often fixes are applied to what fixes have made: a record
// in a record needs another round.
const maxRounds = 40

// alike applies preferred fixes until no more are offered.
func alike(ctx context.Context, s *analysis.Snapshot, what string, in func(record string) bool) ([]analysis.Fix, error) {
	now, left, note := s, 0, ""
	for range maxRounds {
		findings, err := now.Findings(ctx)
		if err != nil {
			return nil, err
		}
		records, err := now.Records(ctx)
		if err != nil {
			return nil, err
		}
		edits, uses, rest := round(findings, records, in)
		left = rest
		note = cmp.Or(note, uses)
		if len(edits) == 0 {
			break
		}
		f, err := now.Text().Apply(edits...)
		if err != nil {
			return nil, err
		}
		now = now.With(f)
	}
	edits := text.Changes(s.Text(), now.Text())
	if len(edits) == 0 {
		return nil, nil
	}
	cost, err := cost(ctx, s, now)
	if err != nil {
		return nil, err
	}
	title := "Make " + what + " the same on every ABI"
	if left > 0 {
		title += " as far as fixes go"
	}
	return []analysis.Fix{{Title: title + note + cost, Edits: edits}}, nil
}

// round is the edits of one fix for each record that stands in no other, what
// their titles note about uses, and how many findings have none.
func round(findings []analysis.Finding, records []*analysis.Record, in func(record string) bool) (edits []text.Edit, note string, left int) {
	end := 0 // of the record that has its fix
	for i := range findings {
		f := &findings[i]
		if f.Severity < analysis.Warning || !slices.Contains(differing, f.Rule) || !in(f.Record) {
			continue
		}
		fix := preferred(f.Fixes())
		if fix == nil {
			left++
			continue
		}
		if f.Span.Start < end { // next round
			continue
		}
		for _, r := range records {
			if r.Span.Start <= f.Span.Start && f.Span.Start < r.Span.End {
				end = r.Span.End
				break
			}
		}
		edits = append(edits, fix.Edits...)
		if strings.Contains(fix.Title, usesLeft) {
			note = usesLeft
		}
	}
	return edits, note, left
}

func preferred(fixes []analysis.Fix) *analysis.Fix {
	for i := range fixes {
		if fixes[i].Preferred && len(fixes[i].Edits) > 0 {
			return &fixes[i]
		}
	}
	return nil
}

// cost says on which ABIs a record of the one snapshot has another layout in
// the other.
func cost(ctx context.Context, before, after *analysis.Snapshot) (string, error) {
	old, err := before.Records(ctx)
	if err != nil {
		return "", err
	}
	records, err := after.Records(ctx)
	if err != nil {
		return "", err
	}
	now := map[string]*analysis.Record{}
	for _, r := range records {
		now[r.Name] = r
	}
	shipped := before.Config().Shipped
	var names []string
	for _, r := range old {
		other := now[r.Name]
		if other == nil || !r.Named() || !before.InScope(r) || shipped != nil && !shipped(r) {
			continue
		}
		for i, v := range r.Views {
			name := v.Target.ABI.Name
			if v.Layout != nil && other.Views[i].Layout != nil && moves(v.Layout, other.Views[i].Layout) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	order := func(name string) int {
		return slices.IndexFunc(old[0].Views, func(v analysis.View) bool { return v.Target.ABI.Name == name })
	}
	slices.SortFunc(names, func(a, b string) int { return order(a) - order(b) })
	return changes(names), nil
}

// moves tells whether a record's size, or the offset of a member, is another.
func moves(a, b *layout.Layout) bool {
	if a.Size != b.Size {
		return true
	}
	at := map[string]int64{}
	for _, m := range layout.Members(b) {
		at[m.Path] = m.BitOffset
	}
	for _, m := range layout.Members(a) {
		if offset, ok := at[m.Path]; ok && offset != m.BitOffset {
			return true
		}
	}
	return false
}

// changes is what a title says at its end of an edit that breaks programs.
func changes(names []string) string { return " (changes the ABI on " + List(names) + ")" }
