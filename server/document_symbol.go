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
