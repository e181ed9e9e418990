package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"abide/analysis"
	"abide/analysis/baseline"
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

func check(ctx context.Context, sub *subcommand, s streams, args []string) int {
	o, ok := parse(sub, s, args)
	if !ok {
		return exitTrouble
	}
	if len(o.files) == 0 && o.changed == "" {
		fmt.Fprintf(s.err, "abide check: no file given\nusage: abide %s %s\n", sub.name, sub.usage)
		return exitTrouble
	}
	session, err := o.session()
	if err != nil {
		fmt.Fprintf(s.err, "abide check: %v\n", err)
		return exitTrouble
	}
	c := newChecking(o, s, session)
	if o.changed != "" {
		if c.since, err = newSince(o, o.files); err == nil && len(o.files) == 0 {
			o.files, err = c.since.files()
		}
		if err != nil {
			return c.trouble("%v", err)
		}
	}
	return c.run(ctx)
}

// checking is one run of check.
type checking struct {
	*options
	session *analysis.Session
	since   *since // nil for all findings
	report  checkReport
	out     io.Writer // of the report
	err     io.Writer
	failOn  analysis.Severity // Off for never
	code    int
}

func newChecking(o *options, s streams, session *analysis.Session) *checking {
	c := &checking{options: o, session: session, report: newCheckReport(o, s), out: s.out, err: s.err}
	if !o.kbuild || o.given("fail-on") {
		c.failOn, _ = analysis.ParseSeverity(o.failOn)
	}
	if o.kbuild && o.format == "text" {
		c.out = s.err
	}
	return c
}

func (c *checking) run(ctx context.Context) int {
	files := c.inputs(ctx)
	indexed(ctx, c.session, c.files)
	progress := newProgress(c.err, len(files))
	each(ctx, files, func(ctx context.Context, file string) checked {
		r := checkFile(ctx, c.session, file)
		if c.since != nil && r.err == nil {
			r.err = c.since.touched(ctx, &r)
		}
		return r
	}, func(file string, r checked) {
		progress.step(file)
		var b bytes.Buffer
		c.done(&b, file, &r, progress)
		if b.Len() > 0 {
			progress.clear()
			c.out.Write(b.Bytes())
		}
	})
	progress.clear()
	if ctx.Err() != nil {
		return c.trouble("interrupted")
	}
	c.gone()
	var b bytes.Buffer
	c.report.end(&b)
	c.out.Write(b.Bytes())
	return c.code
}

// gone says which files that the baseline describes are no longer in the
// directories that are checked: no finding can stand in them.
func (c *checking) gone() {
	for _, arg := range c.files {
		dir, err := filepath.Abs(arg)
		if info, statErr := os.Stat(arg); err != nil || statErr != nil || !info.IsDir() {
			continue
		}
		b, ok := c.resolver.For(filepath.Join(dir, "any.h")).Baseline.(*baseline.Baseline)
		if !ok {
			continue
		}
		for _, path := range b.Below(dir) {
			if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
				continue
			}
			fmt.Fprintf(c.err, "abide check: %s was shipped, and is gone; if that is meant, run 'abide baseline' again\n", newShownPath("", "").of(path))
			if c.code == exitClean && c.failOn != analysis.Off {
				c.code = exitFindings
			}
		}
	}
}

// inputs is the files to check, each once, in order.
func (c *checking) inputs(ctx context.Context) []string {
	files, errs := expand(c.files)
	for _, err := range errs {
		c.trouble("%v", err)
	}
	if c.kbuild {
		files = append(files, ownHeaders(ctx, c.session, files)...)
	}
	return files
}

// done takes over what came out of a file.
func (c *checking) done(w io.Writer, file string, r *checked, p *progress) {
	if r.err != nil || r.database != nil {
		p.clear()
	}
	if c.sayConfig(c.err, file) {
		c.code = exitTrouble
	}
	if r.database != nil {
		c.trouble("%v", r.database)
	}
	if r.err != nil {
		c.trouble("%v", r.err)
		return
	}
	for i := range r.findings {
		if c.failOn != analysis.Off && r.findings[i].Severity >= c.failOn && c.code == exitClean {
			c.code = exitFindings
		}
	}
	c.report.file(w, file, r)
}

// trouble says why something could not be checked.
func (c *checking) trouble(format string, args ...any) int {
	fmt.Fprintf(c.err, "abide check: %s\n", printable(fmt.Sprintf(format, args...)))
	c.code = exitTrouble
	return c.code
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
