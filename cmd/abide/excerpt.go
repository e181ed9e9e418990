package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"abide/analysis"
	"abide/analysis/cpp"
	"abide/analysis/text"
)

// maxExcerpt is how many bytes of a source line are shown.
const maxExcerpt = 200

// excerpt writes the source line of a span and underlines the span.
func excerpt(w io.Writer, p paint, f *text.File, span text.Span) {
	line := f.LineOf(span.Start)
	start, end := f.LineStart(line), f.LineEnd(line)
	if span.Start-start > maxExcerpt {
		return
	}
	end = min(end, start+maxExcerpt)
	source := f.Content()[start:end]
	under := min(span.End, end) - span.Start
	before := printable(source[:min(span.Start, end)-start])
	marked := ""
	if under > 0 {
		marked = printable(source[span.Start-start : span.Start-start+under])
	}
	number := fmt.Sprintf("%5d", line+1)
	fmt.Fprintf(w, "%s | %s\n", number, printable(source))
	fmt.Fprintf(w, "%s | %s%s\n", strings.Repeat(" ", len(number)), blank(before),
		p.good("^"+strings.Repeat("~", max(0, utf8.RuneCountInString(marked)-1))))
}

// blank keeps the tabs of a text, so that what follows lines up with it.
func blank(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, s)
}

// printable takes what would act on a terminal out of a text.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// position writes a place as "path:line:column".
func position(s *analysis.Snapshot, shown shownPath, loc cpp.Loc) string {
	path := printable(shown.of(loc.Path))
	f := s.Text()
	if loc.Path != s.Path() {
		content, err := s.Read(loc.Path)
		if err != nil {
			return path
		}
		f = text.New(content)
	}
	line := f.LineOf(loc.Start)
	return fmt.Sprintf("%s:%d:%d", path, line+1, loc.Start-f.LineStart(line)+1)
}

// paint colours text for a terminal, or leaves it alone.
type paint bool

// newPaint decides by --color, $NO_COLOR (no-color.org) and where the output goes.
func newPaint(mode string, out io.Writer) paint {
	switch mode {
	case "always":
		return true
	case "never":
		return false
	}
	return paint(os.Getenv("NO_COLOR") == "" && isTerminal(out))
}

// The SGR parameters that gcc and clang use for the same things.
const (
	sgrBold    = "1"
	sgrError   = "1;31"
	sgrWarning = "1;35"
	sgrNote    = "1;36"
	sgrGood    = "1;32"
	sgrGap     = "33"
)

func (p paint) in(sgr, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

func (p paint) bold(s string) string { return p.in(sgrBold, s) }
func (p paint) note(s string) string { return p.in(sgrNote, s) }
func (p paint) good(s string) string { return p.in(sgrGood, s) }

func (p paint) severity(severity analysis.Severity, s string) string {
	switch severity {
	case analysis.Error:
		return p.in(sgrError, s)
	case analysis.Warning:
		return p.in(sgrWarning, s)
	}
	return p.in(sgrNote, s)
}
