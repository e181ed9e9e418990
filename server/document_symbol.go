package server

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"abide/analysis/render"
)

// DocumentSymbol lists the records and ioctl commands of a document. It is for
// editors with no other server that does; the setting documentSymbols turns it on.
func (s *server) DocumentSymbol(ctx context.Context, params *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	v := s.view(ctx, params.TextDocument)
	if v == nil || !s.chosen().symbols {
		return nil, nil
	}
	records, err := v.Owners(ctx)
	if err != nil {
		return nil, err
	}
	commands, err := v.Commands(ctx)
	if err != nil {
		return nil, err
	}
	symbols := protocol.DocumentSymbolSlice{}
	for _, r := range records {
		detail := render.RecordLens(v.Facts(r))
		symbols = append(symbols, protocol.DocumentSymbol{
			Name: r.Name, Detail: &detail, Kind: protocol.SymbolKindStruct,
			Range: s.toRange(v.text, r.Span), SelectionRange: s.toRange(v.text, r.NameSpan),
		})
	}
	for _, c := range commands {
		detail, _ := render.CommandLens(c)
		at := s.toRange(v.text, c.Span)
		symbols = append(symbols, protocol.DocumentSymbol{
			Name: c.Name, Detail: &detail, Kind: protocol.SymbolKindConstant, Range: at, SelectionRange: at,
		})
	}
	slices.SortStableFunc(symbols, func(a, b protocol.DocumentSymbol) int {
		return int(a.Range.Start.Line) - int(b.Range.Start.Line)
	})
	return symbols, nil
}

// symbolRegistration is the id under which the symbols are offered.
const symbolRegistration = "symbols"

// registerSymbols offers the symbols to a client, or takes the offer back, if
// it lets that be done after initialize.
func (s *server) registerSymbols(wanted bool) {
	if !s.client.registersSymbols || !s.greeted.Load() {
		return
	}
	s.start("registration of symbols", func() {
		s.registering.Lock()
		defer s.registering.Unlock()
		if s.registered == wanted {
			return
		}
		method, params := protocol.MethodClientUnregisterCapability, any(&protocol.UnregistrationParams{
			Unregisterations: []protocol.Unregistration{{ID: symbolRegistration, Method: protocol.MethodTextDocumentDocumentSymbol}},
		})
		if wanted {
			method, params = protocol.MethodClientRegisterCapability, &protocol.RegistrationParams{
				Registrations: []protocol.Registration{{
					ID: symbolRegistration, Method: protocol.MethodTextDocumentDocumentSymbol,
					RegisterOptions: protocol.LSPAny(`{"documentSelector":[{"language":"c"},{"language":"cpp"}]}`),
				}},
			}
		}
		if err := s.client.call(s.ctx, method, params, nil); err != nil {
			s.log.Warn("client takes no offer of symbols", "error", err)
			return
		}
		s.registered = wanted
	})
}
