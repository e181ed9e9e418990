package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"abide/analysis"
	"abide/analysis/revision"
	"abide/analysis/text"
	"abide/analysis/tree"
)

// revisionFlag is --changed or --changed=REV.
type revisionFlag string

func (r *revisionFlag) String() string { return string(*r) }

// IsBoolFlag has the flag stand without a value.
func (r *revisionFlag) IsBoolFlag() bool { return true }

func (r *revisionFlag) Set(s string) error {
	switch s {
	case "true":
		s = "HEAD"
	case "":
		return fmt.Errorf("give a revision, or --changed alone for HEAD")
	}
	*r = revisionFlag(s)
	return nil
}

// since tells what files were like at a revision.
type since struct {
	repo    *revision.Repo
	tree    *revision.Tree
	session *analysis.Session // over the revision's files
}

// newSince opens the repository that the inputs, or else the current directory,
// lie in.
func newSince(o *options, files []string) (*since, error) {
	at := "."
	if len(files) > 0 {
		at = files[0]
	}
	repo, err := revision.Open(at)
	if err != nil {
		return nil, fmt.Errorf("--changed: %w", err)
	}
	t, err := repo.At(string(o.changed))
	if err != nil {
		return nil, fmt.Errorf("--changed: %w", err)
	}
	s := &since{repo: repo, tree: t, session: analysis.NewSession(analysis.Config{}, t)}
	s.session.SetConfigs(o.configured(o.resolver.For))
	return s, nil
}

// files lists what has changed on disk, as paths relative to the current
// directory where that is shorter.
func (s *since) files() ([]string, error) {
	list, err := s.repo.Changed(s.tree, func(name string) bool { return tree.IsSource(path.Base(name)) })
	if err != nil {
		return nil, err
	}
	dir, err := os.Getwd()
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	for i, file := range list {
		if rel, relErr := filepath.Rel(dir, file); err == nil && relErr == nil && filepath.IsLocal(rel) {
			list[i] = rel
		}
	}
	return list, nil
}

// touched keeps the findings that a change is about: those that were not there
// before it, and those on lines that it touched.
func (s *since) touched(ctx context.Context, r *checked) error {
	if len(r.findings) == 0 {
		return nil
	}
	file, err := s.path(r.snapshot.Path())
	if err != nil {
		return err
	}
	if s.same(r) {
		r.findings = nil
		return nil
	}
	before := map[string]int{}
	var old *text.File
	if s.tree.Exists(file) {
		snapshot, err := s.session.Snapshot(file)
		if err != nil {
			return err
		}
		defer s.session.Forget(file)
		findings, err := snapshot.Findings(ctx)
		if err != nil {
			return err
		}
		old = snapshot.Text()
		for i := range findings {
			before[identity(&findings[i])]++
		}
	}
	on := changedLines(old, r.snapshot.Text())
	kept := r.findings[:0:0]
	for i := range r.findings {
		f := &r.findings[i]
		id := identity(f)
		known := before[id] > 0
		if known {
			before[id]--
		}
		if !known || on(f.Span) {
			kept = append(kept, *f)
		}
	}
	r.findings = kept
	return nil
}

// path is a file's path without symbolic links, as the repository knows it.
func (s *since) path(file string) (string, error) {
	dir, err := filepath.EvalSymlinks(filepath.Dir(file))
	if err != nil {
		return "", fmt.Errorf("comparing %s with the revision: %w", file, err)
	}
	return filepath.Join(dir, filepath.Base(file)), nil
}

// same tells whether neither the file nor what it includes has changed.
func (s *since) same(r *checked) bool {
	seen := map[string]bool{}
	is := func(file string) bool {
		if seen[file] {
			return true
		}
		seen[file] = true
		real, err := s.path(file)
		if err != nil {
			return true // an embedded header
		}
		content, err := r.snapshot.Read(file)
		return err != nil || s.tree.Same(real, content)
	}
	if !is(r.snapshot.Path()) {
		return false
	}
	for _, t := range r.targets {
		for _, inc := range t.Result.Includes {
			if inc.Path != "" && !is(inc.Path) {
				return false
			}
		}
	}
	return true
}

// identity tells findings of a file apart, wherever they stand.
func identity(f *analysis.Finding) string {
	return f.Rule + "\x00" + f.Record + "\x00" + f.Field + "\x00" + f.Command + "\x00" + f.Message
}

// changedLines tells which spans of a text stand on lines that differ from an
// older one, which is nil for a new file.
func changedLines(old, now *text.File) func(text.Span) bool {
	if old == nil {
		return func(text.Span) bool { return true }
	}
	edits := text.Changes(now, old)
	return func(span text.Span) bool {
		first, last := now.LineStart(now.LineOf(span.Start)), now.LineEnd(now.LineOf(span.End))
		for _, e := range edits {
			if e.Span.Start <= last && first < max(e.Span.End, e.Span.Start+1) {
				return true
			}
		}
		return false
	}
}
