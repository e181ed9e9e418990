package main

import (
	"fmt"
	"io"
	"strings"

	"abide/analysis"
	"abide/analysis/text"
)

// githubReport writes findings as GitHub's workflow commands, which a runner
// turns into annotations of the changed lines.
type githubReport struct{}

// githubLevels is the command for each severity.
var githubLevels = map[analysis.Severity]string{
	analysis.Error: "error", analysis.Warning: "warning", analysis.Information: "notice", analysis.Hint: "notice",
}

func (githubReport) file(w io.Writer, path string, r *checked) {
	t := r.snapshot.Text()
	shown := newShownPath(r.snapshot.Path(), path)
	for i := range r.findings {
		f := &r.findings[i]
		start, end := t.Position(f.Span.Start, text.UTF16), t.Position(f.Span.End, text.UTF16)
		message := f.Message
		for _, related := range f.Related {
			message += "\n" + position(r.snapshot, shown, related.Loc) + ": " + related.Message
		}
		fmt.Fprintf(w, "::%s file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,title=%s::%s\n", githubLevels[f.Severity],
			githubProperty.Replace(path), start.Line+1, end.Line+1, start.Character+1, end.Character+1,
			githubProperty.Replace("abide "+f.Rule), githubData.Replace(message))
	}
}

func (githubReport) end(io.Writer) {}

// What must be escaped in a command's message, and in its properties.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
