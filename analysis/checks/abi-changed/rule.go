// Package abichanged is the rule abi-changed: a record or command that differs
// from what has been shipped.
package abichanged

import (
	_ "embed"
	"fmt"
	"slices"

	"abide/analysis"
	"abide/analysis/baseline"
	"abide/analysis/cpp"
	"abide/analysis/payload"
	"abide/analysis/text"
)

//go:embed doc.md
var doc string

// Check reports what differs from the baseline, once for each cause.
var Check = &analysis.Check{
	Name:     "abi-changed",
	Summary:  "a record or command that differs from what the baseline says was shipped",
	Doc:      doc,
	Severity: analysis.Error,
	Run:      run,
}

// severities is how bad each kind of change is.
var severities = map[baseline.Kind]analysis.Severity{
	baseline.Extended:  analysis.Information,
	baseline.Realigned: analysis.Warning,
	baseline.Renamed:   analysis.Warning,
	baseline.Broken:    analysis.Error,
	baseline.Removed:   analysis.Error,
}

func run(p *analysis.Pass) {
	b, ok := p.Config().Baseline.(*baseline.Baseline)
	if !ok {
		return
	}
	review, err := b.Review(p.Context(), p.Snapshot)
	if err != nil || review == nil {
		return
	}
	for _, r := range review.Records {
		if !r.Consequence() {
			p.Report(record(p, review, r))
		}
	}
	for _, c := range review.Commands {
		if !c.Consequence() {
			p.Report(command(p, c))
		}
	}
}

func record(p *analysis.Pass, review *baseline.Review, r *baseline.ReviewedRecord) analysis.Finding {
	worst := r.Changes[0]
	f := analysis.Finding{
		Severity: severities[worst.Kind], Record: r.Name, ABIs: worst.ABIs, Span: whole(p, r),
		Message: message(r.Name, &worst) + onABIs(p, worst.ABIs),
	}
	if d := worst.First; d != nil && d.New != nil {
		f.Field = d.New.Name
		if span, ok := member(p, r, worst.ABIs, d.New.Name); ok {
			f.Span = span
		}
	}
	at := cpp.Loc{Path: p.Path(), Span: f.Span}
	if r.Own != nil {
		at.Span = r.Own.NameSpan
	}
	for _, c := range r.Changes {
		if c.Kind == baseline.Removed {
			f.Related = append(f.Related, analysis.Related{Loc: at, Message: "shipped on " + payload.List(c.ABIs) + ": " + listed(c.Old, c.First)})
			continue
		}
		if c.Kind == baseline.Realigned {
			continue // the message says it all
		}
		on := onABIs(p, c.ABIs)
		f.Related = append(f.Related,
			analysis.Related{Loc: at, Message: "shipped" + on + ": " + listed(c.Old, c.First)},
			analysis.Related{Loc: at, Message: "now" + on + ": " + listed(c.New, c.First)})
	}
	f.Related = append(f.Related, consequences(p, review, r)...)
	f.Related = payload.Bounded(f.Related)
	return f
}

// whole is where a record is reported on as such: its name, or the file's first
// line if it is gone.
func whole(p *analysis.Pass, r *baseline.ReviewedRecord) text.Span {
	if r.Own != nil {
		return r.Own.NameSpan
	}
	return text.Span{Start: 0, End: p.Text().LineEnd(0)}
}

// member is where the name of a member stands in this file.
func member(p *analysis.Pass, r *baseline.ReviewedRecord, abis []string, name string) (text.Span, bool) {
	for i := range r.Views {
		v := &r.Views[i]
		if v.Layout == nil || v.Target.ABI.Name != abis[0] {
			continue
		}
		for _, m := range analysis.Members(v.Layout) {
			if m.Path == name {
				return p.TokenSpan(v.Target, m.Field.Decl.NameTok)
			}
		}
	}
	return text.Span{}, false
}

// consequences is what else of this file differs by a record.
func consequences(p *analysis.Pass, review *baseline.Review, r *baseline.ReviewedRecord) (list []analysis.Related) {
	for _, x := range review.Records {
		if slices.Contains(x.Causes, r) && x.Own != nil {
			c := x.Changes[0]
			list = append(list, analysis.Related{
				Loc:     cpp.Loc{Path: p.Path(), Span: x.Own.NameSpan},
				Message: message(x.Name, &c) + onABIs(p, c.ABIs),
			})
		}
	}
	for _, x := range review.Commands {
		if follows(x.Causes, r) && x.Own != nil {
			list = append(list, analysis.Related{Loc: x.Own.Loc, Message: numbers(p, x)})
		}
	}
	return list
}

// follows tells whether a record is among some causes, or is the cause of one.
func follows(causes []*baseline.ReviewedRecord, r *baseline.ReviewedRecord) bool {
	return slices.ContainsFunc(causes, func(x *baseline.ReviewedRecord) bool { return x == r || slices.Contains(x.Causes, r) })
}

func command(p *analysis.Pass, c *baseline.ReviewedCommand) analysis.Finding {
	f := analysis.Finding{
		Severity: analysis.Error, Command: c.Name, ABIs: c.Changes[0].ABIs, Message: numbers(p, c),
		Span: text.Span{Start: 0, End: p.Text().LineEnd(0)},
	}
	if c.Own != nil {
		f.Span = c.Own.Span
	}
	return f
}

// numbers says how a command differs.
func numbers(p *analysis.Pass, c *baseline.ReviewedCommand) string {
	message := c.Name
	for i, change := range c.Changes {
		if i > 0 {
			message += ";"
		}
		if change.Kind == baseline.Removed {
			message += fmt.Sprintf(" was shipped as %#08x, and is not defined any more", change.Old.Number)
		} else {
			message += fmt.Sprintf(" is %#08x now, shipped as %#08x", change.New.Number, change.Old.Number)
		}
		message += onABIs(p, change.ABIs)
	}
	return message
}

// onABIs names ABIs where they are not all that are compared.
func onABIs(p *analysis.Pass, abis []string) string {
	if len(abis) == len(p.Config().ABIs) {
		return ""
	}
	return " on " + payload.List(abis)
}
