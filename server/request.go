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

// Request answers every method that the protocol does not name.
func (s *server) Request(ctx context.Context, method string, params any) (any, error) {
	answer, known := customRequests[method]
	if !known {
		return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "%s is not known", method)
	}
	raw, _ := params.(protocol.LSPAny)
	return answer(s, ctx, raw)
}
