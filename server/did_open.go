package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"abide/analysis/text"
)

// DidOpen puts the editor's text in front of the file on disk. Documents in
// other languages, or behind other schemes than file and untitled, are left
// to others.
func (s *server) DidOpen(ctx context.Context, params *protocol.DidOpenTextDocumentParams) error {
	item := &params.TextDocument
	path, ok := uriPath(item.URI)
	if !ok || !isC(string(item.LanguageID), path) {
		return nil
	}
	doc := &document{uri: spelledURI(ctx, item.URI), path: path, version: item.Version, text: text.New(strings.Clone(item.Text))}
	before := s.documents.byPath(path)
	if before != nil {
		s.log.Warn("document opened a second time", "path", path)
		s.close(before)
	}
	s.documents.put(doc)
	s.store(doc, doc.text)
	s.opened(path)
	s.startChecker(doc)
	s.recheckOthers(doc)
	return nil
}
