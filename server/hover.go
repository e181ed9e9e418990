package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// Hover shows the layout of the record, the field or the ioctl command under
// the cursor.
func (s *server) Hover(ctx context.Context, params *protocol.HoverParams) (*protocol.Hover, error) {
	v := s.view(ctx, params.TextDocument)
	if v == nil {
		return nil, nil
	}
	facts, err := v.Hover(ctx, s.fromPosition(v.text, params.Position))
	if err != nil || facts == nil {
		return nil, err
	}
	at := s.toRange(v.text, facts.Span)
	return &protocol.Hover{Contents: s.markup(facts), Range: &at}, nil
}
