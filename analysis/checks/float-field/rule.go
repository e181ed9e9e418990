// Package floatfield is the rule float-field: a floating-point number in a
// payload.
package floatfield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports float and double; at warning what differs between ABIs, as
// long double does.
var Check = &analysis.Check{
	Name:     "float-field",
	Summary:  "a floating-point number in a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Members {
			switch {
			case r.Blame(m) == payload.FloatRule:
				p.Report(r.TypeFinding(m, r.Width(m)))
			case r.Float(m) && r.LongDouble(m):
				p.Report(r.Finding(m, analysis.Warning, payload.Quoted(m)+" ("+r.TypeName(m)+") has another size and format on other ABIs"))
			case r.Float(m):
				p.Report(r.Finding(m, analysis.Information, payload.Quoted(m)+" ("+r.TypeName(m)+") is floating point, which the kernel does not compute with"))
			}
		}
	}
}
