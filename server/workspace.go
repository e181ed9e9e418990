package server

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis"
	"abide/analysis/tree"
)

// maxWorkspaceFiles is more files than a kernel tree has.
const maxWorkspaceFiles = 100_000

var errNoFolder = errors.New("no folder is open that could be checked")

// checked is what came out for one file that is not open.
type checked struct {
	path        string
	uri         uri.URI
	diagnostics []protocol.Diagnostic
	findings    []analysis.Finding
}

// checkFiles checks the files below folders that are not open, some beside each
// other, and hands over what comes out, one at a time. It tells how many there
// were; the error is the context's if it ended before the files did.
func (s *server) checkFiles(ctx context.Context, folders []string, t *task, done func(checked)) (n int, err error) {
	if len(folders) == 0 {
		return 0, errNoFolder
	}
	files, err := filesBelow(ctx, folders)
	if err != nil {
		return 0, err
	}
	files = slices.DeleteFunc(files, func(f string) bool { return s.documents.byPath(f) != nil })

	next := make(chan string)
	var wait sync.WaitGroup
	var mu sync.Mutex
	for range max(1, runtime.GOMAXPROCS(0)-1) {
		wait.Go(func() {
			for path := range next {
				result, ok := s.checkFile(ctx, path)
				mu.Lock()
				if ok {
					n++
					done(result)
				}
				t.done(n, len(files))
				mu.Unlock()
			}
		})
	}
feed:
	for _, f := range files {
		select {
		case next <- f:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wait.Wait()
	return n, ctx.Err()
}

// filesBelow lists the files of folders, each once. It does not wait for a slow
// disk when ctx has ended.
func filesBelow(ctx context.Context, folders []string) ([]string, error) {
	type listing struct {
		files []string
		err   error
	}
	done := make(chan listing, 1)
	go func() {
		var l listing
		for _, folder := range folders {
			list, err := tree.Expand(folder, maxWorkspaceFiles)
			if err != nil && len(list) == 0 {
				l.err = fmt.Errorf("checking the workspace: %w", err)
				break
			}
			l.files = append(l.files, list...) // the rest, if a directory cannot be read
		}
		slices.Sort(l.files) // a folder may lie in another
		l.files = slices.Compact(l.files)
		done <- l
	}()
	select {
	case l := <-done:
		return l.files, l.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// checkFile checks a file as it is on disk. ok is false for one that cannot be
// read, or if ctx has ended.
func (s *server) checkFile(ctx context.Context, path string) (c checked, ok bool) {
	defer s.recoverTo("check of " + path)
	select {
	case s.checking <- struct{}{}:
	case <-ctx.Done():
		return c, false
	}
	defer func() { <-s.checking }()
	snap, err := s.engine.Snapshot(path)
	if err != nil {
		s.log.Debug("file not checked", "path", path, "error", err)
		return c, false
	}
	if s.documents.byPath(path) == nil {
		defer s.engine.Forget(path)
	}
	v := &view{doc: &document{uri: uri.File(path), path: path}, text: snap.Text(), snapshot: snap}
	c = checked{path: path, uri: v.doc.uri}
	if c.findings, err = s.findings(ctx, v); err != nil {
		s.log.Debug("file not checked", "path", path, "error", err)
		return c, false
	}
	for i := range c.findings {
		c.diagnostics = append(c.diagnostics, s.toDiagnostic(v, &c.findings[i]))
	}
	return c, true
}
