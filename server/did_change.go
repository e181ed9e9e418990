package server

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"abide/analysis/text"
)

// DidChange applies edits, each to the text that the one before it left.
func (s *server) DidChange(_ context.Context, params *protocol.DidChangeTextDocumentParams) error {
	doc := s.documents.byURI(params.TextDocument.URI)
	if doc == nil {
		return nil
	}
	_, f, _ := doc.state()
	for _, change := range params.ContentChanges {
		next, err := s.apply(f, change)
		if err != nil {
			// What is left out cannot be made good; the rest may be a full text.
			s.log.Warn("change ignored", "path", doc.path, "version", params.TextDocument.Version, "error", err)
			continue
		}
		f = next
	}
	doc.set(params.TextDocument.Version, f)
	s.store(doc, f)
	doc.pull(nil)
	doc.checker.edited()
	s.recheckOthers(doc)
	return nil
}

func (s *server) apply(f *text.File, change protocol.TextDocumentContentChangeEvent) (*text.File, error) {
	switch c := change.(type) {
	case *protocol.TextDocumentContentChangeWholeDocument:
		return text.New(strings.Clone(c.Text)), nil
	case *protocol.TextDocumentContentChangePartial:
		return f.Apply(text.Edit{Span: s.fromRange(f, c.Range), New: strings.Clone(c.Text)})
	}
	return nil, fmt.Errorf("unknown kind of change %T", change)
}
