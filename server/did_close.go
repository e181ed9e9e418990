package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// DidClose gives a file back to the disk and clears its diagnostics.
func (s *server) DidClose(_ context.Context, params *protocol.DidCloseTextDocumentParams) error {
	doc := s.documents.byURI(params.TextDocument.URI)
	if doc == nil {
		return nil
	}
	s.close(doc)
	s.engine.Drop(doc.path)
	s.changes.close(doc.path)
	s.recheckOthers(doc)
	return nil
}

func (s *server) close(doc *document) {
	s.documents.remove(doc)
	doc.mu.Lock()
	doc.closed = true
	doc.mu.Unlock()
	doc.pull(nil)
	doc.checker.edited()
}
