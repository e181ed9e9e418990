package compdb

import (
	"bytes"
	"cmp"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	maxCandidates = 4096
	maxNeighbours = 512
	maxLookedInto = 64       // sources that are searched for an #include
	sourceHead    = 16 << 10 // bytes of each
	nearestAge    = time.Minute
	maxNearest    = 1024 // answers kept
)

// answers keeps what nearest found, for a while.
type answers struct {
	mu    sync.Mutex
	known map[string]answer
}

type answer struct {
	entry int
	ok    bool
	found time.Time
}

// nearest picks the entry whose command suits a file that has none itself, a
// header above all: the source of the same name, closest by; else one close by
// that includes it; else one in the same directory; else the closest.
func (d *database) nearest(path string) (int, bool) {
	d.answers.mu.Lock()
	defer d.answers.mu.Unlock()
	if a, ok := d.answers.known[path]; ok && time.Since(a.found) < nearestAge {
		return a.entry, a.ok
	}
	a := answer{found: time.Now()}
	a.entry, a.ok = d.search(path)
	if d.answers.known == nil || len(d.answers.known) >= maxNearest {
		d.answers.known = map[string]answer{}
	}
	d.answers.known[path] = a
	return a.entry, a.ok
}

// candidate is an entry, and how well it suits.
type candidate struct{ entry, score int }

func (d *database) search(path string) (int, bool) {
	alike := d.stems[stem(path)]
	if best := d.rank(path, alike[:min(len(alike), maxCandidates)]); len(best) > 0 {
		return best[0].entry, true
	}
	// Paths that share a long beginning stand side by side in sorted order.
	at, _ := d.find(path)
	var around []int32
	for i := max(0, at-maxNeighbours); i < min(len(d.entries), at+maxNeighbours); i++ {
		around = append(around, int32(i))
	}
	best := d.rank(path, around)
	if len(best) == 0 {
		return 0, false
	}
	base := filepath.Base(path)
	for _, c := range best[:min(len(best), maxLookedInto)] {
		if includes(d.entries[c.entry].file, base) {
			return c.entry, true
		}
	}
	return best[0].entry, true
}

// rank orders entries by how well they suit a path. Assembler sources do not.
func (d *database) rank(path string, entries []int32) []candidate {
	dir := strings.Split(filepath.ToSlash(filepath.Dir(path)), "/")
	var out []candidate
	for _, i := range entries {
		file := d.entries[i].file
		score := 0
		switch filepath.Ext(file) {
		case ".S", ".s":
			continue
		case ".c":
			score = 1 // C among others that are equally close
		}
		score += 2 * closeness(strings.Split(filepath.ToSlash(filepath.Dir(file)), "/"), dir)
		out = append(out, candidate{int(i), score})
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out
}

// closeness counts the path elements that two directories share, at their
// beginning and at their end: include/net and src/net are close. The same
// directory is closer than any below it.
func closeness(x, y []string) int {
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	shared := 2 * n
	for i, j := len(x)-1, len(y)-1; i >= n && j >= n && x[i] == y[j]; i, j = i-1, j-1 {
		shared++
	}
	if n == len(x) && n == len(y) {
		shared++
	}
	return shared
}

// includes tells whether a source names a header in the lines at its top.
func includes(file, header string) bool {
	f, _, err := openFile(file, maxDatabase)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, sourceHead)
	n, err := io.ReadFull(f, head)
	if n == 0 && err != nil {
		return false
	}
	for line := range bytes.Lines(head[:n]) {
		line = bytes.TrimLeft(line, " \t")
		if !bytes.HasPrefix(line, []byte("#")) {
			continue
		}
		if i := bytes.Index(line, []byte(header)); i > 0 && strings.IndexByte(`"</`, line[i-1]) >= 0 {
			return true
		}
	}
	return false
}
