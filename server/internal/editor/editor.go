// Package editor is an editor without a screen: it speaks the Language Server
// Protocol from the client's side, opens documents, types into them, asks, and
// applies what the server offers. The demo and the server's tests are scripts
// for it.
//
//	ed, err := editor.Start(ctx, out, in, editor.Options{})
//	doc := ed.Open("file:///tmp/a.h", "c", "struct …")
//	diags, err := doc.Diagnostics(ctx)
package editor

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/server/internal/wire"
)

// Options are how an editor presents itself.
type Options struct {
	Encodings   []protocol.PositionEncodingKind // in order of preference
	PlainText   bool                            // hovers as plain text, not Markdown
	Changes     bool                            // edits without versions
	Settings    any                             // what workspace/configuration answers; nil if it cannot be asked
	InitOptions any
	WatchFiles  bool
	Progress    bool     // shows it
	Pull        bool     // asks for diagnostics, and can be told to ask again
	Resolve     bool     // asks for the edits of actions when it wants them
	Dynamic     bool     // symbols and diagnostics can be offered after initialize
	NoProgress  bool     // progress is announced, and refused
	DrawLayouts bool     // has abide.showLayout
	Folders     []string // paths of the workspace's folders
}

// Editor is one connection to a server. Safe for concurrent use.
type Editor struct {
	Result *protocol.InitializeResult

	options Options
	conn    jsonrpc2.Conn

	mu        sync.Mutex
	changed   chan struct{} // closed and replaced when something below changes
	settings  any
	published map[uri.URI][]Published
	messages  []string
	progress  []string
	tokens    []protocol.ProgressToken // of the progress begun
	registers []string
	refreshes []string // methods of the refreshes
	applied   []protocol.WorkspaceEdit
}

// Published is one textDocument/publishDiagnostics.
type Published struct {
	Version     int32 // -1 if it names none
	Diagnostics []protocol.Diagnostic
}

// Connect makes an editor that has not said a word yet.
func Connect(ctx context.Context, in io.ReadCloser, out io.WriteCloser, options Options) *Editor {
	e := &Editor{
		options:   options,
		settings:  options.Settings,
		changed:   make(chan struct{}),
		published: make(map[uri.URI][]Published),
	}
	stream := wire.NewStream(in, out, slog.New(slog.DiscardHandler))
	e.conn = jsonrpc2.NewConn(stream, jsonrpc2.WithCodec(wire.Codec{}))
	e.conn.Go(ctx, e.handle)
	return e
}

