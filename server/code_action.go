package server

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis"
	"abide/analysis/text"
)

// CodeAction offers the fixes of the findings in a range.
func (s *server) CodeAction(ctx context.Context, params *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	v := s.view(ctx, params.TextDocument)
	if v == nil || !wanted(params.Context.Only, protocol.CodeActionKindQuickFix) {
		return nil, nil
	}
	findings, err := v.Findings(ctx)
	if err != nil {
		return nil, err
	}
	at := s.fromRange(v.text, params.Range)
	var actions []*protocol.CodeAction
	offered := make(map[string]*protocol.CodeAction)
	for i := range findings {
		finding := &findings[i]
		if !touches(finding.Span, at) {
			continue
		}
		fixes := finding.Fixes()
		for j := range fixes {
			fix := &fixes[j]
			// A fix of the whole record comes with each of the record's findings.
			identity := fmt.Sprint(fix.Title, fix.Edits)
			if before := offered[identity]; before != nil {
				before.Diagnostics = append(before.Diagnostics, s.toDiagnostic(v, finding))
				continue
			}
			action := s.toCodeAction(v, finding, fix)
			offered[identity] = action
			actions = append(actions, action)
		}
	}
	if v.outdated() {
		return nil, nil // offsets of a text that is gone
	}
	out := make([]protocol.CommandOrCodeAction, len(actions))
	for i, a := range actions {
		out[i] = a
	}
	return out, nil
}

func (s *server) toCodeAction(v *view, finding *analysis.Finding, fix *analysis.Fix) *protocol.CodeAction {
	kind := protocol.CodeActionKindQuickFix
	action := &protocol.CodeAction{
		Title:       fix.Title,
		Kind:        &kind,
		Diagnostics: []protocol.Diagnostic{s.toDiagnostic(v, finding)},
		Edit:        s.toWorkspaceEdit(v, fix.Edits),
	}
	if fix.Preferred {
		action.IsPreferred = &fix.Preferred
	}
	return action
}

// toWorkspaceEdit names the version the edits are for if the client can check it.
func (s *server) toWorkspaceEdit(v *view, edits []text.Edit) *protocol.WorkspaceEdit {
	list := s.toTextEdits(v.text, edits)
	if !s.client.documentChanges {
		return &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{v.doc.uri: list}}
	}
	change := &protocol.TextDocumentEdit{
		TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: v.doc.uri},
			Version:                &v.version,
		},
	}
	for i := range list {
		change.Edits = append(change.Edits, &list[i])
	}
	return &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{change}}
}

// wanted tells whether actions of a kind are asked for: all are if none is
// named, and naming a kind asks for its sub-kinds too.
func wanted(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k protocol.CodeActionKind) bool {
		return k == kind || k == "" || strings.HasPrefix(string(kind), string(k)+".")
	})
}

// touches tells whether two spans share a byte or a border: a cursor at the
// end of a word is on it.
func touches(a, b text.Span) bool { return a.Start <= b.End && b.Start <= a.End }
