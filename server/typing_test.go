package server

import (
	"context"
	"os"
	"testing"
	"time"

	"go.lsp.dev/protocol"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

// A driver's header is typed character by character, and deleted again, while
// the editor asks about what is there.
func TestTyping(t *testing.T) {
	content, err := os.ReadFile("../testdata/demo/sensor.h")
	check(t, err)
	s := serve(t, newEngine(), editor.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // 1,600 edits, each looked at
	defer cancel()
	check(t, s.Initialize(ctx))
	doc, err := s.Open(ctx, "file:///typing/sensor.h", "c", "")
	check(t, err)
	look := func(at int) {
		t.Helper()
		_, err := doc.Hover(ctx, at)
		check(t, err)
		_, err = doc.CodeActions(ctx, doc.Range(text.Span{Start: 0, End: doc.Text.Len()}), protocol.CodeActionKindQuickFix)
		check(t, err)
	}
	for i, c := range string(content) {
		check(t, doc.Edit(ctx, text.Edit{Span: text.Span{Start: i, End: i}, New: string(c)}))
		look(i)
	}
	diags, err := doc.Diagnostics(ctx)
	check(t, err)
	if len(diags) == 0 {
		t.Error("nothing is found in what was typed")
	}
	for doc.Text.Len() > 0 {
		end := doc.Text.Len()
		check(t, doc.Edit(ctx, text.Edit{Span: text.Span{Start: end - 1, End: end}}))
		look(end / 2)
	}
	diags, err = doc.Diagnostics(ctx)
	check(t, err)
	if len(diags) != 0 {
		t.Errorf("diagnostics of nothing: %v", diags)
	}
}
