// Package revision reads what a git repository holds: a revision's files as a
// file system, and what differs between a revision and the files on disk. It
// reads the repository itself and runs no program.
//
//	repo, err := revision.Open("/src/linux/include")
//	tree, err := repo.At("v6.1")
//	session := analysis.NewSession(cfg, tree)
package revision

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	indexfile "github.com/go-git/go-git/v5/plumbing/format/index"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// Repo is a repository with files on disk.
type Repo struct {
	root string // the directory of those files, absolute, without symbolic links
	mu   sync.Mutex
	git  *git.Repository
}

// Open finds the repository that a path lies in.
func Open(path string) (*Repo, error) {
	dir, err := filepath.Abs(path)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("looking for the git repository of %s: %w", path, err)
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	repo, err := git.PlainOpenWithOptions(dir, &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	if err != nil {
		return nil, fmt.Errorf("%s is in no git repository that can be read: %w", path, err)
	}
	tree, err := repo.Worktree()
	if err != nil {
		return nil, fmt.Errorf("the git repository of %s has no files on disk: %w", path, err)
	}
	root, err := filepath.EvalSymlinks(tree.Filesystem.Root())
	if err != nil {
		return nil, fmt.Errorf("the git repository of %s: %w", path, err)
	}
	return &Repo{root: root, git: repo}, nil
}

// Root is the directory of the repository's files.
func (r *Repo) Root() string { return r.root }

// Path is a path's name within the repository, with slashes; ok is false if it
// lies outside.
func (r *Repo) Path(path string) (name string, ok bool) {
	rel, err := filepath.Rel(r.root, path)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// At is the tree of a revision: a commit's hash, a tag, a branch, HEAD~2, or
// whatever else names a commit. HEAD has no files before the first commit.
func (r *Repo) At(name string) (*Tree, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	hash, err := r.git.ResolveRevision(plumbing.Revision(name))
	if err != nil && name == "HEAD" && r.unborn() {
		return newTree(r, plumbing.ZeroHash), nil
	}
	switch {
	case errors.Is(err, plumbing.ErrReferenceNotFound), errors.Is(err, io.EOF): // behind the first commit
		return nil, fmt.Errorf("%s has no revision %q", r.root, name)
	case err != nil:
		return nil, fmt.Errorf("%s has no revision %q: %w", r.root, name, err)
	}
	commit, err := r.git.CommitObject(*hash)
	if err != nil {
		return nil, fmt.Errorf("reading revision %q of %s: %w", name, r.root, err)
	}
	return newTree(r, commit.TreeHash), nil
}

// unborn tells whether HEAD is a branch that no commit has been made on.
func (r *Repo) unborn() bool {
	head, err := r.git.Reference(plumbing.HEAD, false)
	if err != nil || head.Type() != plumbing.SymbolicReference {
		return false
	}
	_, err = r.git.Reference(head.Target(), false)
	return errors.Is(err, plumbing.ErrReferenceNotFound)
}

// index lists what git knows of the files on disk.
func (r *Repo) index() (map[string]staged, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	index, err := r.git.Storer.Index()
	switch {
	case errors.Is(err, indexfile.ErrUnknownExtension):
		return nil, fmt.Errorf("reading the index of %s: %w; 'git update-index --no-split-index' writes one that can be read", r.root, err)
	case err != nil:
		return nil, fmt.Errorf("reading the index of %s: %w", r.root, err)
	}
	written := r.indexWritten()
	all := make(map[string]staged, len(index.Entries))
	for _, e := range index.Entries {
		s := staged{e.Hash, e.ModifiedAt.UnixNano(), int64(e.Size)}
		if !e.ModifiedAt.Before(written) {
			s.size = -1 // it may have changed at the same moment, behind git's back
		}
		all[e.Name] = s
	}
	return all, nil
}

// indexWritten is when the index was written; the zero time if that is not known.
func (r *Repo) indexWritten() time.Time {
	store, ok := r.git.Storer.(*filesystem.Storage)
	if !ok {
		return time.Time{}
	}
	info, err := store.Filesystem().Stat("index")
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// staged is what the index knows of a file.
type staged struct {
	hash     plumbing.Hash
	modified int64 // nanoseconds of the file on disk, then
	size     int64 // -1 for unknown
}

// Changed lists the files on disk, of those that git knows, that differ from a
// tree and that want accepts by their names: absolute paths, in order. Files
// that are gone are left out.
func (r *Repo) Changed(t *Tree, want func(name string) bool) ([]string, error) {
	index, err := r.index()
	if err != nil {
		return nil, err
	}
	var list []string
	for name, known := range index {
		if !want(name) {
			continue
		}
		path := filepath.Join(r.root, filepath.FromSlash(name))
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, fmt.Errorf("comparing %s: %w", path, err)
		case !info.Mode().IsRegular():
			continue
		}
		old, had := t.hash(name)
		now := known.hash
		if info.ModTime().UnixNano() != known.modified || info.Size() != known.size {
			content, err := os.ReadFile(path)
			if err != nil {
				return nil, fmt.Errorf("comparing %s: %w", path, err)
			}
			now = plumbing.ComputeHash(plumbing.BlobObject, content)
		}
		if !had || old != now {
			list = append(list, path)
		}
	}
	slices.Sort(list)
	return list, nil
}

// hashOf is what git calls a content.
func hashOf(content string) plumbing.Hash {
	return plumbing.ComputeHash(plumbing.BlobObject, []byte(content))
}

// IsRange splits "old..new"; either may be empty and is HEAD then.
func IsRange(arg string) (from, to string, ok bool) {
	from, to, ok = strings.Cut(arg, "..")
	if !ok || strings.HasPrefix(to, ".") || strings.HasPrefix(to, "/") || strings.HasSuffix(from, "/") {
		return "", "", false // "a...b" is another question, "../x" a path
	}
	if from == "" && to == "" {
		return "", "", false
	}
	if from == "" {
		from = "HEAD"
	}
	if to == "" {
		to = "HEAD"
	}
	return from, to, true
}
