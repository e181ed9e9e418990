package compdb

import (
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// What a header needs that includes nothing of its own project: the headers
// that stand before it in a file that includes it.

const (
	maxIncluders   = 256
	maxIncluder    = 64 << 20 // bytes
	includerHead   = 64 << 10 // bytes that are looked at
	preambleAge    = 10 * time.Second
	maxDirectories = 64 // whose includes are kept
	maxPreamble    = 32 // headers
)

var (
	quotedInclude = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include[ \t]*"([^"\r\n]+)"`)
	recordLine    = regexp.MustCompile(`^(typedef[ \t]+)?(struct|union|enum)\b`)
)

// directories keeps what the files of directories include, for a while.
type directories struct {
	mu    sync.Mutex
	known map[string]*directory
}

// directory is the files of one, and the files beside it that each includes in
// quotes, in order.
type directory struct {
	includes map[string][]string
	read     time.Time
}

// preamble lists the headers that the file's includer has before it. It is
// empty for files that include headers of their own project before their first
// record: they mean to stand alone.
func (d *DB) preamble(path, text string) []string {
	if filepath.Ext(path) != ".h" || !mayRely(text) {
		return nil
	}
	dir := d.directories.get(filepath.Dir(path))
	own := stem(path)
	includers := slices.SortedFunc(maps.Keys(dir.includes), func(a, b string) int {
		if (stem(a) == own) != (stem(b) == own) {
			if stem(a) == own {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, file := range includers {
		before := dir.includes[file]
		n := slices.Index(before, path)
		if file == path || n <= 0 {
			continue
		}
		list := slices.DeleteFunc(slices.Clone(before[:n]), func(header string) bool { return dir.reaches(header, path) })
		if list = list[:min(len(list), maxPreamble)]; len(list) > 0 {
			return list
		}
	}
	return nil
}

// mayRely tells whether a text has a record, and includes nothing in quotes
// before it.
func mayRely(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " \t")
		if directive, _ := mayDecide(line); directive && quotedInclude.MatchString(line) {
			return false
		}
		if line != "" && strings.IndexByte(recordStarts, line[0]) >= 0 && recordLine.MatchString(line) {
			return true
		}
	}
	return false
}

// recordStarts is how lines begin that may match recordLine.
const recordStarts = "tsue"

// reaches tells whether a file includes another one, directly or not.
func (d *directory) reaches(from, to string) bool {
	met := map[string]bool{}
	var visit func(string) bool
	visit = func(file string) bool {
		if file == to {
			return true
		}
		if met[file] || len(met) >= maxIncluders {
			return false
		}
		met[file] = true
		return slices.ContainsFunc(d.includes[file], visit)
	}
	return visit(from)
}

func (d *directories) get(path string) *directory {
	d.mu.Lock()
	defer d.mu.Unlock()
	if found := d.known[path]; found != nil && time.Since(found.read) < preambleAge {
		return found
	}
	if d.known == nil || len(d.known) >= maxDirectories {
		d.known = map[string]*directory{}
	}
	found := readDirectory(path)
	d.known[path] = found
	return found
}

// readHead reads where a file has its includes.
func readHead(path string) ([]byte, error) {
	f, _, err := openFile(path, maxIncluder)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, includerHead))
}

func readDirectory(path string) *directory {
	d := &directory{includes: map[string][]string{}, read: time.Now()}
	entries, err := os.ReadDir(path)
	if err != nil {
		return d
	}
	here := map[string]bool{}
	for _, e := range entries {
		here[e.Name()] = e.Type().IsRegular()
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext != ".c" && ext != ".h" || !e.Type().IsRegular() {
			continue
		}
		if len(d.includes) >= maxIncluders {
			break
		}
		file := filepath.Join(path, e.Name())
		content, err := readHead(file)
		if err != nil {
			continue
		}
		var list []string
		for _, m := range quotedInclude.FindAllSubmatch(content, -1) {
			name := string(m[1])
			if header := filepath.Join(path, name); here[name] || strings.Contains(name, "/") && isFile(header) {
				list = append(list, header)
			}
		}
		d.includes[file] = list
	}
	return d
}
