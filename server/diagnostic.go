package server

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// The protocol's code, and what goes with it, for a request that the server
// gives up because a change has made it worthless.
const codeServerCancelled jsonrpc2.Code = -32802

var errOvertaken = &jsonrpc2.Error{
	Code: codeServerCancelled, Message: "the document has changed", Data: jsonrpc2.RawMessage(`{"retriggerRequest":true}`),
}

// Diagnostic gives the findings of a document to a client that asks for them.
// An edit of the document ends what it was asked before.
func (s *server) Diagnostic(ctx context.Context, params *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	previous := cloned(params.PreviousResultID)
	var v *view
	if doc := s.documents.byURI(params.TextDocument.URI); doc != nil {
		doc.pull(cancel)
		v = s.viewOf(ctx, doc)
	}
	diagnostics := []protocol.Diagnostic{}
	if v != nil {
		var err error
		if diagnostics, err = s.diagnose(ctx, v); err != nil {
			return nil, err
		}
	}
	id := resultID(diagnostics)
	if id == previous {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: "unchanged", ResultID: id},
		}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{
		FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: "full", ResultID: &id, Items: diagnostics},
	}, nil
}

// diagnose runs the checks for a client that waits for the diagnostics.
func (s *server) diagnose(ctx context.Context, v *view) ([]protocol.Diagnostic, error) {
	findings, err := s.findings(ctx, v)
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != nil {
		s.log.Warn("check failed", "path", v.doc.path, "error", err)
	}
	s.reviewProject(v.doc.path)
	s.warnOfCommand(ctx, v)
	diagnostics := make([]protocol.Diagnostic, len(findings))
	for i := range findings {
		diagnostics[i] = s.toDiagnostic(v, &findings[i])
	}
	return diagnostics, nil
}

// resultID is the same for the same diagnostics.
func resultID(diagnostics []protocol.Diagnostic) string {
	raw, err := protocol.Marshal(diagnostics)
	if err != nil {
		return ""
	}
	h := fnv.New64a()
	h.Write(raw)
	return fmt.Sprintf("%x-%d", h.Sum64(), len(diagnostics))
}

// cloned keeps a string beyond its message.
func cloned(s *string) string {
	if s == nil {
		return ""
	}
	return string([]byte(*s))
}

// pull makes way for a new request for diagnostics: the one under way has been
// overtaken, by a change or by another request. cancel may be nil.
func (d *document) pull(cancel context.CancelCauseFunc) {
	d.mu.Lock()
	before := d.pulling
	d.pulling = cancel
	d.mu.Unlock()
	if before != nil {
		before(errOvertaken)
	}
}

// isOvertaken tells whether a request ended because a change made it worthless.
func isOvertaken(err error) bool {
	var coded *jsonrpc2.Error
	return errors.As(err, &coded) && coded.Code == codeServerCancelled
}
