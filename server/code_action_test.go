package server

import (
	"testing"

	"go.lsp.dev/protocol"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

func TestCodeActions(t *testing.T) {
	for _, changes := range []bool{false, true} {
		s := start(t, editor.Options{Changes: changes})
		ctx := timeout(t)
		doc, err := s.Open(ctx, fakeURI, "c", "BAD 漢 BAD\n")
		check(t, err)
		actions, err := doc.CodeActions(ctx, doc.Range(text.Span{Start: 9, End: 9}))
		check(t, err)
		if len(actions) != 2 || actions[0].Title != "Replace" || actions[1].Title != "Replace all" {
			t.Fatalf("actions %+v", actions)
		}
		one, all := actions[0], actions[1]
		if one.Kind == nil || *one.Kind != protocol.CodeActionKindQuickFix || one.IsPreferred == nil || !*one.IsPreferred || all.IsPreferred != nil {
			t.Errorf("kind %v, preferred %v and %v", one.Kind, one.IsPreferred, all.IsPreferred)
		}
		if len(one.Diagnostics) != 1 || one.Diagnostics[0].Range != doc.Range(text.Span{Start: 8, End: 11}) {
			t.Errorf("cures %v", one.Diagnostics)
		}
		if (len(one.Edit.Changes) > 0) != changes || (len(one.Edit.DocumentChanges) > 0) == changes {
			t.Errorf("edit %+v", one.Edit)
		}
		check(t, doc.Apply(ctx, one))
		if got := doc.Text.Content(); got != "BAD 漢 GOOD\n" {
			t.Errorf("applied: %q", got)
		}

		whole := doc.Range(text.Span{Start: 0, End: doc.Text.Len()})
		check(t, doc.Replace(ctx, "BAD BAD"))
		actions, err = doc.CodeActions(ctx, whole)
		check(t, err)
		if len(actions) != 3 || len(actions[1].Diagnostics) != 2 {
			t.Fatalf("actions %+v", actions)
		}
		check(t, doc.Apply(ctx, actions[1]))
		if got := doc.Text.Content(); got != "GOOD GOOD" {
			t.Errorf("all applied: %q", got)
		}
		actions, err = doc.CodeActions(ctx, whole)
		check(t, err)
		if len(actions) != 0 {
			t.Errorf("actions without findings: %v", actions)
		}
	}
}

func TestCodeActionKinds(t *testing.T) {
	s := start(t, editor.Options{})
	doc, err := s.Open(timeout(t), fakeURI, "c", "BAD")
	check(t, err)
	for _, test := range []struct {
		only []protocol.CodeActionKind
		want int
	}{
		{nil, 2},
		{[]protocol.CodeActionKind{"quickfix"}, 2},
		{[]protocol.CodeActionKind{""}, 2},
		{[]protocol.CodeActionKind{"refactor", "quickfix"}, 2},
		{[]protocol.CodeActionKind{"refactor"}, 0},
		{[]protocol.CodeActionKind{"quickfix.other"}, 0},
		{[]protocol.CodeActionKind{"source.fixAll"}, 0},
	} {
		actions, err := doc.CodeActions(timeout(t), protocol.Range{}, test.only...)
		check(t, err)
		if len(actions) != test.want {
			t.Errorf("only %q: %d actions, want %d", test.only, len(actions), test.want)
		}
	}
}
