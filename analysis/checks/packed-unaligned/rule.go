// Package packedunaligned is the rule packed-unaligned: a packed payload with
// members off their natural alignment.
package packedunaligned

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/cpp"
	"abide/analysis/payload"
	"abide/analysis/refactor"
)

//go:embed doc.md
var doc string

// Check reports the first such member of a record; the others are related
// information. Records with members of a fixed byte order are wire formats and
// left alone.
var Check = &analysis.Check{
	Name:     "packed-unaligned",
	Summary:  "a packed payload with a member off its natural alignment",
	Doc:      doc,
	Severity: analysis.Information,
	Run:      run,

	PerRecord: true,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		if r.Partial || !r.Packed() || r.Union || r.WireFormat() {
			continue
		}
		members := r.Unaligned()
		if len(members) == 0 {
			continue
		}
		f := r.Finding(members[0], analysis.Information, message(r, members[0])+": a pointer to it is not one to its type")
		f.ABIs = r.Names(func(i int) bool { return r.OffAlignment(members[0], i) })
		for _, m := range members[1:] {
			span, _ := r.Place(m)
			f.Related = append(f.Related, analysis.Related{Loc: cpp.Loc{Path: p.Path(), Span: span}, Message: message(r, m)})
		}
		f.Related = payload.Bounded(f.Related)
		f.Plan = func() []analysis.Fix { return append(r.AlignedFixes(), refactor.Reorder(p.Snapshot, r.Record)...) }
		p.Report(f)
	}
}

// message says where a member lies on the ABIs where that is not its alignment.
func message(r *payload.Record, m *cause.Member) string {
	for i := range r.Views {
		if r.OffAlignment(m, i) {
			at := r.Offset(m, i)
			return payload.Quoted(m) + " is packed to " + payload.Place(at) + ", off its natural alignment of " + payload.Bytes(r.Natural(m, i))
		}
	}
	return ""
}
