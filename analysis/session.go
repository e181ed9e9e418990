package analysis

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
	"abide/analysis/index"
	"abide/analysis/ioctl"
	"abide/analysis/sysroot"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Config is what users choose.
type Config struct {
	ABIs       []*abi.ABI // default abi.Default()
	Scope      Scope
	Severities map[string]Severity // by rule
	Payloads   []string            // patterns of the names of records that are payloads: path.Match, with or without "struct "
	System     []string            // absolute patterns of files that are not reported on: doublestar, a directory for all below it
	CompDB     string              // -p: directory or file; empty to search upwards
	Flags      *compdb.Command     // flags after "--"; nil to use the databases
	Checks     []*Check
	// Baseline is the ABI that has been shipped; nil for none.
	Baseline Baseline
	// Shipped tells whether programs exist that know the layout of a record of
	// this file; nil if that is to be taken for granted. The titles of fixes
	// warn of what would break them.
	Shipped func(*Record) bool
	// Bodies asks for the bodies of functions in headers, too, which nothing
	// but printing the preprocessed text needs.
	Bodies bool
}

// Baseline knows which findings are about what has been shipped as it is, and
// can no longer change. Package baseline has it.
type Baseline interface {
	// Accept gives the function that is asked about each finding of a snapshot,
	// in order.
	Accept(ctx context.Context, s *Snapshot) (func(*Finding) bool, error)
}

// A session remembers the last version of as many files as have maxTargets
// targets together (a driver's takes about a megabyte), but of minFiles.
const (
	maxTargets = 128
	minFiles   = 4
)

// Session holds what outlives an edit: caches, open buffers, configuration.
// It is safe for concurrent use.
type Session struct {
	cache cpp.Cache
	db    compdb.DB
	// workers bounds the targets that are computed at a time, of all snapshots.
	workers chan struct{}
	common  commonTypes
	disk    cpp.FS
	ioctls  ioctl.Cache
	index   atomic.Pointer[index.Index]
	unwatch context.CancelFunc // ends the work at index; guarded by mu

	mu      sync.Mutex
	config  *Config
	configs func(path string) *Config // nil for config everywhere
	files   *overlay
	latest  recent[*Snapshot]
}

// NewSession makes a session. disk may be nil for the real file system.
func NewSession(cfg Config, disk cpp.FS) *Session {
	if disk == nil {
		disk = cpp.Disk()
	}
	s := &Session{
		workers: make(chan struct{}, runtime.GOMAXPROCS(0)),
		disk:    disk,
		files:   &overlay{disk: sysroot.Layer(disk)},
	}
	s.SetConfig(cfg)
	return s
}

// SetConfig replaces the configuration; snapshots taken before keep theirs.
func (s *Session) SetConfig(cfg Config) {
	if len(cfg.ABIs) == 0 {
		cfg.ABIs = abi.Default()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.config, s.configs = &cfg, nil
	s.latest.limit = max(minFiles, maxTargets/len(cfg.ABIs))
}

// SetConfigs gives every file a configuration of its own: of is asked at each
// Snapshot, must be cheap and safe for concurrent use, and gives the same
// pointer while nothing changes. ABIs must not be empty.
func (s *Session) SetConfigs(of func(path string) *Config) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.configs = of
}

// SetBuffer puts an editor's text in front of the file on disk, for this file
// and for every file that includes it; Drop takes it away. Neither analyses.
func (s *Session) SetBuffer(path string, f *text.File) { s.setBuffer(path, f) }
func (s *Session) Drop(path string)                    { s.setBuffer(path, nil) }

func (s *Session) setBuffer(path string, f *text.File) {
	path = filepath.Clean(path)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = s.files.with(path, f)
	if x := s.index.Load(); x != nil && f != nil {
		x.Buffer(path, f.Content())
	} else if x != nil {
		x.Close(path)
	}
}

// Forget lets go of what is remembered of a file for its next version.
func (s *Session) Forget(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latest.remove(filepath.Clean(path))
}

