package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// DidChangeWatchedFiles checks the open files again: a header that they
// include, or the way they are compiled, may have changed on disk.
func (s *server) DidChangeWatchedFiles(context.Context, *protocol.DidChangeWatchedFilesParams) error {
	s.engine.DiskChanged()
	s.recheckAll(othersPause)
	s.refreshAll()
	return nil
}