// Start connects and goes through initialize and initialized.
func Start(ctx context.Context, in io.ReadCloser, out io.WriteCloser, options Options) (*Editor, error) {
	e := Connect(ctx, in, out, options)
	if err := e.Initialize(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// Initialize goes through initialize and initialized.
func (e *Editor) Initialize(ctx context.Context) error {
	params, err := e.initializeParams()
	if err != nil {
		return err
	}
	e.Result = new(protocol.InitializeResult)
	if err := e.Call(ctx, protocol.MethodInitialize, params, e.Result); err != nil {
		return fmt.Errorf("initialize: %w", err)
	}
	return e.Notify(ctx, protocol.MethodInitialized, &protocol.InitializedParams{})
}

func (e *Editor) initializeParams() (*protocol.InitializeParams, error) {
	o, yes := &e.options, true
	format := []protocol.MarkupKind{protocol.MarkupKindMarkdown, protocol.MarkupKindPlainText}
	if o.PlainText {
		format = format[1:]
	}
	versioned, pulls := !o.Changes, o.Settings != nil
	params := &protocol.InitializeParams{
		ClientInfo: protocol.ClientInfo{Name: "scripted editor"},
		Capabilities: protocol.ClientCapabilities{
			General: &protocol.GeneralClientCapabilities{PositionEncodings: o.Encodings},
			Workspace: &protocol.WorkspaceClientCapabilities{
				ApplyEdit:              &yes,
				InlayHint:              &protocol.InlayHintWorkspaceClientCapabilities{RefreshSupport: &yes},
				CodeLens:               &protocol.CodeLensWorkspaceClientCapabilities{RefreshSupport: &yes},
				Diagnostics:            &protocol.DiagnosticWorkspaceClientCapabilities{RefreshSupport: &o.Pull},
				Configuration:          &pulls,
				WorkspaceEdit:          &protocol.WorkspaceEditClientCapabilities{DocumentChanges: &versioned},
				DidChangeConfiguration: &protocol.DidChangeConfigurationClientCapabilities{DynamicRegistration: &pulls},
				DidChangeWatchedFiles:  &protocol.DidChangeWatchedFilesClientCapabilities{DynamicRegistration: &o.WatchFiles},
			},
			TextDocument: &protocol.TextDocumentClientCapabilities{
				Hover:              &protocol.HoverClientCapabilities{ContentFormat: format},
				PublishDiagnostics: &protocol.PublishDiagnosticsClientCapabilities{VersionSupport: &yes},
			},
			Window: &protocol.WindowClientCapabilities{WorkDoneProgress: &o.Progress},
		},
	}
	if o.Pull {
		params.Capabilities.TextDocument.Diagnostic = &protocol.DiagnosticClientCapabilities{DynamicRegistration: &o.Dynamic}
	}
	if o.Resolve {
		params.Capabilities.TextDocument.CodeAction = &protocol.CodeActionClientCapabilities{
			DataSupport: &yes, ResolveSupport: protocol.ClientCodeActionResolveOptions{Properties: []string{"edit"}},
		}
	}
	if o.Dynamic {
		params.Capabilities.TextDocument.DocumentSymbol = &protocol.DocumentSymbolClientCapabilities{DynamicRegistration: &yes}
	}
	if o.DrawLayouts {
		params.Capabilities.Experimental = protocol.LSPAny(`{"abideShowLayout":true}`)
	}
	if o.Folders != nil {
		var folders []protocol.WorkspaceFolder
		for _, f := range o.Folders {
			folders = append(folders, protocol.WorkspaceFolder{URI: uri.File(f), Name: f})
		}
		params.WorkspaceFolders = protocol.NewNullable(folders)
	}
	if o.InitOptions != nil {
		raw, err := json.Marshal(o.InitOptions)
		if err != nil {
			return nil, err
		}
		params.InitializationOptions = raw
	}
	return params, nil
}

// Call sends a request and waits for its answer; result may be nil.
func (e *Editor) Call(ctx context.Context, method string, params, result any) error {
	return protocol.Call(ctx, e.conn, method, params, result)
}

// Notify sends a notification.
func (e *Editor) Notify(ctx context.Context, method string, params any) error {
	return e.conn.Notify(ctx, method, params)
}

// Shutdown ends the session in order.
func (e *Editor) Shutdown(ctx context.Context) error {
	if err := e.Call(ctx, protocol.MethodShutdown, nil, nil); err != nil {
		return fmt.Errorf("shutdown: %w", err)
	}
	return e.Notify(ctx, protocol.MethodExit, nil)
}

// handle serves what the server sends.
func (e *Editor) handle(_ context.Context, req *jsonrpc2.Request) (any, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer func() {
		close(e.changed)
		e.changed = make(chan struct{})
	}()
	switch req.Method() {
	case protocol.MethodTextDocumentPublishDiagnostics:
		var params protocol.PublishDiagnosticsParams
		if err := protocol.Unmarshal(req.Params(), &params); err != nil {
			return nil, err
		}
		version, ok := params.Version.Get()
		if !ok {
			version = -1
		}
		e.published[params.URI] = append(e.published[params.URI], Published{version, params.Diagnostics})
	case protocol.MethodWindowShowMessage:
		var params protocol.ShowMessageParams
		if err := protocol.Unmarshal(req.Params(), &params); err != nil {
			return nil, err
		}
		e.messages = append(e.messages, params.Message)
	case protocol.MethodProgress:
		var params struct {
			Token string                       `json:"token"`
			Value struct{ Kind, Title string } `json:"value"`
		}
		if err := json.Unmarshal(req.Params(), &params); err != nil {
			return nil, err
		}
		e.progress = append(e.progress, params.Value.Kind)
		if params.Value.Kind == "begin" {
			e.tokens = append(e.tokens, protocol.String(params.Token))
		}
	case protocol.MethodClientRegisterCapability:
		var params protocol.RegistrationParams
		if err := protocol.Unmarshal(req.Params(), &params); err != nil {
			return nil, err
		}
		for _, r := range params.Registrations {
			e.registers = append(e.registers, r.Method)
		}
	case protocol.MethodClientUnregisterCapability:
		var params protocol.UnregistrationParams
		if err := protocol.Unmarshal(req.Params(), &params); err != nil {
			return nil, err
		}
		for _, r := range params.Unregisterations {
			e.registers = append(e.registers, "-"+r.Method)
		}
	case protocol.MethodWorkspaceInlayHintRefresh, protocol.MethodWorkspaceCodeLensRefresh, protocol.MethodWorkspaceDiagnosticRefresh:
		e.refreshes = append(e.refreshes, strings.Clone(req.Method()))
	case protocol.MethodWindowWorkDoneProgressCreate:
		if e.options.NoProgress {
			return nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "no progress today")
		}
	case protocol.MethodWorkspaceApplyEdit:
		var params protocol.ApplyWorkspaceEditParams
		if err := protocol.Unmarshal(bytes.Clone(req.Params()), &params); err != nil {
			return nil, err
		}
		e.applied = append(e.applied, params.Edit)
		return &protocol.ApplyWorkspaceEditResult{Applied: true}, nil
	case protocol.MethodWorkspaceConfiguration:
		raw, err := json.Marshal([]any{e.settings})
		return jsonrpc2.RawMessage(raw), err
	}
	return nil, nil
}

// SetSettings changes what workspace/configuration answers, and says so.
func (e *Editor) SetSettings(ctx context.Context, settings any) error {
	e.mu.Lock()
	e.settings = settings
	e.mu.Unlock()
	return e.Notify(ctx, protocol.MethodWorkspaceDidChangeConfiguration, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny("null")})
}

