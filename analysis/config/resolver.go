package config

import (
	"errors"
	"path/filepath"
	"sync"

	"abide/analysis"
	"abide/analysis/baseline"
	"abide/analysis/cpp"
)

// maxSize is the most bytes that a .abide.toml may have.
const maxSize = 1 << 20

// Resolver gives every file its configuration: what the user chose for all of
// them, over what the nearest .abide.toml upwards says, over the defaults. It
// reads each file once; a new one sees what has changed on disk. It is safe
// for concurrent use.
type Resolver struct {
	over  Layer
	disk  cpp.FS
	fixed string
	// WithoutBaseline has baselines not read. Set it before anything is asked.
	WithoutBaseline bool

	mu        sync.Mutex
	dirs      map[string]*project // by directory
	files     map[string]*project // by path of the .abide.toml; "" for none
	baselines map[string]*shipped // by path
	contents  map[string]string   // of what was read, by path
}

// shipped is a baseline that has been read.
type shipped struct {
	baseline *baseline.Baseline
	problems []Problem
}

// project is what holds for all files below one .abide.toml.
type project struct {
	path     string // of the .abide.toml; empty for none
	config   *analysis.Config
	baseline string // its path; empty for none
	problems []Problem
}

// NewResolver makes a resolver. over is what the user chose for all files; disk
// may be nil for the real file system.
func NewResolver(over Layer, disk cpp.FS) *Resolver {
	if disk == nil {
		disk = cpp.Disk()
	}
	return &Resolver{over: over, disk: disk, dirs: map[string]*project{}, files: map[string]*project{}, baselines: map[string]*shipped{}, contents: map[string]string{}}
}

// Use takes one .abide.toml for all files, wherever they lie; None takes none.
func (r *Resolver) Use(path string) { r.fixed = path }

// None is the path that Use takes for no file at all.
const None = "none"

// For is the configuration of a file, by its absolute path. Files that share
// a .abide.toml share the configuration.
func (r *Resolver) For(path string) *analysis.Config { return r.project(path).config }

// Project is the .abide.toml that counts for a file (empty for none), and what
// is wrong with it.
func (r *Resolver) Project(path string) (file string, problems []Problem) {
	p := r.project(path)
	return p.path, p.problems
}

// Baseline is the path of the baseline that counts for a file; empty for none.
func (r *Resolver) Baseline(path string) string { return r.project(path).baseline }

func (r *Resolver) project(path string) *project {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch r.fixed {
	case "":
		return r.nearest(filepath.Dir(path))
	case None:
		return r.load("")
	}
	return r.load(r.fixed)
}

// nearest finds the project of a directory.
func (r *Resolver) nearest(dir string) *project {
	if p := r.dirs[dir]; p != nil {
		return p
	}
	var p *project
	file := filepath.Join(dir, Name)
	switch parent := filepath.Dir(dir); {
	case r.disk.Exists(file):
		p = r.load(file)
	case parent == dir:
		p = r.load("")
	default:
		p = r.nearest(parent)
	}
	r.dirs[dir] = p
	return p
}

func (r *Resolver) load(file string) *project {
	if p := r.files[file]; p != nil {
		return p
	}
	p := &project{path: file}
	var below Layer
	if file != "" {
		below, p.problems = r.read(file)
	}
	layer := r.over.Over(below)
	config := layer.Config()
	p.config = &config
	if layer.Baseline != nil {
		p.baseline = *layer.Baseline
	}
	if p.baseline != "" && !r.WithoutBaseline {
		b := r.shipped(p.baseline)
		p.problems = append(p.problems, b.problems...)
		if b.baseline != nil {
			config.Baseline = b.baseline
			config.Shipped = func(record *analysis.Record) bool { return b.baseline.HasRecord(record.Name) }
		}
	}
	r.files[file] = p
	return p
}

func (r *Resolver) read(file string) (Layer, []Problem) {
	content, err := r.disk.Read(file)
	r.contents[file] = content
	switch {
	case err != nil:
		return Layer{}, []Problem{{Path: file, Line: 1, Column: 1, EndColumn: 1, Message: "cannot be read: " + err.Error()}}
	case len(content) > maxSize:
		return Layer{}, []Problem{{Path: file, Line: 1, Column: 1, EndColumn: 1, Message: "too large for settings: up to 1 MiB are read"}}
	}
	return ReadTOML(file, []byte(content))
}

// shipped reads a baseline, once.
func (r *Resolver) shipped(path string) *shipped {
	if s := r.baselines[path]; s != nil {
		return s
	}
	s := &shipped{}
	r.baselines[path] = s
	p := Problem{Path: path, Line: 1, Column: 1, EndColumn: 1}
	content, err := r.disk.Read(path)
	r.contents[path] = content
	if err != nil {
		p.Message = "the baseline cannot be read: " + err.Error() + "; 'abide baseline' writes it"
		s.problems = []Problem{p}
		return s
	}
	if s.baseline, err = baseline.Parse(content, filepath.Dir(path)); err != nil {
		p.Message = "the baseline cannot be read: " + err.Error()
		if e := (*baseline.ParseError)(nil); errors.As(err, &e) {
			p.Line, p.Message = e.Line, "the baseline cannot be read: "+e.Message
		}
		s.problems = []Problem{p}
	}
	return s
}

// Outdated tells whether a new resolver would give one of some files another
// configuration: a .abide.toml or a baseline that counts for it has come, gone
// or changed on disk.
func (r *Resolver) Outdated(paths []string) bool {
	cpp.Refresh(r.disk)
	dirs, files := map[string]bool{}, map[string]bool{}
	differs := func(file string) bool {
		if file == "" || files[file] {
			return false
		}
		files[file] = true
		content, _ := r.disk.Read(file)
		r.mu.Lock()
		defer r.mu.Unlock()
		old, known := r.contents[file]
		return known && old != content
	}
	for _, path := range paths {
		if dir := filepath.Dir(path); !dirs[dir] {
			dirs[dir] = true
			p := r.project(path)
			if r.fixed == "" && r.find(dir) != p.path || differs(p.path) || differs(p.baseline) {
				return true
			}
		}
	}
	return false
}

// find is the nearest .abide.toml upwards of a directory, on disk; empty for none.
func (r *Resolver) find(dir string) string {
	for {
		file := filepath.Join(dir, Name)
		if r.disk.Exists(file) {
			return file
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
