// Package plainchar is the rule plain-char: a single plain char in a payload.
package plainchar

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports members that are a char, not arrays of them: those are text.
var Check = &analysis.Check{
	Name:     "plain-char",
	Summary:  "a single plain char in a payload",
	Doc:      doc,
	Severity: analysis.Hint,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Members {
			if r.PlainChar(m) && !r.Bitfield(m) {
				f := r.Finding(m, analysis.Hint, payload.Quoted(m)+" is a plain char: "+r.CharSigns())
				f.Plan = func() []analysis.Fix { return append(r.FixedFixes(m, true), r.FixedFixes(m, false)...) }
				p.Report(f)
			}
		}
	}
}
