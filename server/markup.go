package server

import (
	"strings"

	"go.lsp.dev/protocol"

	"abide/analysis"
	"abide/analysis/render"
)

// markup is a hover's text in the form that the client shows.
func (s *server) markup(facts *analysis.Hover) *protocol.MarkupContent {
	text := render.Hover(facts)
	if s.client.markdown {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	}
	return &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: plain(text)}
}

var unmark = strings.NewReplacer("**", "", "`", "", `\*`, "*", `\_`, "_")

// plain takes the marks out of Markdown whose tables and listings stand in
// fences: those are kept as they are.
func plain(markdown string) string {
	var lines []string
	fenced := false
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
			continue
		case !fenced && strings.Trim(line, "-") == "" && len(line) >= 3:
			continue // a rule between sections
		case !fenced:
			line = unmark.Replace(strings.TrimLeft(line, "# "))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
