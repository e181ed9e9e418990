// Package kerneltype is the rule kernel-type: a payload with a member whose
// type only the kernel has.
package kerneltype

import (
	_ "embed"
	"fmt"

	"abide/analysis"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports locks, lists, DMA addresses and their like, also where their
// definition is not found.
var Check = &analysis.Check{
	Name:     "kernel-type",
	Summary:  "a member of a payload whose type only the kernel has",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,

	PerRecord: true,
}

const reason = "has a type of the kernel's own, '%s', that user space does not know"

func run(p *analysis.Pass) {
	known := map[*analysis.Record]bool{}
	for _, r := range payload.Records(p) {
		if r.Partial {
			continue
		}
		known[r.Record] = true
		for _, m := range r.Blamed(payload.KernelTypeRule) {
			f := r.TypeFinding(m, payload.Quoted(m)+" "+fmt.Sprintf(reason, r.Known(m)))
			f.Severity = analysis.Warning // no compat record makes it known to user space
			p.Report(f)
		}
	}
	for _, r := range p.Subjects() {
		if known[r] {
			continue
		}
		for _, m := range payload.KernelMembers(p, r) {
			p.Report(analysis.Finding{
				Severity: analysis.Warning,
				Span:     m.Span,
				Message:  "'" + m.Name + "' " + fmt.Sprintf(reason, m.Type),
				Record:   r.Name,
				Field:    m.Name,
			})
		}
	}
}
