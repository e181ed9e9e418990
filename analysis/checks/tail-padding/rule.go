// Package tailpadding is the rule tail-padding: unused bytes behind the last
// member of a payload.
package tailpadding

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports tail padding on the last member: a warning where ABIs disagree
// about it, information where it is the same on all of them.
var Check = &analysis.Check{
	Name:     "tail-padding",
	Summary:  "a payload that is larger than its last member's end",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		g := r.Tail
		if r.Partial || r.Union || g == nil || !g.Lasting || g.Agreed() && r.EndsFlexible() || r.Overlaid() {
			continue
		}
		severity, what := analysis.Information, "of padding behind "+payload.Quoted(g.After)
		if !g.Agreed() {
			severity = r.Harm()
		}
		f := r.Finding(g.After, severity, r.Gap(g, payload.Bits, what))
		f.ABIs = r.Names(func(i int) bool { return g.Bits[i] != 0 })
		if !g.Agreed() {
			f.Related = r.Consequences(g.After)
		}
		f.Plan = func() []analysis.Fix {
			if g.Agreed() {
				return r.PadFixes(g)
			}
			return append(r.PadFixes(g), compat.Fixes(p, r)...)
		}
		p.Report(f)
	}
}
