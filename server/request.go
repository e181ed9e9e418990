package server

import (
	"context"

	"go.lsp.dev/jsonrpc2"
)

// Request answers every method that the protocol does not name.
func (s *server) Request(_ context.Context, method string, _ any) (any, error) {
	return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "%s is not known", method)
}
