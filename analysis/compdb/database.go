package compdb

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/mattn/go-shellwords"
)

const (
	maxDatabase = 1 << 30 // bytes of a compile_commands.json
	maxEntry    = 4 << 20 // bytes of one entry of it
	maxEntries  = 1 << 20
)

// database is the index of one compile_commands.json: which file has which
// entry, and where the entry stands. The entries themselves stay on disk, as
// a database of 200 MB is not unheard of.
type database struct {
	path    string
	entries []entry // sorted by file, then by place
	stems   map[string][]int32
	answers answers
}

type entry struct {
	file   string // absolute
	offset int64  // of the entry's first byte, or of blanks and a comma before it
	length int32
}

// jsonEntry is an entry's format, as CMake, Bear and gen_compile_commands.py
// write it (clang's documentation, JSONCompilationDatabase).
type jsonEntry struct {
	Directory string   `json:"directory"`
	File      string   `json:"file"`
	Command   string   `json:"command"`
	Arguments []string `json:"arguments"`
}

// loadDatabase streams through a database and remembers where entries stand.
func loadDatabase(path string) (*database, error) {
	f, _, err := openFile(path, maxDatabase)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &boundedReader{r: f, left: maxEntry}
	d := &database{path: path}
	dec := json.NewDecoder(r)
	fail := func(err error) (*database, error) { return nil, d.fail(f, dec.InputOffset(), err) }

	if tok, err := dec.Token(); err != nil {
		return fail(err)
	} else if tok != json.Delim('[') {
		return fail(errors.New("expected an array of entries"))
	}
	for dec.More() {
		if len(d.entries) == maxEntries {
			return fail(fmt.Errorf("more than %d entries", maxEntries))
		}
		var e struct {
			Directory string `json:"directory"`
			File      string `json:"file"`
		}
		start := dec.InputOffset()
		r.left = maxEntry
		if err := dec.Decode(&e); err != nil {
			return fail(err)
		}
		if e.File == "" {
			continue
		}
		d.entries = append(d.entries, entry{
			file:   strings.Clone(d.abs(e.Directory, e.File)),
			offset: start,
			length: int32(dec.InputOffset() - start),
		})
	}
	if _, err := dec.Token(); err != nil {
		return fail(err)
	}
	d.index()
	return d, nil
}

// boundedReader stops a decoder that would buffer an entry without end.
type boundedReader struct {
	r    io.Reader
	left int64
}

var errEntryTooLarge = fmt.Errorf("an entry is larger than %d MiB", maxEntry>>20)

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errEntryTooLarge
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// fail names the file and the line. offset is where the decoder stood.
func (d *database) fail(f *os.File, offset int64, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		err = fmt.Errorf("%q is a %s, expected a %s", kind.Field, kind.Value, kind.Type)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the file ends in the middle of the array")
		offset = maxDatabase
	}
	return fmt.Errorf("read %s:%d: %w", d.path, lineAt(f, offset), err)
}

func lineAt(f *os.File, offset int64) int {
	line := 1
	r := io.NewSectionReader(f, 0, max(offset-1, 0))
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		line += bytes.Count(buf[:n], []byte{'\n'})
		if err != nil || n == 0 {
			return line
		}
	}
}

func (d *database) abs(dir, file string) string {
	if filepath.IsAbs(file) {
		return Clean(file)
	}
	return filepath.Join(d.dir(dir), file)
}

// dir makes an entry's directory absolute: relative ones are relative to the
// database.
func (d *database) dir(dir string) string {
	if filepath.IsAbs(dir) {
		return Clean(dir)
	}
	return filepath.Join(filepath.Dir(d.path), dir)
}

func (d *database) index() {
	sort.SliceStable(d.entries, func(i, j int) bool { return d.entries[i].file < d.entries[j].file })
	d.stems = make(map[string][]int32, len(d.entries))
	for i, e := range d.entries {
		s := stem(e.file)
		d.stems[s] = append(d.stems[s], int32(i))
	}
}

// stem is a file's name without directory and suffix.
func stem(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// exact finds the first entry for a path, also when one of the two names goes
// through a symbolic link.
func (d *database) exact(path string) (int, bool) {
	if i, ok := d.find(path); ok {
		return i, true
	}
	if real, err := filepath.EvalSymlinks(path); err == nil && real != path {
		if i, ok := d.find(real); ok {
			return i, true
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, false
	}
	base := filepath.Base(path)
	for n, i := range d.stems[stem(path)] {
		if n == maxSameFile {
			break
		}
		if e := d.entries[i]; filepath.Base(e.file) == base {
			if other, err := os.Stat(e.file); err == nil && os.SameFile(info, other) {
				return int(i), true
			}
		}
	}
	return 0, false
}

// maxSameFile bounds how many files of one name are looked at on disk.
const maxSameFile = 64

func (d *database) find(path string) (int, bool) {
	i := sort.Search(len(d.entries), func(i int) bool { return d.entries[i].file >= path })
	return i, i < len(d.entries) && d.entries[i].file == path
}

// read takes an entry from disk again.
func (d *database) read(i int) (invocation, error) {
	e := d.entries[i]
	f, _, err := openFile(d.path, maxDatabase)
	if err != nil {
		return invocation{}, err
	}
	defer f.Close()
	content := make([]byte, e.length)
	if _, err := f.ReadAt(content, e.offset); err != nil {
		return invocation{}, d.fail(f, e.offset, err)
	}
	trimmed := bytes.TrimLeft(content, " \t\r\n,")
	offset := e.offset + int64(len(content)-len(trimmed)) + 1
	var j jsonEntry
	if err := json.Unmarshal(trimmed, &j); err != nil {
		return invocation{}, d.fail(f, offset, errors.New("the file changed while it was read"))
	}
	args := j.Arguments
	if len(args) == 0 && j.Command != "" {
		if args, err = shellWords(j.Command); err != nil {
			return invocation{}, d.fail(f, offset, fmt.Errorf("%q: quotes or parentheses do not balance", "command"))
		}
	}
	return invocation{dir: d.dir(j.Directory), args: args, file: e.file}, nil
}

// shellWords splits a shell command into words, up to the first operator. No
// variable is looked up and nothing is run.
func shellWords(command string) ([]string, error) {
	p := shellwords.NewParser()
	p.ParseEnv, p.ParseBacktick = false, false
	return p.Parse(command)
}
