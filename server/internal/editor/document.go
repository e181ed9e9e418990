package editor

import (
	"context"
	"fmt"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
)

// Document is a file that is open in the editor.
type Document struct {
	URI     uri.URI
	Version int32
	Text    *text.File

	editor *Editor
}

// Open opens a document with a text that need not be on disk. The URI is
// spelled canonically, as uri.File and uri.Parse give it.
func (e *Editor) Open(ctx context.Context, u uri.URI, language, content string) (*Document, error) {
	d := &Document{URI: u, Version: 1, Text: text.New(content), editor: e}
	return d, e.Notify(ctx, protocol.MethodTextDocumentDidOpen, &protocol.DidOpenTextDocumentParams{
		TextDocument: protocol.TextDocumentItem{
			URI: u, LanguageID: protocol.LanguageKind(language), Version: d.Version, Text: content,
		},
	})
}

// Close closes the document.
func (d *Document) Close(ctx context.Context) error {
	return d.editor.Notify(ctx, protocol.MethodTextDocumentDidClose, &protocol.DidCloseTextDocumentParams{TextDocument: d.id()})
}

func (d *Document) id() protocol.TextDocumentIdentifier {
	return protocol.TextDocumentIdentifier{URI: d.URI}
}

func (d *Document) encoding() text.Encoding {
	return map[protocol.PositionEncodingKind]text.Encoding{
		protocol.PositionEncodingKindUTF8:  text.UTF8,
		protocol.PositionEncodingKindUTF16: text.UTF16,
		protocol.PositionEncodingKindUTF32: text.UTF32,
	}[d.editor.Result.Capabilities.PositionEncoding]
}

// Position is the protocol's for a byte offset.
func (d *Document) Position(offset int) protocol.Position {
	p := d.Text.Position(offset, d.encoding())
	return protocol.Position{Line: uint32(p.Line), Character: uint32(p.Character)}
}

// Offset is the byte offset of a position.
func (d *Document) Offset(p protocol.Position) int {
	return d.Text.Offset(text.Position{Line: int(p.Line), Character: int(p.Character)}, d.encoding())
}

// Range is the protocol's for a span of bytes.
func (d *Document) Range(s text.Span) protocol.Range {
	return protocol.Range{Start: d.Position(s.Start), End: d.Position(s.End)}
}

// Edit types: it changes the text and tells the server what changed.
func (d *Document) Edit(ctx context.Context, edits ...text.Edit) error {
	params := &protocol.DidChangeTextDocumentParams{}
	for _, e := range edits {
		params.ContentChanges = append(params.ContentChanges,
			&protocol.TextDocumentContentChangePartial{Range: d.Range(e.Span), Text: e.New})
		next, err := d.Text.Apply(e)
		if err != nil {
			return err
		}
		d.Text = next
	}
	return d.change(ctx, params)
}

// Replace gives the document a new text as a whole.
func (d *Document) Replace(ctx context.Context, content string) error {
	d.Text = text.New(content)
	return d.change(ctx, &protocol.DidChangeTextDocumentParams{
		ContentChanges: []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangeWholeDocument{Text: content}},
	})
}

func (d *Document) change(ctx context.Context, params *protocol.DidChangeTextDocumentParams) error {
	d.Version++
	params.TextDocument = protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: d.id(), Version: d.Version}
	return d.editor.Notify(ctx, protocol.MethodTextDocumentDidChange, params)
}

// Hover asks for the hover at a byte offset; nil if there is none.
func (d *Document) Hover(ctx context.Context, offset int) (*protocol.Hover, error) {
	params := &protocol.HoverParams{}
	params.TextDocument = d.id()
	params.Position = d.Position(offset)
	var hover *protocol.Hover
	return hover, d.editor.Call(ctx, protocol.MethodTextDocumentHover, params, &hover)
}

// HoverText is a hover's text.
func HoverText(h *protocol.Hover) string {
	if h == nil {
		return ""
	}
	content, _ := h.Contents.(*protocol.MarkupContent)
	if content == nil {
		return ""
	}
	return content.Value
}

// InlayHints asks for the hints in a range.
func (d *Document) InlayHints(ctx context.Context, r protocol.Range) (hints []protocol.InlayHint, err error) {
	params := &protocol.InlayHintParams{TextDocument: d.id(), Range: r}
	return hints, d.editor.Call(ctx, protocol.MethodTextDocumentInlayHint, params, &hints)
}

