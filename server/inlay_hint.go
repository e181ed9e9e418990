package server

import (
	"context"

	"go.lsp.dev/protocol"

	"abide/analysis"
	"abide/analysis/render"
	"abide/analysis/text"
)

// InlayHint writes offsets, sizes and holes behind the members in a range.
func (s *server) InlayHint(ctx context.Context, params *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	v := s.view(ctx, params.TextDocument)
	shown := s.chosen()
	if v == nil || shown.hints == showNone {
		return nil, nil
	}
	records, err := v.Owners(ctx)
	if err != nil {
		return nil, err
	}
	at := s.fromRange(v.text, params.Range)
	hints := []protocol.InlayHint{}
	for _, r := range records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if touches(r.Span, at) && shown.hints.includes(r.Payload) && !r.Stale {
			hints = append(hints, s.recordHints(v, r, shown.hintsABI, at)...)
		}
	}
	return hints, nil
}

func (s *server) recordHints(v *view, r *analysis.Record, which string, at text.Span) (hints []protocol.InlayHint) {
	yes := true
	for _, h := range render.Hints(v.Facts(r), which) {
		end, ok := v.DeclarationEnd(h.View, &h.Member)
		if !ok || end < at.Start || end > at.End {
			continue
		}
		hints = append(hints, protocol.InlayHint{
			Position:    s.toPosition(v.text, end),
			Label:       protocol.String(h.Text),
			Tooltip:     s.tooltip(h.Details),
			PaddingLeft: &yes,
		})
	}
	return hints
}

func (s *server) tooltip(markdown string) protocol.InlayHintTooltip {
	if s.client.markdown {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: markdown}
	}
	return protocol.String(plain(markdown))
}