// Messages are the window/showMessage texts so far.
func (e *Editor) Messages() []string { return read(e, func() []string { return e.messages }) }

// Progress are the kinds of the $/progress notifications so far.
func (e *Editor) Progress() []string { return read(e, func() []string { return e.progress }) }

// Registered are the methods the server has registered so far.
func (e *Editor) Registered() []string { return read(e, func() []string { return e.registers }) }

// Refreshes are the methods of the refresh requests so far.
func (e *Editor) Refreshes() []string { return read(e, func() []string { return e.refreshes }) }

// Applied are the edits that the server has asked for.
func (e *Editor) Applied() []protocol.WorkspaceEdit {
	return read(e, func() []protocol.WorkspaceEdit { return e.applied })
}

// Tokens are those of the progress that has begun so far.
func (e *Editor) Tokens() []protocol.ProgressToken {
	return read(e, func() []protocol.ProgressToken { return e.tokens })
}

// Execute has the server execute a command.
func (e *Editor) Execute(ctx context.Context, command string, result any, arguments ...any) error {
	params := map[string]any{"command": command, "arguments": arguments}
	return e.Call(ctx, protocol.MethodWorkspaceExecuteCommand, params, result)
}

// Published are the publications for a document so far.
func (e *Editor) Published(u uri.URI) []Published {
	return read(e, func() []Published { return e.published[u] })
}

// Forget lets go of the publications for a document but the last.
func (e *Editor) Forget(u uri.URI) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if all := e.published[u]; len(all) > 1 {
		e.published[u] = append([]Published(nil), all[len(all)-1])
	}
}

func read[T any](e *Editor, get func() []T) []T {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]T(nil), get()...)
}

// Wait waits until ok, which is asked again whenever the server has said something.
func (e *Editor) Wait(ctx context.Context, what string, ok func() bool) error {
	for {
		e.mu.Lock()
		changed := e.changed
		e.mu.Unlock()
		if ok() {
			return nil
		}
		select {
		case <-changed:
		case <-e.conn.Done():
			return fmt.Errorf("waiting for %s: the server is gone", what)
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s: %w", what, ctx.Err())
		}
	}
}
