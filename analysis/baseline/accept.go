package baseline

import (
	"context"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/text"
)

// Accept tells which findings about a file are about what has been shipped as
// it is: those that stand in the definition of a record or command that has not
// changed, and as many of a rule as the baseline accepts for the rest of the
// file. A finding about an ABI that the baseline does not know is not accepted.
// The function is called for each finding once, in order.
func (b *Baseline) Accept(ctx context.Context, s *analysis.Snapshot) (func(*analysis.Finding) bool, error) {
	review, err := b.Review(ctx, s)
	if err != nil || review == nil {
		return func(*analysis.Finding) bool { return false }, err
	}
	places, err := placesOf(ctx, s)
	if err != nil {
		return nil, err
	}
	left := map[string]int{}
	for _, a := range review.File.Accepted {
		left[a.Rule] = a.Count
	}
	return func(f *analysis.Finding) bool {
		if slices.ContainsFunc(f.ABIs, func(a string) bool { return !slices.Contains(b.ABIs, a) }) {
			return false
		}
		if name := places.of(f); review.File.describes(name) {
			return review.known[name]
		}
		if left[f.Rule] > 0 {
			left[f.Rule]--
			return true
		}
		return false
	}, nil
}

// describes tells whether a record, or a "command X", is in the description.
func (f *File) describes(name string) bool {
	if command, ok := strings.CutPrefix(name, "command "); ok {
		return f.Command(command) != nil
	}
	return f.Record(name) != nil
}

// Rest counts, by rule, the findings that are about nothing that a file's
// description describes: what a baseline accepts for the file as a whole.
func (f *File) Rest(ctx context.Context, s *analysis.Snapshot, findings []analysis.Finding) ([]Accepted, error) {
	places, err := placesOf(ctx, s)
	if err != nil {
		return nil, err
	}
	var list []Accepted
	for i := range findings {
		found := &findings[i]
		if f.describes(places.of(found)) {
			continue
		}
		at := slices.IndexFunc(list, func(a Accepted) bool { return a.Rule == found.Rule })
		if at < 0 {
			list = append(list, Accepted{Rule: found.Rule})
			at = len(list) - 1
		}
		list[at].Count++
	}
	slices.SortFunc(list, func(a, b Accepted) int { return strings.Compare(a.Rule, b.Rule) })
	return list, nil
}

// places is where the definitions stand that findings may be about.
type places struct {
	names []string
	spans []text.Span
}

func placesOf(ctx context.Context, s *analysis.Snapshot) (*places, error) {
	records, err := s.Records(ctx)
	if err != nil {
		return nil, err
	}
	commands, err := s.Commands(ctx)
	if err != nil {
		return nil, err
	}
	p := &places{}
	for _, r := range records { // in source order: inner ones come later
		if r.Named() {
			p.names, p.spans = append(p.names, r.Name), append(p.spans, r.Span)
		}
	}
	t := s.Text()
	for _, c := range commands {
		first := t.LineOf(c.Span.Start)
		p.names = append(p.names, "command "+c.Name)
		p.spans = append(p.spans, text.Span{Start: t.LineStart(first), End: endOfDirective(t, first)})
	}
	return p, nil
}

// of names the innermost definition around a finding; empty for none.
func (p *places) of(f *analysis.Finding) (name string) {
	for i, span := range p.spans {
		if span.Start <= f.Span.Start && f.Span.Start < span.End {
			name = p.names[i]
		}
	}
	return name
}

// endOfDirective is the end of a line and of those that it goes on in.
func endOfDirective(t *text.File, line int) int {
	content := t.Content()
	for line+1 < t.LineCount() {
		end := t.LineEnd(line)
		if end == 0 || content[end-1] != '\\' {
			break
		}
		line++
	}
	return t.LineEnd(line)
}