// DiskChanged says that files may have changed on disk: snapshots taken from
// now on look at them again.
func (s *Session) DiskChanged() {
	cpp.Refresh(s.disk)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = s.files.reread()
	if x := s.index.Load(); x != nil {
		x.Touched()
	}
}

// Snapshot gives the current version of a file (the buffer, else the disk),
// cheaply: the work happens when its methods ask for it. The error says why a
// file cannot be read.
func (s *Session) Snapshot(path string) (*Snapshot, error) {
	path = filepath.Clean(path)
	s.mu.Lock()
	config, configs, files := s.config, s.configs, s.files
	before, _ := s.latest.get(path)
	s.mu.Unlock()
	if configs != nil {
		config = configs(path)
	}

	known := s.indexed()
	f, open := files.buffers[path]
	if !open {
		content, err := files.Read(path)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", path, err)
		}
		if before != nil && before.text.Content() == content {
			f = before.text
		} else {
			f = text.New(content)
		}
	}
	if before != nil && before.text == f && before.config == config && before.files == files && before.index == known {
		return before, nil
	}

	next := &Snapshot{session: s, path: path, text: f, config: config, files: files, index: known}
	if before != nil {
		next.base.Store(before.version())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files != files || configs == nil && s.config != config {
		return next, nil
	}
	if other, ok := s.latest.get(path); ok && other.text == f && other.config == config && other.files == files && other.index == known {
		return other, nil
	}
	s.latest.put(path, next)
	return next, nil
}

// Snapshot is one version of one file for every selected ABI. Immutable and
// lazy; safe for concurrent use. ctx bounds each call that may work long; an
// abandoned call leaves nothing half done.
type Snapshot struct {
	session *Session
	path    string
	text    *text.File
	config  *Config
	files   *overlay
	index   *index.View // nil for none

	// base is the version whose work this one starts from; nil once it has
	// work of its own to pass on.
	base atomic.Pointer[version]

	fileOnce sync.Once
	file     *cpp.File // see source

	marks    lazy[*marks]
	targets  lazy[*version]
	records  lazy[*recordIndex]
	commands lazy[[]*Command]
	findings lazy[[]Finding]

	memoLock sync.Mutex
	memo     map[any]func() any
}

// Path is the file's path, as it was asked for, cleaned.
func (s *Snapshot) Path() string { return s.path }

// Text is the file's content.
func (s *Snapshot) Text() *text.File { return s.text }

// Config is what was configured when the snapshot was taken.
func (s *Snapshot) Config() *Config { return s.config }

// Read gives the content of another file as this snapshot sees it.
func (s *Snapshot) Read(path string) (string, error) { return s.files.Read(path) }

// Lexed is the file's own tokens and comments, before preprocessing.
func (s *Snapshot) Lexed(ctx context.Context) (*token.Lexed, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.source().Lexed(), nil
}

// Code yields the file's own tokens outside of directives, in runs, as
// cpp.File does: for what most files do not have.
func (s *Snapshot) Code() iter.Seq[[]token.Token] { return s.source().Code() }

// source is the file cut into sections, of which the base has most.
func (s *Snapshot) source() *cpp.File {
	s.fileOnce.Do(func() {
		var before *cpp.File
		if base := s.base.Load(); base != nil {
			before = base.file
		}
		s.file = s.session.cache.File(s.path, s.text, before)
	})
	return s.file
}

// mentions tells whether the file contains one of some words at all: most have
// no need to be lexed for them.
func (s *Snapshot) mentions(words ...string) bool {
	content := s.text.Content()
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(content, word) })
}

// Memo gives what build computes for a key, computed once per snapshot: what
// several checks need. build must not ask for the same key.
func (s *Snapshot) Memo(key any, build func() any) any {
	s.memoLock.Lock()
	once, ok := s.memo[key]
	if !ok {
		if s.memo == nil {
			s.memo = map[any]func() any{}
		}
		once = sync.OnceValue(build)
		s.memo[key] = once
	}
	s.memoLock.Unlock()
	return once()
}
