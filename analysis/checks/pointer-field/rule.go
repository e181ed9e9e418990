// Package pointerfield is the rule pointer-field: a pointer in a payload.
package pointerfield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports data and function pointers, and arrays of them.
var Check = &analysis.Check{
	Name:     "pointer-field",
	Summary:  "a pointer in a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Blamed(payload.PointerRule) {
			f := r.TypeFinding(m, r.PointerMessage(m))
			f.Plan = func() []analysis.Fix { return append(r.IntegerFixes(m, false), compat.Fixes(p, r)...) }
			p.Report(f)
		}
	}
}
