package server

import (
	"bytes"
	"sync"

	"go.lsp.dev/protocol"
)

// offers are the methods that come and go with the settings, for clients that
// let them be registered after initialize: the options by method, which is the
// registration's id, too.
type offers struct {
	mu   sync.Mutex // held while the client is asked
	made map[string]protocol.LSPAny
}

// known notes what the client has learned from the answer to initialize.
func (o *offers) known(method string, options protocol.LSPAny) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.made[method] = options
}

// offerChosen offers what the settings want, and takes back what they do not.
func (s *server) offerChosen() {
	if !s.greeted.Load() || !s.client.registersSymbols && !s.client.registersDiagnostics {
		return
	}
	s.start("registration", func() {
		s.offers.mu.Lock()
		defer s.offers.mu.Unlock()
		shown := s.chosen()
		if s.client.registersSymbols {
			var options protocol.LSPAny
			if shown.symbols {
				options = protocol.LSPAny(`{"documentSelector":[{"language":"c"},{"language":"cpp"}]}`)
			}
			s.offer(protocol.MethodTextDocumentDocumentSymbol, options)
		}
		if s.client.registersDiagnostics {
			s.offer(protocol.MethodTextDocumentDiagnostic, mustJSON(diagnosticOptions(shown)))
		}
	})
}

// offer offers a method to the client; nil options take the offer back. It
// runs with mu held.
func (s *server) offer(method string, options protocol.LSPAny) {
	before := s.offers.made[method]
	if bytes.Equal(before, options) {
		return
	}
	if before != nil {
		params := &protocol.UnregistrationParams{Unregisterations: []protocol.Unregistration{{ID: method, Method: method}}}
		if err := s.client.call(s.ctx, protocol.MethodClientUnregisterCapability, params, nil); err != nil {
			s.log.Warn("client keeps an offer", "method", method, "error", err)
			return
		}
		delete(s.offers.made, method)
	}
	if options != nil {
		params := &protocol.RegistrationParams{Registrations: []protocol.Registration{{ID: method, Method: method, RegisterOptions: options}}}
		if err := s.client.call(s.ctx, protocol.MethodClientRegisterCapability, params, nil); err != nil {
			s.log.Warn("client takes no offer", "method", method, "error", err)
			return
		}
		s.offers.made[method] = options
	}
}
