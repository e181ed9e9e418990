package revision

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// maxCompared is how many files that are gone are held against a new one.
const maxCompared = 200

// Was finds the file of the revision that a file on disk was before it was
// renamed: one that is gone, with the same content or else at least half of
// its lines. It is asked about files that the revision does not have.
func (t *Tree) Was(file, content string) (old string, ok bool) {
	gone := t.gone()
	if len(gone) == 0 {
		return "", false
	}
	hash := hashOf(content)
	for _, name := range gone {
		if h, ok := t.hash(name); ok && h == hash {
			return t.onDisk(name), true
		}
	}
	base := filepath.Base(file)
	gone = slices.Clone(gone)
	slices.SortStableFunc(gone, func(a, b string) int { return rank(a, base) - rank(b, base) })
	lines := linesOf(content)
	best := 0
	for _, name := range gone[:min(len(gone), maxCompared)] {
		before, err := t.Read(t.onDisk(name))
		if err != nil {
			continue
		}
		if n := common(linesOf(before), lines); n > best {
			best, old = n, t.onDisk(name)
		}
	}
	all := 0
	for _, n := range lines {
		all += n
	}
	return old, best > 0 && 2*best >= all
}

// gone lists the sources of the revision that are not on disk any more, once.
func (t *Tree) gone() []string {
	t.goneOnce.Do(func() {
		names, err := t.Sources(".")
		if err != nil {
			return
		}
		t.goneNames = slices.DeleteFunc(names, func(name string) bool {
			_, err := os.Lstat(t.onDisk(name))
			return !errors.Is(err, fs.ErrNotExist)
		})
	})
	return t.goneNames
}

func (t *Tree) onDisk(name string) string {
	return filepath.Join(t.repo.root, filepath.FromSlash(name))
}

// rank puts files of the same name first.
func rank(name, base string) int {
	if path.Base(name) == base {
		return 0
	}
	return 1
}

// linesOf counts the lines that say something.
func linesOf(content string) map[string]int {
	lines := map[string]int{}
	for line := range strings.Lines(content) {
		if line = strings.TrimSpace(line); len(line) > 1 {
			lines[line]++
		}
	}
	return lines
}

func common(a, b map[string]int) (n int) {
	for line, count := range a {
		n += min(count, b[line])
	}
	return n
}
