// Package leftout is the rule left-out: an #include that cannot be read, or
// text that goes beyond what abide reads.
package leftout

import (
	_ "embed"
	"strings"

	"abide/analysis"
	"abide/analysis/payload"
	"abide/analysis/text"
)

//go:embed doc.md
var doc string

// Check says once, at the line of this file, what abide has not read.
var Check = &analysis.Check{
	Name:     "left-out",
	Summary:  "an `#include` that cannot be read, or text beyond a limit of abide's",
	Doc:      doc,
	Severity: analysis.Information,
	Run:      run,
}

type place struct {
	span    text.Span
	message string
}

func run(p *analysis.Pass) {
	var order []place
	abis := map[place][]string{}
	for _, t := range p.Targets() {
		for _, l := range t.Result.LeftOut() {
			at := place{l.Loc.Span, l.Message}
			if abis[at] == nil {
				order = append(order, at)
			}
			abis[at] = append(abis[at], t.ABI.Name)
		}
	}
	for _, at := range order {
		message := at.message
		if len(abis[at]) < len(p.Targets()) {
			message = strings.Replace(message, ":", " on "+payload.List(abis[at])+":", 1)
		}
		p.Report(analysis.Finding{Severity: analysis.Information, Span: at.span, Message: message, ABIs: abis[at]})
	}
}
