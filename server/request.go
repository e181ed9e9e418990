package server

import (
	"context"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// customRequests are abide's own methods.
var customRequests = map[string]func(*server, context.Context, protocol.LSPAny) (any, error){
	"abide/layout": (*server).layout,
}

// standardRequests are the protocol's that have an answer; docs/lsp.md lists them.
var standardRequests = map[string]bool{
	protocol.MethodInitialize:                 true,
	protocol.MethodShutdown:                   true,
	protocol.MethodTextDocumentHover:          true,
	protocol.MethodTextDocumentCodeAction:     true,
	protocol.MethodCodeActionResolve:          true,
	protocol.MethodTextDocumentCodeLens:       true,
	protocol.MethodTextDocumentInlayHint:      true,
	protocol.MethodTextDocumentDocumentLink:   true,
	protocol.MethodTextDocumentDocumentSymbol: true,
	protocol.MethodTextDocumentDiagnostic:     true,
	protocol.MethodWorkspaceDiagnostic:        true,
	protocol.MethodWorkspaceExecuteCommand:    true,
}

// answered tells whether there is an answer to a method.
func answered(method string) bool { return standardRequests[method] || customRequests[method] != nil }

// Request answers the methods that the protocol does not name.
func (s *server) Request(ctx context.Context, method string, params any) (any, error) {
	answer, known := customRequests[method]
	if !known {
		return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "%s is not known", method)
	}
	raw, _ := params.(protocol.LSPAny)
	return answer(s, ctx, raw)
}
