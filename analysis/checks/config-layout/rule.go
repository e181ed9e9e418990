// Package configlayout is the rule config-layout: a payload that depends on
// the kernel's configuration.
package configlayout

import (
	_ "embed"
	"regexp"
	"strings"

	"abide/analysis"
	"abide/analysis/payload"
	"abide/analysis/text"
)

//go:embed doc.md
var doc string

// Check reports each conditional on a CONFIG_ symbol among a payload's members.
var Check = &analysis.Check{
	Name:     "config-layout",
	Summary:  "a payload with members under #if CONFIG_…",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,
}

var symbol = regexp.MustCompile(`\bCONFIG_[A-Za-z0-9_]+`)

func run(p *analysis.Pass) {
	content := p.Text().Content()
	records := p.Subjects()
	for i, r := range records {
		if !strings.Contains(content[r.Span.Start:r.Span.End], "CONFIG_") {
			continue
		}
		told := map[text.Span]bool{} // one finding for the branches of one #if
		for _, b := range payload.Branches(p, r.Span) {
			name := symbol.FindString(b.Text)
			if name == "" || told[b.End] || inner(records[i+1:], b.Span.Start) {
				continue
			}
			told[b.End] = true
			start := b.Span.Start + max(0, strings.Index(content[b.Span.Start:b.Span.End], name))
			p.Report(analysis.Finding{
				Severity: analysis.Warning,
				Span:     text.Span{Start: start, End: min(start+len(name), b.Span.End)},
				Message:  r.Name + " depends on " + name + ", which user space does not know",
				Record:   r.Name,
			})
		}
	}
}

// inner tells whether one of the records that begin later holds an offset.
func inner(later []*analysis.Record, offset int) bool {
	for _, r := range later {
		if r.Span.Start > offset {
			return false
		}
		if offset < r.Span.End {
			return true
		}
	}
	return false
}
