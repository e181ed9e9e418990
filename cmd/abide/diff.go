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
	"abide/analysis/abi"
	"abide/analysis/baseline"
	"abide/analysis/cpp"
	"abide/analysis/revision"
	"abide/analysis/tree"
)

// diff compares two trees, revisions or baselines.
func diff(ctx context.Context, c *subcommand, s streams, args []string) int {
	o, ok := parse(c, s, args)
	if !ok {
		return exitTrouble
	}
	fail := func(err error) int {
		fmt.Fprintf(s.err, "abide diff: %v\n", err)
		return exitTrouble
	}
	old, now, err := sides(o.files)
	if err != nil {
		fmt.Fprintf(s.err, "abide diff: %v\nusage: abide %s %s\n", err, c.name, c.usage)
		return exitTrouble
	}
	if _, err := o.session(); err != nil { // for the resolver
		return fail(err)
	}
	o.resolver.WithoutBaseline = true
	var described [2]*baseline.Baseline
	code := exitClean
	for i, side := range []*side{old, now} {
		b, troubles, err := side.describe(ctx, o)
		if err != nil {
			return fail(err)
		}
		for _, trouble := range troubles {
			code = fail(trouble)
		}
		described[i] = b
	}
	abis := baseline.Shared(described[0].ABIs, described[1].ABIs)
	if len(abis) == 0 {
		return fail(fmt.Errorf("%s and %s have no ABI in common", old.name, now.name))
	}
	found := baseline.Diff(described[0], described[1])
	if o.format == "json" {
		write(s, encode(newDiffDocument(old.name, now.name, abis, found)))
	} else {
		w := &diffWriter{paint: newPaint(o.color, s.out), abis: abis}
		w.write(found)
		write(s, []byte(w.b.String()))
	}
	if code == exitClean && slices.ContainsFunc(found, breaks) {
		code = exitFindings
	}
	return code
}

// breaks tells whether programs that exist no longer understand something of a
// file.
func breaks(f baseline.FileDiff) bool {
	return slices.ContainsFunc(f.Records, func(r baseline.RecordDiff) bool { return harmful(r.Kind()) }) ||
		slices.ContainsFunc(f.Commands, func(c baseline.CommandDiff) bool { return harmful(c.Kind()) })
}

func harmful(k baseline.Kind) bool { return k == baseline.Broken || k == baseline.Removed }

// side is one side of a comparison: a baseline, or files of a file system.
type side struct {
	name  string // as it was given
	ready *baseline.Baseline
	disk  cpp.FS   // nil for the real one
	files []string // absolute
	dir   string   // that they are named relative to
	roots []string // the files and directories that were given, absolute
	// beside is the baseline on the other side; nil for all records.
	beside *baseline.Baseline
}

// align has files that are compared with a baseline named as that names them,
// leaves in the baseline what lies where they come from, and of their records
// those that a baseline would have.
func align(b, other *side) {
	if b.ready == nil || other.ready != nil {
		return
	}
	other.dir, other.beside = b.dir, b.ready
	b.ready = b.ready.With(nil, func(path string) bool {
		absolute := filepath.Join(b.dir, filepath.FromSlash(path))
		return slices.ContainsFunc(other.roots, func(root string) bool {
			rel, err := filepath.Rel(root, absolute)
			return err == nil && filepath.IsLocal(rel)
		})
	})
}

// sides reads the arguments: OLD NEW, or OLD..NEW [PATH...].
func sides(args []string) (old, now *side, err error) {
	if len(args) > 0 {
		if from, to, ok := revision.IsRange(args[0]); ok && !exists(args[0]) {
			old, err = revisionSide(from, args[1:])
			if err == nil {
				now, err = revisionSide(to, args[1:])
			}
			return old, now, err
		}
	}
	if len(args) != 2 {
		return nil, nil, errors.New("give OLD and NEW: each a file, a directory, a baseline, REV or REV:PATH; or OLD..NEW and paths")
	}
	paths := [2]string{args[0], args[1]}
	for i, arg := range args {
		// A revision alone stands for the path on the other side.
		if other := args[1-i]; !exists(arg) && !strings.Contains(arg, ":") && exists(other) {
			if isBaseline(other) {
				other = filepath.Dir(other) // which its files are named from
			}
			paths[i] = arg + ":" + other
		}
	}
	if old, err = newSide(paths[0]); err != nil {
		return nil, nil, err
	}
	if now, err = newSide(paths[1]); err != nil {
		return nil, nil, err
	}
	align(old, now)
	align(now, old)
	return old, now, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// isBaseline tells by its beginning whether a file is one.
func isBaseline(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, 64)
	n, _ := io.ReadFull(f, start)
	return baseline.Is(string(start[:n]))
}

