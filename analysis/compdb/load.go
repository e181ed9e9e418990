package compdb

import (
	"io/fs"
	"os"
	"sync"
	"time"
)

// maxLoaded bounds how many files a DB keeps in memory.
const maxLoaded = 256

// dbState keeps what was read, by path, for as long as the file on disk stays
// the same.
type dbState struct {
	mu     sync.Mutex
	loaded map[string]*slot

	directories directories

	// root stands before /lib/modules, /usr/src and /proc; empty but in tests.
	root string
}

type slot struct {
	mu    sync.Mutex
	size  int64
	mtime time.Time
	valid bool
	value any
	err   error
}

// load reads a file, or gives what an earlier call read if size and time of
// the file are the same. ok is false if there is no such regular file.
func load[T any](s *dbState, path string, read func(path string) (T, error)) (value T, ok bool, err error) {
	return loadOf(s, path, fs.FileMode.IsRegular, read)
}

// loadDir does so for a directory, whose time tells when names come and go.
func loadDir[T any](s *dbState, path string, read func(path string) (T, error)) (value T, ok bool, err error) {
	return loadOf(s, path, fs.FileMode.IsDir, read)
}

func loadOf[T any](s *dbState, path string, kind func(fs.FileMode) bool, read func(path string) (T, error)) (value T, ok bool, err error) {
	info, err := os.Stat(path)
	if err != nil || !kind(info.Mode()) {
		return value, false, nil
	}
	e := s.slot(path)
	e.mu.Lock()
	defer e.mu.Unlock()
	if v, same := e.value.(T); same && e.valid && e.size == info.Size() && e.mtime.Equal(info.ModTime()) {
		return v, true, e.err
	}
	value, err = read(path)
	e.value, e.err, e.valid = value, err, true
	e.size, e.mtime = info.Size(), info.ModTime()
	return value, true, err
}

func (s *dbState) slot(path string) *slot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.loaded[path]; e != nil {
		return e
	}
	if s.loaded == nil {
		s.loaded = map[string]*slot{}
	}
	for other := range s.loaded {
		if len(s.loaded) < maxLoaded {
			break
		}
		delete(s.loaded, other)
	}
	e := &slot{}
	s.loaded[path] = e
	return e
}
