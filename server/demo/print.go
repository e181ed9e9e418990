package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"
)

// SGR parameters of ECMA-48.
const (
	bold    = "1"
	red     = "31"
	green   = "32"
	cyan    = "36"
	magenta = "1;35"
)

func (s *script) in(sgr, text string) string {
	if !s.paint || text == "" {
		return text
	}
	return "\x1b[" + sgr + "m" + text + "\x1b[0m"
}

func (s *script) title(format string, args ...any) {
	fmt.Fprintf(s, "\n%s\n\n", s.in(bold, fmt.Sprintf(format, args...)))
}

var severityNames = map[protocol.DiagnosticSeverity]string{
	protocol.DiagnosticSeverityError:       "error",
	protocol.DiagnosticSeverityWarning:     "warning",
	protocol.DiagnosticSeverityInformation: "information",
	protocol.DiagnosticSeverityHint:        "hint",
}

// diagnostic prints a diagnostic under the code that it is about.
func (s *script) diagnostic(d protocol.Diagnostic) {
	f := s.doc.Text
	start, end := s.doc.Offset(d.Range.Start), s.doc.Offset(d.Range.End)
	line := f.LineOf(start)
	source := f.Content()[f.LineStart(line):f.LineEnd(line)]
	column := width(source[:start-f.LineStart(line)])
	length := max(1, width(f.Content()[f.LineStart(line):min(end, f.LineEnd(line))])-column)
	fmt.Fprintf(s, "%5d | %s\n", line+1, expand(source))
	fmt.Fprintf(s, "      | %*s%s\n", column, "", s.in(green, "^"+strings.Repeat("~", length-1)))
	fmt.Fprintf(s, "      | %s %v %s\n", s.in(magenta, severityNames[d.Severity]+":"), d.Message, s.in(cyan, fmt.Sprintf("[%v]", d.Code)))
	for _, r := range d.RelatedInformation {
		fmt.Fprintf(s, "      |   line %d: %s\n", r.Location.Range.Start.Line+1, r.Message)
	}
	fmt.Fprintln(s)
}

// tab is the width of a tab stop.
const tab = 8

// expand replaces tabs by spaces.
func expand(line string) string {
	var b strings.Builder
	column := 0
	for _, r := range line {
		n := 1
		if r == '\t' {
			n = tab - column%tab
			b.WriteString(strings.Repeat(" ", n))
		} else {
			b.WriteRune(r)
		}
		column += n
	}
	return b.String()
}

// wrap indents a line and breaks it between words where it is too long.
func wrap(line string) string {
	const indent, limit = "  ", 100
	switch {
	case line == "":
		return ""
	case width(line) <= limit:
		return indent + line
	}
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(line) {
		n := utf8.RuneCountInString(word)
		switch {
		case b.Len() == 0:
			b.WriteString(indent)
		case column+1+n > limit:
			b.WriteString("\n" + indent + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

func width(line string) int { return utf8.RuneCountInString(expand(line)) }

// diff paints a unified diff.
func (s *script) diff(diff string) string {
	var b strings.Builder
	for line := range strings.Lines(diff) {
		text := strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(text, "+++"), strings.HasPrefix(text, "---"):
			text = s.in(bold, text)
		case strings.HasPrefix(text, "+"):
			text = s.in(green, text)
		case strings.HasPrefix(text, "-"):
			text = s.in(red, text)
		case strings.HasPrefix(text, "@@"):
			text = s.in(cyan, text)
		}
		b.WriteString("  " + text + "\n")
	}
	return b.String()
}
