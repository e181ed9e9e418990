package server

import (
	"context"
	"path/filepath"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/config"
)

// DidChangeWatchedFiles checks the open files again: a header that they
// include, or the way they are compiled, may have changed on disk.
func (s *server) DidChangeWatchedFiles(_ context.Context, params *protocol.DidChangeWatchedFilesParams) error {
	s.engine.DiskChanged()
	if slices.ContainsFunc(params.Changes, func(e protocol.FileEvent) bool { return s.isSetting(e.URI) }) {
		s.projectsChanged()
		return nil
	}
	s.recheckAll(othersPause)
	s.refreshAll()
	return nil
}

// isSetting tells whether a file holds settings of a project, or its baseline.
func (s *server) isSetting(u uri.URI) bool {
	path, ok := uriPath(u)
	return ok && (filepath.Base(path) == config.Name || filepath.Ext(path) == ".baseline" ||
		slices.ContainsFunc(s.documents.all(), func(d *document) bool { return s.settings.baseline(d.path) == path }))
}
