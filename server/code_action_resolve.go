package server

import (
	"context"
	"encoding/json"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis"
	"abide/analysis/text"
)

// deferred is an action whose edit is found when it is wanted. It travels
// through the client as the action's data.
type deferred struct {
	URI     uri.URI `json:"uri"`
	Version int32   `json:"version"`
	Do      string  `json:"do"`
	Start   int     `json:"start,omitzero"` // of the finding, or a place in the record
	End     int     `json:"end,omitzero"`   // of the range that was asked about
	Rule    string  `json:"rule,omitzero"`
	Title   string  `json:"title,omitzero"`
}

// What is deferred.
const (
	doFix      = "fix"      // one fix of a finding
	doPortable = "portable" // a record's
	doFile     = "file"     // of all records
	doRefactor = "refactor" // cures nothing
)

func (d deferred) data(v *view) protocol.LSPAny {
	d.URI, d.Version = v.doc.uri, v.version
	return mustJSON(d)
}

// command is the way of clients that do not ask for edits, but let the server
// make them.
func (d deferred) command(s *server, v *view) (protocol.Command, bool) {
	if d.Do != doPortable || !s.client.appliesEdits {
		return protocol.Command{}, false
	}
	where := map[string]any{"uri": v.doc.uri, "position": s.toPosition(v.text, d.Start)}
	return protocol.Command{
		Title: "Make the record portable", Command: commandPortable, Arguments: []protocol.LSPAny{mustJSON(where)},
	}, true
}

// CodeActionResolve finds the edit of an action that was offered without it.
func (s *server) CodeActionResolve(ctx context.Context, action *protocol.CodeAction) (*protocol.CodeAction, error) {
	var d deferred
	if json.Unmarshal(action.Data, &d) != nil || d.Do == "" {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the action is not one of abide's: it has no data of its own")
	}
	v := s.view(ctx, protocol.TextDocumentIdentifier{URI: d.URI})
	if v == nil || v.version != d.Version {
		return nil, protocol.ErrContentModified
	}
	fix, err := s.deferredFix(ctx, v, d)
	if err != nil {
		return nil, err
	}
	if fix != nil {
		action.Edit = s.toWorkspaceEdit(v, fix.Edits)
	}
	return action, nil
}

// deferredFix finds what an action stands for; nil if there is no such fix.
func (s *server) deferredFix(ctx context.Context, v *view, d deferred) (*analysis.Fix, error) {
	var fixes []analysis.Fix
	var err error
	switch d.Do {
	case doPortable:
		fixes, err = v.Portable(ctx, d.Start)
	case doFile:
		fixes, err = v.WholeFile(ctx)
	case doRefactor:
		fixes, err = s.refactoringNamed(ctx, v, d)
	case doFix:
		fixes, err = s.fixesNamed(ctx, v, d)
	}
	if err != nil || len(fixes) == 0 {
		return nil, err
	}
	return &fixes[0], nil
}

func (s *server) refactoringNamed(ctx context.Context, v *view, d deferred) ([]analysis.Fix, error) {
	list, err := v.Refactorings(ctx, text.Span{Start: d.Start, End: d.End})
	for i := range list {
		if list[i].Title != d.Title {
			continue
		}
		if edits := list[i].Plan(); len(edits) > 0 {
			return []analysis.Fix{{Title: d.Title, Edits: edits}}, nil
		}
	}
	return nil, err
}

func (s *server) fixesNamed(ctx context.Context, v *view, d deferred) (fixes []analysis.Fix, err error) {
	findings, err := v.Findings(ctx)
	if err != nil {
		return nil, err
	}
	for i := range findings {
		f := &findings[i]
		if f.Rule != d.Rule || f.Span.Start != d.Start {
			continue
		}
		for _, fix := range f.Fixes() {
			if fix.Title == d.Title {
				fixes = append(fixes, fix)
			}
		}
	}
	return fixes, nil
}
