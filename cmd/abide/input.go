package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"abide/analysis"
)

// sniffed is how many bytes at its start tell whether a file is text.
const sniffed = 8000

// forget lets go of an input that has been dealt with.
func forget(session *analysis.Session, path string) {
	if absolute, err := filepath.Abs(path); err == nil {
		session.Forget(absolute)
	}
}

// open takes the snapshot of an input. The error is complete: it names the
// file as the user gave it.
func open(session *analysis.Session, path string) (*analysis.Snapshot, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	snapshot, err := session.Snapshot(absolute)
	if err != nil {
		if cause := errors.Unwrap(err); cause != nil {
			err = cause
		}
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	content := snapshot.Text().Content()
	if strings.IndexByte(content[:min(len(content), sniffed)], 0) >= 0 {
		return nil, fmt.Errorf("cannot read %s: it is a binary file, not C source", path)
	}
	return snapshot, nil
}

// each works on files beside each other and hands over what came out in the
// order of the files, until ctx ends.
func each[T any](ctx context.Context, files []string, work func(context.Context, string) T, done func(string, T)) {
	results := make([]chan T, len(files))
	for i := range results {
		results[i] = make(chan T, 1)
	}
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(len(files), runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := range next {
				results[i] <- work(ctx, files[i])
			}
		})
	}
	go func() {
		for i := range files {
			next <- i
		}
		close(next)
	}()
	for i, file := range files {
		if r := <-results[i]; ctx.Err() == nil {
			done(file, r)
		}
	}
	wait.Wait()
}

// shownPath is how a path is written for people: as given if it is an input,
// relative to the current directory if it lies below it.
type shownPath struct {
	absolute, given string
	dir             string
}

func newShownPath(absolute, given string) shownPath {
	dir, err := os.Getwd()
	if err != nil {
		dir = ""
	}
	return shownPath{absolute, given, dir}
}

func (s shownPath) of(path string) string {
	if path == s.absolute {
		return s.given
	}
	if s.dir != "" {
		if rel, ok := strings.CutPrefix(path, s.dir+string(filepath.Separator)); ok {
			return rel
		}
	}
	return path
}
