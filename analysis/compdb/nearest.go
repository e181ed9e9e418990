package compdb

import (
	"path/filepath"
	"strings"
)

// nearest picks the entry whose command suits a file that has none itself, a
// header above all: the source of the same name, closest by; else one in the
// same directory; else the closest.
func (d *database) nearest(path string) (int, bool) {
	best, bestScore := 0, -1
	consider := func(i, bonus int) {
		e := d.entries[i]
		if ext := filepath.Ext(e.file); ext == ".S" || ext == ".s" {
			return
		}
		if s := 2*closeness(e.file, path) + bonus + sameLanguage(e.file); s > bestScore {
			best, bestScore = i, s
		}
	}
	for n, i := range d.stems[stem(path)] {
		if n == maxCandidates {
			break
		}
		consider(int(i), 0)
	}
	if bestScore >= 0 {
		return best, true
	}
	// Paths that share a long beginning stand side by side in sorted order.
	at, _ := d.find(path)
	for i := max(0, at-maxNeighbours); i < min(len(d.entries), at+maxNeighbours); i++ {
		bonus := 0
		if filepath.Dir(d.entries[i].file) == filepath.Dir(path) {
			bonus = 2
		}
		consider(i, bonus)
	}
	return best, bestScore >= 0
}

const (
	maxCandidates = 4096
	maxNeighbours = 512
)

// closeness counts the path elements that two directories share, at their
// beginning and at their end: include/net and src/net are close.
func closeness(a, b string) int {
	x := strings.Split(filepath.ToSlash(filepath.Dir(a)), "/")
	y := strings.Split(filepath.ToSlash(filepath.Dir(b)), "/")
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	shared := 2 * n
	for i, j := len(x)-1, len(y)-1; i >= n && j >= n && x[i] == y[j]; i, j = i-1, j-1 {
		shared++
	}
	return shared
}

// sameLanguage prefers C among sources that are equally close.
func sameLanguage(file string) int {
	if filepath.Ext(file) == ".c" {
		return 1
	}
	return 0
}
