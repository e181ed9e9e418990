// Package enumfield is the rule enum-field: an enum in a payload.
package enumfield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports enums, at warning where their size differs between ABIs.
var Check = &analysis.Check{
	Name:     "enum-field",
	Summary:  "an enum in a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Members {
			switch {
			case r.Blame(m) == payload.EnumRule:
				f := r.TypeFinding(m, r.Width(m))
				f.Plan = func() []analysis.Fix { return append(r.IntegerFixes(m, false), compat.Fixes(p, r)...) }
				p.Report(f)
			case r.Enum(m) && !r.Bitfield(m):
				f := r.Finding(m, analysis.Hint, payload.Quoted(m)+" is an enum: the compiler chooses its size and sign")
				f.Plan = func() []analysis.Fix { return r.FixedFixes(m, true) }
				p.Report(f)
			}
		}
	}
}
