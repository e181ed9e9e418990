// Package bitfield is the rule bit-field: bit-fields in a payload.
package bitfield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/compat"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports each run of bit-fields once, and at warning the member whose
// place differs between ABIs. Records that have their bit-fields twice, in an
// order for each byte order, are left alone.
var Check = &analysis.Check{
	Name:     "bit-field",
	Summary:  "bit-fields in a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		for _, m := range r.Blamed(payload.BitRule) {
			if r.Partial {
				break
			}
			place := func(i int) int64 { return r.Offset(m, i) }
			f := r.Finding(m, r.Harm(), payload.Quoted(m)+" lies at "+payload.Each(r.Groups(place), payload.Place))
			f.ABIs = r.Others(place)
			f.Related = r.Consequences(m)
			f.Plan = func() []analysis.Fix { return compat.Fixes(p, r) }
			p.Report(f)
		}
		if r.ByteOrderPairs() {
			continue
		}
		var before *cause.Member
		for _, m := range r.Members {
			if r.Bitfield(m) && m.Decl().Name != 0 && (before == nil || !r.Bitfield(before)) && r.Blame(m) != payload.BitRule {
				p.Report(r.Finding(m, analysis.Hint, payload.Quoted(m)+" is a bit-field: the compiler chooses which bits it is"))
			}
			before = m
		}
	}
}
