package revision

import (
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"abide/analysis/cpp"
	"abide/analysis/tree"
)

const (
	maxBlob  = 64 << 20 // bytes of a file that is read
	maxLinks = 16       // symbolic links that are followed one after the other
)

// The errors of Read, as cpp.FS wants them.
var (
	errNotFound   = errors.New("file not found")
	errDirectory  = errors.New("is a directory")
	errTooLarge   = errors.New("larger than 64 MiB")
	errUnreadable = errors.New("cannot be read from the repository")
)

// Tree is a revision's files in the place of the repository's on disk; every
// other file is the one on disk. It is a cpp.FS, safe for concurrent use.
type Tree struct {
	repo *Repo
	root plumbing.Hash
	disk cpp.FS
	dirs map[string]map[string]object.TreeEntry // by name of the directory; "" for the root

	goneOnce  sync.Once
	goneNames []string
}

func newTree(r *Repo, root plumbing.Hash) *Tree {
	return &Tree{repo: r, root: root, disk: cpp.Disk(), dirs: map[string]map[string]object.TreeEntry{}}
}

// Read gives a file's content as of the revision.
func (t *Tree) Read(file string) (string, error) {
	name, ok := t.repo.Path(file)
	if !ok {
		return t.disk.Read(file)
	}
	t.repo.mu.Lock()
	defer t.repo.mu.Unlock()
	e, ok := t.entry(name, 0)
	switch {
	case !ok:
		return "", errNotFound
	case !e.Mode.IsFile():
		return "", errDirectory
	}
	return t.blob(e.Hash)
}

// Exists tells whether the revision has a file.
func (t *Tree) Exists(file string) bool {
	name, ok := t.repo.Path(file)
	if !ok {
		return t.disk.Exists(file)
	}
	t.repo.mu.Lock()
	defer t.repo.mu.Unlock()
	e, ok := t.entry(name, 0)
	return ok && e.Mode.IsFile()
}

// IsDir tells whether the revision has a directory of that name, "" for the root.
func (t *Tree) IsDir(name string) bool {
	t.repo.mu.Lock()
	defer t.repo.mu.Unlock()
	if name == "." || name == "" {
		return true
	}
	e, ok := t.entry(name, 0)
	return ok && e.Mode == filemode.Dir
}

// Submodule is the commit of another repository that the revision has at a
// name; ok is false if it has none there.
func (t *Tree) Submodule(name string) (commit string, ok bool) {
	t.repo.mu.Lock()
	defer t.repo.mu.Unlock()
	e, ok := t.entry(name, 0)
	return e.Hash.String(), ok && e.Mode == filemode.Submodule
}

// Sources lists the C files below a directory, or the file itself, by the
// names within the repository, in order.
func (t *Tree) Sources(name string) ([]string, error) {
	t.repo.mu.Lock()
	defer t.repo.mu.Unlock()
	name = path.Clean(name)
	if name == "." {
		name = ""
	} else if e, ok := t.entry(name, 0); !ok {
		return nil, fmt.Errorf("the revision has no %s", name)
	} else if e.Mode.IsFile() {
		return []string{name}, nil
	}
	if t.root.IsZero() {
		return nil, nil
	}
	var list []string
	err := t.walk(name, &list)
	slices.Sort(list)
	return list, err
}

func (t *Tree) walk(dir string, list *[]string) error {
	entries, ok := t.dir(dir)
	if !ok {
		return fmt.Errorf("reading %s of the revision: %w", dir, errUnreadable)
	}
	for base, e := range entries {
		name := path.Join(dir, base)
		switch {
		case e.Mode == filemode.Dir && !strings.HasPrefix(base, "."):
			if err := t.walk(name, list); err != nil {
				return err
			}
		case e.Mode.IsRegular() || e.Mode == filemode.Executable:
			if tree.IsSource(base) {
				*list = append(*list, name)
			}
		}
		if len(*list) > tree.Limit {
			return fmt.Errorf("%s stands for more than %d files: name fewer", dir, tree.Limit)
		}
	}
	return nil
}

// Same tells whether a file on disk has the content that it has in the revision.
func (t *Tree) Same(file, content string) bool {
	name, ok := t.repo.Path(file)
	if !ok {
		return true
	}
	old, known := t.hash(name)
	return known && old == hashOf(content)
}

func (t *Tree) hash(name string) (plumbing.Hash, bool) {
	t.repo.mu.Lock()
	defer t.repo.mu.Unlock()
	e, ok := t.entry(name, 0)
	return e.Hash, ok && e.Mode.IsFile()
}

// entry finds a name, through symbolic links within the repository.
func (t *Tree) entry(name string, links int) (object.TreeEntry, bool) {
	parent, base := path.Split(name)
	entries, ok := t.dir(strings.TrimSuffix(parent, "/"))
	if !ok {
		return object.TreeEntry{}, false
	}
	e, ok := entries[base]
	if !ok || e.Mode != filemode.Symlink {
		return e, ok
	}
	target, err := t.blob(e.Hash)
	if err != nil || links == maxLinks || path.IsAbs(target) {
		return object.TreeEntry{}, false
	}
	next := path.Join(parent, target)
	if !filepath.IsLocal(next) {
		return object.TreeEntry{}, false
	}
	return t.entry(next, links+1)
}

// dir lists a directory, read once.
func (t *Tree) dir(name string) (map[string]object.TreeEntry, bool) {
	if entries, ok := t.dirs[name]; ok {
		return entries, entries != nil
	}
	t.dirs[name] = nil
	hash := t.root
	if name == "" && hash.IsZero() { // before the first commit
		return nil, false
	}
	if name != "" {
		e, ok := t.entry(name, 0)
		if !ok || e.Mode != filemode.Dir {
			return nil, false
		}
		hash = e.Hash
	}
	found, err := t.repo.git.TreeObject(hash)
	if err != nil {
		return nil, false
	}
	entries := make(map[string]object.TreeEntry, len(found.Entries))
	for _, e := range found.Entries {
		entries[e.Name] = e
	}
	t.dirs[name] = entries
	return entries, true
}

func (t *Tree) blob(hash plumbing.Hash) (string, error) {
	b, err := t.repo.git.BlobObject(hash)
	switch {
	case err != nil:
		return "", errUnreadable
	case b.Size > maxBlob:
		return "", errTooLarge
	}
	r, err := b.Reader()
	if err != nil {
		return "", errUnreadable
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		return "", errUnreadable
	}
	return string(content), nil
}
