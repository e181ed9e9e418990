// Package boolfield is the rule bool-field: a bool in a payload.
package boolfield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports _Bool, by whatever name.
var Check = &analysis.Check{
	Name:     "bool-field",
	Summary:  "a bool in a payload",
	Doc:      doc,
	Severity: analysis.Hint,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Members {
			if r.Bool(m) && !r.Bitfield(m) {
				f := r.Finding(m, analysis.Hint, payload.Quoted(m)+" is a bool: values other than 0 and 1 that a program passes are undefined behaviour")
				f.Plan = func() []analysis.Fix { return r.FixedFixes(m, true) }
				p.Report(f)
			}
		}
	}
}
