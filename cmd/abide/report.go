package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"abide/analysis"
)

// checkReport writes findings in one format.
type checkReport interface {
	file(w io.Writer, path string, r *checked)
	end(w io.Writer)
}

// newCheckReport makes the report that --format asks for.
func newCheckReport(o *options, s streams) checkReport {
	switch o.format {
	case "json":
		return &jsonReport{document: findingsDocument{Schema: schema, Findings: []jsonFinding{}}}
	case "sarif":
		return newSarifReport()
	case "github":
		return githubReport{}
	}
	out := io.Writer(s.out)
	if o.kbuild {
		out = s.err
	}
	return &textReport{paint: newPaint(o.color, out), verbose: o.verbose, brief: o.kbuild}
}

// textReport writes findings as compilers and clang-tidy do.
type textReport struct {
	paint   paint
	verbose bool
	brief   bool // as sparse: no source lines, no summary
	counts  [analysis.Error + 1]int
	files   int
}

func (t *textReport) file(w io.Writer, path string, r *checked) {
	path = printable(path)
	shown := newShownPath(r.snapshot.Path(), path)
	if t.verbose {
		t.facts(w, path, r, shown)
	}
	if len(r.findings) > 0 {
		t.files++
	}
	text := r.snapshot.Text()
	for i := range r.findings {
		f := &r.findings[i]
		t.counts[f.Severity]++
		line := text.LineOf(f.Span.Start)
		column := f.Span.Start - text.LineStart(line) + 1
		where := fmt.Sprintf("%s:%d:%d:", path, line+1, column)
		fmt.Fprintf(w, "%s %s %s\n", t.paint.bold(where), t.paint.severity(f.Severity, f.Severity.String()+":"),
			t.paint.bold(printable(f.Message))+" ["+f.Rule+"]")
		if !t.brief {
			excerpt(w, t.paint, text, f.Span)
		}
		for _, related := range f.Related {
			fmt.Fprintf(w, "%s %s %s\n", t.paint.bold(position(r.snapshot, shown, related.Loc)+":"), t.paint.note("note:"), printable(related.Message))
		}
	}
}

// facts says what -v asks for: how the file was read, and what was missing.
func (t *textReport) facts(w io.Writer, path string, r *checked, shown shownPath) {
	names := make([]string, len(r.targets))
	for i, target := range r.targets {
		names[i] = target.ABI.Name
	}
	source := r.command
	if source == "" {
		source = "default"
	}
	fmt.Fprintf(w, "%s: read for %s; compiler flags: %s\n", path, strings.Join(names, ", "), source)
	for _, h := range headersOf(r.targets) {
		fmt.Fprintf(w, "%s: headers for %s: %s\n", path, strings.Join(h.abis, ", "), printable(h.found))
	}
	for _, u := range r.unresolved {
		if slices.ContainsFunc(r.findings, func(f analysis.Finding) bool { return u.Loc.Path == r.snapshot.Path() && tells(&f, &u) }) {
			continue
		}
		where := ""
		if len(u.ABIs) < len(r.targets) {
			list := make([]string, len(u.ABIs))
			for i, a := range u.ABIs {
				list[i] = a.Name
			}
			where = " (" + strings.Join(list, ", ") + ")"
		}
		what := printable(u.Reason)
		if u.Name != "" {
			what = printable(u.Name) + ": " + what
		}
		fmt.Fprintf(w, "%s: %s %s%s\n", position(r.snapshot, shown, u.Loc), t.paint.note("note:"), what, where)
	}
}

// tells tells whether a finding says already what could not be read at a place.
func tells(f *analysis.Finding, u *analysis.Unresolved) bool {
	return f.Span.Start == u.Loc.Start && strings.HasSuffix(f.Message, u.Reason)
}

func (t *textReport) end(w io.Writer) {
	var parts []string
	for severity := analysis.Error; severity > analysis.Off; severity-- {
		if n := t.counts[severity]; n > 0 {
			parts = append(parts, plural(n, severity.String()))
		}
	}
	if len(parts) > 0 && !t.brief {
		fmt.Fprintf(w, "%s in %s\n", strings.Join(parts, ", "), plural(t.files, "file"))
	}
}

func plural(n int, what string) string {
	if n == 1 || what == "information" {
		return fmt.Sprintf("%d %s", n, what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
