package server

import (
	"reflect"

	"go.lsp.dev/protocol"

	"abide/analysis"
)

// publish sends textDocument/publishDiagnostics for one version; v is nil to
// clear. What the client knows already is not said again.
func (s *server) publish(last *published, doc *document, v *view, findings []analysis.Finding) {
	now := published{any: true, diagnostics: []protocol.Diagnostic{}} // [] and not null on the wire
	params := protocol.PublishDiagnosticsParams{URI: doc.uri}
	if v != nil {
		now.version = v.version
		for i := range findings {
			now.diagnostics = append(now.diagnostics, s.toDiagnostic(v, &findings[i]))
		}
		params.Version = protocol.NewOptional(v.version)
	}
	if reflect.DeepEqual(*last, now) || !last.any && v == nil {
		return
	}
	params.Diagnostics = now.diagnostics
	if err := s.client.conn.Notify(s.ctx, protocol.MethodTextDocumentPublishDiagnostics, &params); err != nil {
		s.log.Debug("diagnostics not published", "path", doc.path, "error", err)
		return
	}
	*last = now
}
