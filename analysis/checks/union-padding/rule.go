// Package unionpadding is the rule union-padding: a union in a payload that is
// larger than what is written to it.
package unionpadding

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports unions whose tail differs between ABIs, and those with members
// of different size that nothing beside them tells apart.
var Check = &analysis.Check{
	Name:     "union-padding",
	Summary:  "a union in a payload whose members leave bytes unwritten",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		if r.Partial || !r.Union {
			continue
		}
		if g := r.Tail; g != nil && g.Lasting && !g.Agreed() {
			f := r.Finding(g.After, r.Harm(), r.Gap(g, payload.Bits, "of padding behind the largest member"))
			f.ABIs = r.Names(func(i int) bool { return g.Bits[i] != 0 })
			f.Related = r.Consequences(g.After)
			f.Plan = func() []analysis.Fix { return append(r.PadFixes(g), compat.Fixes(p, r)...) }
			p.Report(f)
			continue
		}
		if small, large, ok := r.Unwritten(); ok {
			f := analysis.Finding{
				Severity: analysis.Information,
				Span:     r.NameSpan,
				Record:   r.Record.Name,
				Message: "members of " + r.Record.Name + " take from " + payload.Bits(small) + " to " + payload.Bits(large) +
					", and nothing tells which one is written",
			}
			f.Plan = r.RawFixes
			p.Report(f)
		}
	}
}
