package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"abide/analysis"
)

// checked is what came out of one file.
type checked struct {
	snapshot   *analysis.Snapshot
	findings   []analysis.Finding
	unresolved []analysis.Unresolved
	targets    []*analysis.Target
	command    string // where the compiler flags came from
	database   error  // why a compilation database cannot be read
	err        error
}

func check(ctx context.Context, c *subcommand, s streams, args []string) int {
	o, ok := parse(c, s, args)
	if !ok {
		return exitTrouble
	}
	if len(o.files) == 0 {
		fmt.Fprintf(s.err, "abide check: no file given\nusage: abide %s %s\n", c.name, c.usage)
		return exitTrouble
	}
	session, err := o.session()
	if err != nil {
		fmt.Fprintf(s.err, "abide check: %v\n", err)
		return exitTrouble
	}
	var report checkReport
	if o.format == "json" {
		report = &jsonReport{document: findingsDocument{Schema: schema, Findings: []jsonFinding{}}}
	} else {
		report = &textReport{paint: newPaint(o.color, s.out), verbose: o.verbose}
	}
	code := exitClean
	each(ctx, o.files, func(ctx context.Context, file string) checked {
		return checkFile(ctx, session, file)
	}, func(file string, r checked) {
		if r.database != nil {
			fmt.Fprintf(s.err, "abide check: %v\n", r.database)
			code = exitTrouble
		}
		if r.err != nil {
			fmt.Fprintf(s.err, "abide check: %v\n", r.err)
			code = exitTrouble
			return
		}
		for i := range r.findings {
			if r.findings[i].Severity >= analysis.Warning && code == exitClean {
				code = exitFindings
			}
		}
		var b bytes.Buffer
		report.file(&b, file, &r)
		write(s, b.Bytes())
	})
	var b bytes.Buffer
	report.end(&b)
	write(s, b.Bytes())
	return code
}

// write puts out one file's report at once.
func write(s streams, b []byte) {
	if len(b) > 0 {
		s.out.Write(b)
	}
}

func checkFile(ctx context.Context, session *analysis.Session, file string) (r checked) {
	defer forget(session, file)
	if r.snapshot, r.err = open(session, file); r.err != nil {
		return r
	}
	if r.findings, r.err = r.snapshot.Findings(ctx); r.err != nil {
		r.err = fmt.Errorf("checking %s: %w", file, r.err)
		return r
	}
	if r.unresolved, r.err = r.snapshot.Unresolved(ctx); r.err != nil {
		return r
	}
	if r.targets, r.err = r.snapshot.Targets(ctx); r.err != nil {
		return r
	}
	command, err := r.snapshot.Command(ctx)
	r.command, r.database = command.Source, err
	return r
}

// checkReport writes findings in one format.
type checkReport interface {
	file(w io.Writer, path string, r *checked)
	end(w io.Writer)
}

// textReport writes findings as clang-tidy does.
type textReport struct {
	paint   paint
	verbose bool
	counts  [analysis.Error + 1]int
	files   int
}

func (t *textReport) file(w io.Writer, path string, r *checked) {
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
		excerpt(w, t.paint, text, f.Span)
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
	for _, u := range r.unresolved {
		where := ""
		if len(u.ABIs) < len(r.targets) {
			list := make([]string, len(u.ABIs))
			for i, a := range u.ABIs {
				list[i] = a.Name
			}
			where = " (" + strings.Join(list, ", ") + ")"
		}
		fmt.Fprintf(w, "%s: %s %s: %s%s\n", position(r.snapshot, shown, u.Loc), t.paint.note("note:"), printable(u.Name), u.Reason, where)
	}
}

func (t *textReport) end(w io.Writer) {
	var parts []string
	for severity := analysis.Error; severity > analysis.Off; severity-- {
		if n := t.counts[severity]; n > 0 {
			parts = append(parts, plural(n, severity.String()))
		}
	}
	if len(parts) > 0 {
		fmt.Fprintf(w, "%s in %s\n", strings.Join(parts, ", "), plural(t.files, "file"))
	}
}

func plural(n int, what string) string {
	if n == 1 || what == "information" {
		return fmt.Sprintf("%d %s", n, what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
