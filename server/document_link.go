package server

import (
	"context"

	"go.lsp.dev/protocol"

	"abide/analysis/checks"
)

// DocumentLink leads from the rules that abide:ignore comments name to their pages.
func (s *server) DocumentLink(ctx context.Context, params *protocol.DocumentLinkParams) ([]protocol.DocumentLink, error) {
	v := s.view(ctx, params.TextDocument)
	if v == nil {
		return nil, nil
	}
	mentions, err := v.Mentions(ctx)
	if err != nil {
		return nil, err
	}
	links := []protocol.DocumentLink{}
	for _, m := range mentions {
		page, ok := rulePage(m.Rule)
		if !ok || !knownRule(m.Rule) {
			continue
		}
		tooltip := "What " + m.Rule + " means"
		links = append(links, protocol.DocumentLink{Range: s.toRange(v.text, m.Span), Target: &page, Tooltip: &tooltip})
	}
	return links, nil
}

func knownRule(name string) bool {
	for _, c := range checks.All() {
		if c.Name == name {
			return true
		}
	}
	return false
}