func newSide(arg string) (*side, error) {
	if !exists(arg) {
		rev, path, ok := strings.Cut(arg, ":")
		if !ok {
			return revisionSide(arg, nil)
		}
		return revisionSide(rev, []string{path})
	}
	absolute, err := filepath.Abs(arg)
	if err == nil {
		absolute, err = filepath.EvalSymlinks(absolute)
	}
	if err != nil {
		return nil, err
	}
	s := &side{name: arg, dir: absolute, roots: []string{absolute}}
	if info, err := os.Stat(absolute); err == nil && !info.IsDir() {
		s.dir = filepath.Dir(absolute)
	}
	if isBaseline(absolute) {
		content, err := os.ReadFile(absolute)
		if err == nil {
			s.ready, err = baseline.Parse(string(content), s.dir)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
		return s, nil
	}
	s.files, err = tree.Expand(absolute, tree.Limit)
	return s, err
}

// revisionSide is paths as of a revision; without paths, the current directory.
// Files are named from the path if it is a directory and the only one, from the
// repository's root otherwise.
func revisionSide(rev string, paths []string) (*side, error) {
	repo, err := revision.Open(".")
	if err != nil {
		return nil, err
	}
	t, err := repo.At(rev)
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	here, err := os.Getwd()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err != nil {
		return nil, err
	}
	s := &side{name: rev, disk: t, dir: repo.Root()}
	for _, path := range paths {
		if !filepath.IsAbs(path) {
			path = filepath.Join(here, path)
		}
		name, ok := repo.Path(path)
		if !ok {
			return nil, fmt.Errorf("%s lies outside of the repository %s", path, repo.Root())
		}
		s.roots = append(s.roots, path)
		list, err := t.Sources(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", rev, err)
		}
		for _, file := range list {
			s.files = append(s.files, filepath.Join(repo.Root(), filepath.FromSlash(file)))
		}
		if len(paths) == 1 {
			if s.dir = path; !t.IsDir(name) {
				s.dir = filepath.Dir(path)
			}
		}
	}
	return s, nil
}

// describe describes the files of a side. troubles is why single files are not
// in it.
func (s *side) describe(ctx context.Context, o *options) (b *baseline.Baseline, troubles []error, err error) {
	if s.ready != nil {
		return s.ready, nil, nil
	}
	session := analysis.NewSession(analysis.Config{}, s.disk)
	session.SetConfigs(o.configured(o.resolver.For))
	b = &baseline.Baseline{}
	var files []baseline.File
	each(ctx, s.files, func(ctx context.Context, file string) describedFile {
		return s.file(ctx, session, file)
	}, func(_ string, d describedFile) {
		if d.err != nil {
			troubles = append(troubles, fmt.Errorf("%s: %w", s.name, d.err))
			return
		}
		if b.ABIs == nil {
			b.ABIs = d.abis
		}
		b.ABIs = baseline.Shared(b.ABIs, d.abis)
		files = append(files, d.file)
	})
	if b.ABIs == nil {
		for _, a := range abi.Default() {
			b.ABIs = append(b.ABIs, a.Name)
		}
	}
	if ctx.Err() != nil {
		return nil, nil, errors.New("interrupted")
	}
	return b.With(files, nil), troubles, nil
}

func (s *side) file(ctx context.Context, session *analysis.Session, file string) (d describedFile) {
	defer session.Forget(file)
	snapshot, err := session.Snapshot(file)
	if err != nil {
		d.err = err
		return d
	}
	targets, err := snapshot.Targets(ctx)
	if err != nil {
		d.err = err
		return d
	}
	for _, t := range targets {
		d.abis = append(d.abis, t.ABI.Name)
	}
	var want func(*analysis.Record) bool
	if s.beside != nil {
		want = func(r *analysis.Record) bool { return baseline.Shipped(snapshot, r) || s.beside.HasRecord(r.Name) }
	}
	d.file, d.err = baseline.Describe(ctx, snapshot, baseline.RelativePath(s.dir, file), want)
	return d
}
