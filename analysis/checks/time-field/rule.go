// Package timefield is the rule time-field: a time in a payload whose seconds
// end in 2038 on 32-bit ABIs.
package timefield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports time_t, struct timeval, struct timespec and their like.
var Check = &analysis.Check{
	Name:     "time-field",
	Summary:  "a time_t, timeval or timespec in a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Blamed(payload.TimeRule) {
			f := r.TypeFinding(m, r.Width(m)+"; seconds of 32 bits end in 2038")
			f.Plan = func() []analysis.Fix { return append(r.TimeFixes(m), compat.Fixes(p, r)...) }
			p.Report(f)
		}
	}
}
