package server

import (
	"context"
	"encoding/json"

	"go.lsp.dev/protocol"

	"abide/analysis/render"
	"abide/analysis/text"
)

// showLayoutCommand is a command of clients that draw a record's layout. They
// say in initialize that they have it; it gets a document's URI and a position.
const showLayoutCommand = "abide.showLayout"

// CodeLens writes the size of records above them, and the numbers of commands.
func (s *server) CodeLens(ctx context.Context, params *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	v := s.view(ctx, params.TextDocument)
	shown := s.chosen()
	if v == nil || shown.lenses == showNone {
		return nil, nil
	}
	records, err := v.Owners(ctx)
	if err != nil {
		return nil, err
	}
	lenses := []protocol.CodeLens{}
	for _, r := range records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !shown.lenses.includes(r.Payload) || r.Stale {
			continue
		}
		if title := render.RecordLens(v.Facts(r)); title != "" {
			lenses = append(lenses, s.lens(v, r.NameSpan, title, true))
		}
	}
	commands, err := v.Commands(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range commands {
		title, differs := render.CommandLens(c)
		if title != "" && shown.lenses.includes(differs) {
			lenses = append(lenses, s.lens(v, c.Span, title, false))
		}
	}
	return lenses, nil
}

// lens makes a lens. A client that draws layouts does so when a record's is
// clicked; others show the text alone.
func (s *server) lens(v *view, at text.Span, title string, drawn bool) protocol.CodeLens {
	r := s.toRange(v.text, at)
	command := protocol.Command{Title: title}
	if drawn && s.client.drawsLayouts {
		command.Command = showLayoutCommand
		command.Arguments = []protocol.LSPAny{mustJSON(v.doc.uri), mustJSON(r.Start)}
	}
	return protocol.CodeLens{Range: r, Command: command}
}

// mustJSON is the JSON of a value that has one.
func mustJSON(value any) protocol.LSPAny {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return raw
}