// CodeLenses asks for the lenses of the document.
func (d *Document) CodeLenses(ctx context.Context) (lenses []protocol.CodeLens, err error) {
	params := &protocol.CodeLensParams{TextDocument: d.id()}
	return lenses, d.editor.Call(ctx, protocol.MethodTextDocumentCodeLens, params, &lenses)
}

// Pull asks for diagnostics. previous is the id of the last answer; unchanged
// tells that the server has nothing else to say.
func (d *Document) Pull(ctx context.Context, previous string) (list []protocol.Diagnostic, id string, unchanged bool, err error) {
	params := map[string]any{"textDocument": d.id(), "previousResultId": previous}
	var report struct {
		Kind     string                `json:"kind"`
		ResultID string                `json:"resultId"`
		Items    []protocol.Diagnostic `json:"items"`
	}
	err = d.editor.Call(ctx, protocol.MethodTextDocumentDiagnostic, params, &report)
	return report.Items, report.ResultID, report.Kind == "unchanged", err
}

// Resolve asks for the edit of an action.
func (d *Document) Resolve(ctx context.Context, action *protocol.CodeAction) (*protocol.CodeAction, error) {
	resolved := new(protocol.CodeAction)
	return resolved, d.editor.Call(ctx, protocol.MethodCodeActionResolve, action, resolved)
}

// Whole is the range of the whole document.
func (d *Document) Whole() protocol.Range { return d.Range(text.Span{End: d.Text.Len()}) }

// CodeActions asks for the actions in a range, of the kinds in only if there are any.
func (d *Document) CodeActions(ctx context.Context, r protocol.Range, only ...protocol.CodeActionKind) ([]*protocol.CodeAction, error) {
	params := &protocol.CodeActionParams{TextDocument: d.id(), Range: r}
	params.Context.Only = only
	params.Context.Diagnostics = []protocol.Diagnostic{}
	var list []protocol.CommandOrCodeAction
	if err := d.editor.Call(ctx, protocol.MethodTextDocumentCodeAction, params, &list); err != nil {
		return nil, err
	}
	actions := make([]*protocol.CodeAction, len(list))
	for i, item := range list {
		action, ok := item.(*protocol.CodeAction)
		if !ok {
			return nil, fmt.Errorf("code action %d is a %T", i, item)
		}
		actions[i] = action
	}
	return actions, nil
}

// Apply does what an action's edit says, and tells the server.
func (d *Document) Apply(ctx context.Context, action *protocol.CodeAction) error {
	if action.Edit == nil {
		return fmt.Errorf("action %q has no edit", action.Title)
	}
	list := action.Edit.Changes[d.URI]
	for _, change := range action.Edit.DocumentChanges {
		edit, ok := change.(*protocol.TextDocumentEdit)
		if !ok || edit.TextDocument.URI != d.URI {
			return fmt.Errorf("action %q changes more than its document", action.Title)
		}
		if v := edit.TextDocument.Version; v == nil || *v != d.Version {
			return fmt.Errorf("action %q is for another version", action.Title)
		}
		for _, e := range edit.Edits {
			te, ok := e.(*protocol.TextEdit)
			if !ok {
				return fmt.Errorf("action %q has an edit of kind %T", action.Title, e)
			}
			list = append(list, *te)
		}
	}
	var edits []text.Edit
	for _, te := range list {
		span := text.Span{Start: d.Offset(te.Range.Start), End: d.Offset(te.Range.End)}
		edits = append(edits, text.Edit{Span: span, New: te.NewText})
	}
	next, err := d.Text.Apply(edits...)
	if err != nil {
		return fmt.Errorf("action %q: %w", action.Title, err)
	}
	return d.Replace(ctx, next.Content())
}

// Diagnostics waits for those of the current version.
func (d *Document) Diagnostics(ctx context.Context) ([]protocol.Diagnostic, error) {
	var found []protocol.Diagnostic
	err := d.editor.Wait(ctx, fmt.Sprintf("diagnostics of %s, version %d", d.URI, d.Version), func() bool {
		all := d.editor.Published(d.URI)
		if len(all) == 0 || all[len(all)-1].Version != d.Version {
			return false
		}
		found = all[len(all)-1].Diagnostics
		return true
	})
	return found, err
}

// Forget lets go of what was published for the document before.
func (d *Document) Forget() { d.editor.Forget(d.URI) }
