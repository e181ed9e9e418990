// Package paddinghole is the rule padding-hole: unused bytes between two
// members of a payload.
package paddinghole

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/compat"
	"abide/analysis/payload"
	"abide/analysis/refactor"
)

//go:embed doc.md
var doc string

// Check reports a hole on the member behind it: a warning where ABIs disagree
// about it, information where it is the same on all of them.
var Check = &analysis.Check{
	Name:     "padding-hole",
	Summary:  "a gap between two members of a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		if r.Partial {
			continue
		}
		for _, g := range r.Gaps {
			if !g.Lasting || g.Before == nil || r.Absorbed(g) {
				continue
			}
			severity := analysis.Information
			if !g.Agreed() {
				severity = r.Harm()
			}
			f := r.Finding(g.Before, severity, r.Gap(g, payload.Wide, "hole before "+payload.Quoted(g.Before)))
			f.ABIs = r.Names(func(i int) bool { return g.Bits[i] != 0 })
			if !g.Agreed() {
				f.Related = r.Consequences(g.Before)
			}
			f.Plan = func() []analysis.Fix {
				fixes := r.PadFixes(g)
				if !r.Packed() {
					fixes = append(fixes, refactor.Reorder(p.Snapshot, r.Record)...)
				}
				if g.Agreed() {
					return fixes
				}
				return append(fixes, compat.Fixes(p, r)...)
			}
			p.Report(f)
		}
	}
}
