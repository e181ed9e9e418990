// Package longfield is the rule long-field: an integer in a payload that is as
// wide as the ABI's word.
package longfield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports long, size_t and their like, typedefs followed.
var Check = &analysis.Check{
	Name:     "long-field",
	Summary:  "a long, size_t or the like in a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Blamed(payload.LongRule) {
			f := r.TypeFinding(m, r.Width(m))
			f.Plan = func() []analysis.Fix { return append(r.WordFixes(m), compat.Fixes(p, r)...) }
			p.Report(f)
		}
	}
}
