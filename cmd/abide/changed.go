package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

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
	rev     string
	root    *past
	options *options

	mu    sync.Mutex
	pasts map[string]*past // by directory, of repositories within the root's
}

// past is a revision of one repository.
type past struct {
	repo    *revision.Repo
	tree    *revision.Tree
	session *analysis.Session // over the revision's files
	err     error
}

// newSince opens the repository that the inputs, or else the current directory,
// lie in.
func newSince(o *options, files []string) (*since, error) {
	at := "."
	if len(files) > 0 {
		at = files[0]
	}
	s := &since{rev: string(o.changed), options: o, pasts: map[string]*past{}}
	s.root = s.open(at, s.rev)
	return s, s.root.err
}

func (s *since) open(at, rev string) *past {
	repo, err := revision.Open(at)
	if err != nil {
		return &past{err: fmt.Errorf("--changed: %w", err)}
	}
	t, err := repo.At(rev)
	if err != nil {
		return &past{err: fmt.Errorf("--changed: %w", err)}
	}
	p := &past{repo: repo, tree: t, session: analysis.NewSession(analysis.Config{}, t)}
	p.session.SetConfigs(s.options.configured(s.options.resolver.For))
	return p
}

// of is the past of the repository that a file lies in. A submodule is as the
// revision has it.
func (s *since) of(file string) (*past, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	dir := filepath.Dir(file)
	for top := s.root.repo.Root(); dir != top; dir = filepath.Dir(dir) {
		if s.pasts[dir] != nil {
			return s.pasts[dir], s.pasts[dir].err
		}
		rev, at := s.rev, dir
		if filepath.Dir(dir) == dir {
			at = file // which is in no repository
		} else if !exists(filepath.Join(dir, ".git")) {
			continue
		}
		if name, ok := s.root.repo.Path(dir); ok {
			if commit, ok := s.root.tree.Submodule(name); ok {
				rev = commit
			}
		}
		s.pasts[dir] = s.open(at, rev)
		return s.pasts[dir], s.pasts[dir].err
	}
	return s.root, nil
}

// files lists what has changed on disk, new files included, as paths relative
// to the current directory where that is shorter.
func (s *since) files() ([]string, error) {
	source := func(name string) bool { return tree.IsSource(path.Base(name)) }
	list, err := s.root.repo.Changed(s.root.tree, source)
	if err != nil {
		return nil, err
	}
	fresh, err := s.root.repo.New(source)
	if err != nil {
		return nil, err
	}
	list = append(list, fresh...)
	slices.Sort(list)
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
	file, err := withoutLinks(r.snapshot.Path())
	if err != nil {
		return err
	}
	p, err := s.of(file)
	if err != nil {
		return err
	}
	if p.same(r) {
		r.findings = nil
		return nil
	}
	before := map[string]int{}
	old, findings, err := p.findings(ctx, file, r.snapshot.Text().Content())
	if err != nil {
		return err
	}
	for i := range findings {
		before[identity(&findings[i])]++
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

// findings is what there was to say about a file, under its old name if it was
// renamed; the text is nil if the revision does not have it.
func (p *past) findings(ctx context.Context, file, content string) (*text.File, []analysis.Finding, error) {
	if !p.tree.Exists(file) {
		was, ok := p.tree.Was(file, content)
		if !ok {
			return nil, nil, nil
		}
		file = was
	}
	snapshot, err := p.session.Snapshot(file)
	if err != nil {
		return nil, nil, err
	}
	defer p.session.Forget(file)
	findings, err := snapshot.Findings(ctx)
	return snapshot.Text(), findings, err
}

// withoutLinks is a file's path without symbolic links to its directory, as
// repositories know it.
func withoutLinks(file string) (string, error) {
	dir, err := filepath.EvalSymlinks(filepath.Dir(file))
	if err != nil {
		return "", fmt.Errorf("comparing %s with the revision: %w", file, err)
	}
	return filepath.Join(dir, filepath.Base(file)), nil
}

// same tells whether neither the file nor what it includes has changed.
func (p *past) same(r *checked) bool {
	seen := map[string]bool{}
	is := func(file string) bool {
		if seen[file] {
			return true
		}
		seen[file] = true
		real, err := withoutLinks(file)
		if err != nil {
			return true // an embedded header
		}
		content, err := r.snapshot.Read(file)
		return err != nil || p.tree.Same(real, content)
	}
	if !is(r.snapshot.Path()) {
		return false
	}
	for _, t := range r.targets {
		for _, inc := range t.Result.Includes() {
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
