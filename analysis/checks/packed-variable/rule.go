// Package packedvariable is the rule packed-variable: a packed payload that
// still differs between ABIs.
package packedvariable

import (
	_ "embed"
	"slices"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports pointers and integers as wide as a word in packed records.
var Check = &analysis.Check{
	Name:     "packed-variable",
	Summary:  "a pointer, long or the like in a packed payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Blamed(payload.PackedVariableRule) {
			message, plan := describe(p, r, m)
			f := r.TypeFinding(m, "packed, but "+message)
			f.Plan = plan
			p.Report(f)
		}
	}
}

func describe(p *analysis.Pass, r *payload.Record, m *cause.Member) (message string, plan func() []analysis.Fix) {
	if slices.Contains(r.Pointers, m) {
		return r.PointerMessage(m), func() []analysis.Fix { return append(r.IntegerFixes(m, false), compat.Fixes(p, r)...) }
	}
	return r.Width(m), func() []analysis.Fix { return append(r.WordFixes(m), compat.Fixes(p, r)...) }
}
