package revision

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// maxEntries is how many files and directories are looked at for new files.
const maxEntries = 1 << 20

// maxIgnores is the most bytes of a .gitignore that are read.
const maxIgnores = 1 << 20

// New lists the files on disk that git does not know, neither by its index nor
// by what it ignores, and that want accepts by their names: absolute paths, in
// order. Hidden directories and other repositories are left out.
func (r *Repo) New(want func(name string) bool) ([]string, error) {
	index, err := r.index()
	if err != nil {
		return nil, err
	}
	w := newFiles{repo: r, index: index, want: want}
	if err := w.walk("", r.ignored()); err != nil {
		return nil, fmt.Errorf("looking for new files in %s: %w", r.root, err)
	}
	slices.Sort(w.found)
	return w.found, nil
}

// ignored is the patterns that no .gitignore of the repository's files holds.
func (r *Repo) ignored() []gitignore.Pattern {
	system, _ := gitignore.LoadSystemPatterns(osfs.New("/"))
	global, _ := gitignore.LoadGlobalPatterns(osfs.New("/"))
	return slices.Concat(system, global, patterns(filepath.Join(r.root, ".git", "info", "exclude"), nil))
}

// newFiles walks over the files on disk.
type newFiles struct {
	repo    *Repo
	index   map[string]staged
	want    func(name string) bool
	found   []string
	entries int
}

// walk looks at a directory by its name within the repository, with the
// patterns of those above it.
func (w *newFiles) walk(dir string, ignored []gitignore.Pattern) error {
	at := filepath.Join(w.repo.root, filepath.FromSlash(dir))
	entries, err := os.ReadDir(at)
	if err != nil {
		if dir != "" { // git does not look into it, either
			return nil
		}
		return err
	}
	if w.entries += len(entries); w.entries > maxEntries {
		return fmt.Errorf("more than %d files: name those to check", maxEntries)
	}
	if dir != "" && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ".git" }) {
		return nil
	}
	var domain []string
	if dir != "" {
		domain = strings.Split(dir, "/")
	}
	ignored = append(ignored[:len(ignored):len(ignored)], patterns(filepath.Join(at, ".gitignore"), domain)...)
	matcher := gitignore.NewMatcher(ignored)
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		_, known := w.index[name]
		switch {
		case known, strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			if !matcher.Match(strings.Split(name, "/"), true) {
				if err := w.walk(name, ignored); err != nil {
					return err
				}
			}
		case e.Type().IsRegular() && w.want(name) && !matcher.Match(strings.Split(name, "/"), false):
			w.found = append(w.found, filepath.Join(w.repo.root, filepath.FromSlash(name)))
		}
	}
	return nil
}

// patterns reads a .gitignore; none if it cannot be read.
func patterns(file string, domain []string) (list []gitignore.Pattern) {
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() || info.Size() > maxIgnores {
		return nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(content)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			list = append(list, gitignore.ParsePattern(line, domain))
		}
	}
	return list
}
