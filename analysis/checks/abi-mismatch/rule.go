// Package abimismatch is the rule abi-mismatch: a payload whose size or
// offsets differ between ABIs for a reason that no more special rule names.
package abimismatch

import (
	_ "embed"
	"fmt"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/compat"
	"abide/analysis/cpp"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports the first member that makes the difference; further ones are
// related information. Alignment alone is never a finding.
var Check = &analysis.Check{
	Name:     "abi-mismatch",
	Summary:  "a payload whose size or offsets differ between ABIs",
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
		causes := causes(r)
		if len(causes) == 0 {
			if r.Resized && len(r.Members) > 0 {
				sizes := r.Groups(func(i int) int64 { return r.Views[i].Layout.Size })
				f := r.Finding(r.Members[0], r.Harm(), r.Record.Name+" is "+payload.Each(sizes, payload.Bytes))
				f.Span, f.Field = r.NameSpan, ""
				f.ABIs = r.Others(func(i int) int64 { return r.Views[i].Layout.Size })
				f.Related = r.Consequences(r.Members[0])
				f.Plan = func() []analysis.Fix { return compat.Fixes(p, r) }
				p.Report(f)
			}
			continue
		}
		first := causes[0]
		f := r.Finding(first.member, r.Harm(), first.message)
		f.ABIs = first.abis
		f.Related = append(r.HoleBefore(first.member), r.Consequences(first.member)...)
		f.Plan = func() []analysis.Fix { return compat.Fixes(p, r) }
		for _, c := range causes[1:] {
			span, _ := r.Place(c.member)
			f.Related = append(f.Related, analysis.Related{Loc: cpp.Loc{Path: p.Path(), Span: span}, Message: c.message})
		}
		p.Report(f)
	}
}

// mismatch is one member that differs by itself.
type mismatch struct {
	member  *cause.Member
	message string
	abis    []string
}

// causes lists the members that differ by themselves and that no other rule
// blames, in source order. A member whose type is a record of this file is left
// to that record.
func causes(r *payload.Record) []mismatch {
	var list []mismatch
	for _, m := range r.Blamed(payload.MismatchRule) {
		if r.Varies(m) {
			list = append(list, mismatch{m, r.Width(m), r.Others(func(i int) int64 { return r.Size(m, i) })})
			continue
		}
		place := func(i int) int64 { return r.Offset(m, i) }
		message := fmt.Sprintf("%s lies at %s", payload.Quoted(m), payload.Each(r.Groups(place), payload.Place))
		if groups := r.Groups(place); len(groups) < 2 {
			size := func(i int) int64 { return r.Size(m, i) }
			message = fmt.Sprintf("%s is %s", payload.Quoted(m), payload.Each(r.Groups(size), payload.Bits))
			place = size
		}
		list = append(list, mismatch{m, message, r.Others(place)})
	}
	return list
}
