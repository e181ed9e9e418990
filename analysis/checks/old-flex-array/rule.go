// Package oldflexarray is the rule old-flex-array: arrays of variable length
// that are not written as such, or that something follows.
package oldflexarray

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports [0] and [1] at the end of records, and at warning members that
// lie behind an array of variable length.
var Check = &analysis.Check{
	Name:     "old-flex-array",
	Summary:  "[0] or [1] for an array of variable length, or one that is not last",
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
		for i, m := range r.Members {
			last := i == len(r.Members)-1 || r.Union
			name := payload.Quoted(m)
			bound, old := r.OldFlexible(m, last)
			switch {
			case !last && (bound == "0" || r.Flexible(m)):
				p.Report(r.Finding(m, analysis.Warning, name+" has no length of its own, but "+payload.Quoted(r.Members[i+1])+" lies at the same place"))
			case !last && r.EndsOpen(m):
				p.Report(r.Finding(m, analysis.Warning, name+" ends in an array of variable length, but "+payload.Quoted(r.Members[i+1])+" follows"))
			case old:
				f := r.Finding(m, analysis.Hint, name+" is an array of variable length, written as ["+bound+"]")
				f.Plan = func() []analysis.Fix { return r.FlexibleFixes(m) }
				p.Report(f)
			}
		}
	}
}
