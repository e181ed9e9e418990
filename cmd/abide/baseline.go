package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/baseline"
)

// writeBaseline describes files and writes that into the baseline, beside what it
// says about other files that are still there.
func writeBaseline(ctx context.Context, c *subcommand, s streams, args []string) int {
	o, ok := parse(c, s, args)
	if !ok {
		return exitTrouble
	}
	if len(o.files) == 0 {
		fmt.Fprintf(s.err, "abide baseline: no file given\nusage: abide %s %s\n", c.name, c.usage)
		return exitTrouble
	}
	w := baselineWriter{options: o, err: s.err}
	files, errs := expand(o.files)
	for _, err := range errs {
		w.trouble(err)
	}
	session, err := o.session()
	if err == nil {
		o.resolver.WithoutBaseline = true // it is to be written
		err = w.target(files)
	}
	if err != nil {
		fmt.Fprintf(s.err, "abide baseline: %v\n", err)
		return exitTrouble
	}
	indexed(ctx, session, o.files)
	var described []baseline.File
	progress := newProgress(s.err, len(files))
	each(ctx, files, func(ctx context.Context, file string) describedFile {
		return w.describe(ctx, session, file)
	}, func(file string, d describedFile) {
		progress.step(file)
		if o.sayConfig(s.err, file) {
			w.code = exitTrouble
		}
		if d.err != nil {
			progress.clear()
			w.trouble(d.err)
			return
		}
		if len(w.abis) == 0 {
			w.abis = d.abis
		}
		if !slices.Equal(w.abis, d.abis) {
			w.trouble(fmt.Errorf("%s is checked for other ABIs than the files before it: give --abi", file))
			return
		}
		described = append(described, d.file)
	})
	progress.clear()
	if ctx.Err() != nil {
		w.trouble(errors.New("interrupted; nothing is written"))
		return w.code
	}
	if err := w.write(described, s); err != nil {
		w.trouble(err)
	}
	return w.code
}

type baselineWriter struct {
	*options
	err  io.Writer
	code int
	path string // absolute; empty for standard output
	dir  string // that the baseline's paths are relative to
	abis []string
}

type describedFile struct {
	file baseline.File
	abis []string
	err  error
}

func (w *baselineWriter) trouble(err error) {
	fmt.Fprintf(w.err, "abide baseline: %v\n", err)
	w.code = exitTrouble
}

// target finds out which file to write: -o, or what the first file's
// .abide.toml names, or none.
func (w *baselineWriter) target(files []string) (err error) {
	path := w.output
	if path == "" && len(files) > 0 {
		first, err := filepath.Abs(files[0])
		if err != nil {
			return err
		}
		path = w.resolver.Baseline(first)
	}
	if path == "" || path == "-" {
		w.dir, err = os.Getwd()
		return err
	}
	w.path, err = filepath.Abs(path)
	w.dir = filepath.Dir(w.path)
	return err
}

func (w *baselineWriter) describe(ctx context.Context, session *analysis.Session, file string) (d describedFile) {
	defer forget(session, file)
	r := checkFile(ctx, session, file)
	if d.err = errors.Join(r.err, r.database); d.err != nil {
		return d
	}
	for _, t := range r.targets {
		d.abis = append(d.abis, t.ABI.Name)
	}
	d.file, d.err = baseline.DescribeShipped(ctx, r.snapshot, w.dir, r.findings)
	return d
}

// write puts the descriptions into the baseline.
func (w *baselineWriter) write(described []baseline.File, s streams) error {
	old, err := w.read()
	if err != nil {
		return err
	}
	next, ok := old.Renew(described, w.abis, w.dir)
	if !ok {
		return fmt.Errorf("%s describes other files for %s: give --abi %s, or remove it and describe all files again",
			w.output, strings.Join(old.ABIs, ", "), strings.Join(old.ABIs, ","))
	}
	text := next.Format()
	if w.path == "" {
		_, err := io.WriteString(s.out, text)
		return err
	}
	return replaceFile(w.path, text)
}

func (w *baselineWriter) read() (*baseline.Baseline, error) {
	if w.path == "" {
		return &baseline.Baseline{}, nil
	}
	return baseline.Load(w.path)
}

// replaceFile writes a file whole or not at all.
func replaceFile(path, text string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".abide-*")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	_, err = io.WriteString(f, text)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("cannot write %s: %w", path, err), os.Remove(f.Name()))
	}
	return nil
}
