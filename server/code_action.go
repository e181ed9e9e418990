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

// The kinds of actions that are not fixes of one finding.
const (
	kindPortable protocol.CodeActionKind = "refactor.rewrite.portable"
	kindFixAll   protocol.CodeActionKind = "source.fixAll.abide"
)

var actionKinds = []protocol.CodeActionKind{
	protocol.CodeActionKindQuickFix, protocol.CodeActionKindRefactorRewrite, kindPortable, kindFixAll,
}

// CodeAction offers the fixes of the findings in a range, other edits of the
// record there, and for it and the file what makes them the same on every ABI.
func (s *server) CodeAction(ctx context.Context, params *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	v := s.view(ctx, params.TextDocument)
	if v == nil || !slices.ContainsFunc(actionKinds, func(k protocol.CodeActionKind) bool { return wanted(params.Context.Only, k) }) {
		return nil, nil
	}
	findings, err := v.Findings(ctx)
	if err != nil {
		return nil, err
	}
	at := s.fromRange(v.text, params.Range)
	var actions []*protocol.CodeAction
	if wanted(params.Context.Only, protocol.CodeActionKindQuickFix) {
		actions = s.fixActions(v, findings, at)
	}
	whole, err := s.wholeActions(ctx, v, findings, at, params.Context.Only)
	if err != nil {
		return nil, err
	}
	actions = append(actions, whole...)
	if wanted(params.Context.Only, protocol.CodeActionKindRefactorRewrite) {
		others, err := s.refactorings(ctx, v, at)
		if err != nil {
			return nil, err
		}
		actions = append(actions, others...)
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

// fixActions is the fixes of the findings in a range.
func (s *server) fixActions(v *view, findings []analysis.Finding, at text.Span) (actions []*protocol.CodeAction) {
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
	return actions
}

func (s *server) toCodeAction(v *view, finding *analysis.Finding, fix *analysis.Fix) *protocol.CodeAction {
	kind := protocol.CodeActionKindQuickFix
	action := &protocol.CodeAction{
		Title:       fix.Title,
		Kind:        &kind,
		Diagnostics: []protocol.Diagnostic{s.toDiagnostic(v, finding)},
	}
	if fix.Preferred {
		action.IsPreferred = &fix.Preferred
	}
	if s.client.resolvesEdits {
		action.Data = deferred{Do: doFix, Rule: finding.Rule, Start: finding.Span.Start, Title: fix.Title}.data(v)
	} else {
		action.Edit = s.toWorkspaceEdit(v, fix.Edits)
	}
	return action
}

// wholeActions is what can be done to the record in a range, and to the file,
// if they differ between ABIs; to the record only if something can be. The edits take several rounds of checks to find:
// clients get them when they ask, those that cannot get a command instead.
func (s *server) wholeActions(ctx context.Context, v *view, findings []analysis.Finding, at text.Span, only []protocol.CodeActionKind) (actions []*protocol.CodeAction, err error) {
	offer := func(kind protocol.CodeActionKind, title string, d deferred) {
		action := &protocol.CodeAction{Title: title, Kind: &kind}
		if s.client.resolvesEdits {
			action.Data = d.data(v)
		} else if command, ok := d.command(s, v); ok {
			action.Command = command
		} else {
			return
		}
		actions = append(actions, action)
	}
	differs := func(f analysis.Finding) bool { return f.Severity >= analysis.Warning && f.Record != "" }
	if wanted(only, kindPortable) {
		records, err := v.Owners(ctx)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(records, func(r *analysis.Record) bool { return touches(r.Span, at) })
		if i >= 0 && slices.ContainsFunc(findings, func(f analysis.Finding) bool {
			return differs(f) && touches(f.Span, records[i].Span) && slices.ContainsFunc(f.Fixes(), preferred)
		}) {
			offer(kindPortable, "Make "+records[i].Name+" the same on every ABI (may change the ABI)", deferred{Do: doPortable, Start: records[i].Span.Start})
		}
	}
	if wantedByName(only, kindFixAll) && slices.ContainsFunc(findings, differs) {
		offer(kindFixAll, "Make all payloads of this file the same on every ABI (may change the ABI)", deferred{Do: doFile})
	}
	return actions, nil
}

func preferred(f analysis.Fix) bool { return f.Preferred }

// refactorings are edits of the record in a range that cure nothing.
func (s *server) refactorings(ctx context.Context, v *view, at text.Span) (actions []*protocol.CodeAction, err error) {
	list, err := v.Refactorings(ctx, at)
	if err != nil {
		return nil, err
	}
	for i := range list {
		kind := protocol.CodeActionKind(list[i].Kind)
		action := &protocol.CodeAction{Title: list[i].Title, Kind: &kind}
		if s.client.resolvesEdits {
			action.Data = deferred{Do: doRefactor, Start: at.Start, End: at.End, Title: list[i].Title}.data(v)
		} else if edits := list[i].Plan(); len(edits) > 0 {
			action.Edit = s.toWorkspaceEdit(v, edits)
		} else {
			continue
		}
		actions = append(actions, action)
	}
	return actions, nil
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

// wantedByName is wanted without source.fixAll: people have that run at every
// save for other servers' sake, and do not mean their ABI to be changed by it.
func wantedByName(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	named := slices.DeleteFunc(slices.Clone(only), func(k protocol.CodeActionKind) bool { return k == "source.fixAll" })
	return (len(only) == 0 || len(named) > 0) && wanted(named, kind)
}

// touches tells whether two spans share a byte or a border: a cursor at the
// end of a word is on it.
func touches(a, b text.Span) bool { return a.Start <= b.End && b.Start <= a.End }
