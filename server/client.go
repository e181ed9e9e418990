package server

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"abide/analysis/text"
)

// client is the editor at the other end: what it can do, and the ways to talk
// to it. Calls to it wait for its answer: never make one on the read loop.
type client struct {
	conn jsonrpc2.Conn

	// What it said in initialize. Not changed after that.
	encoding          text.Encoding
	resolvesEdits     bool // codeAction/resolve
	appliesEdits      bool // workspace/applyEdit
	markdown          bool // hovers may be Markdown
	documentChanges   bool // edits may name a version
	pullsSettings     bool // workspace/configuration
	registersSettings bool // workspace/didChangeConfiguration must be asked for
	watchesFiles      bool // workspace/didChangeWatchedFiles can be asked for
	showsProgress     bool
	registersSymbols  bool // textDocument/documentSymbol can be offered later
	drawsLayouts      bool // it has showLayoutCommand
	// It asks for diagnostics, and can be told to ask again: none are pushed
	// then for documents that are open.
	pullsDiagnostics     bool
	registersDiagnostics bool // what it can ask for may change after initialize

	// Which answers it asks for again when told to.
	refreshesHints, refreshesLenses, refreshesDiagnostics bool

	mu    sync.Mutex
	shown map[string]bool // messages that were shown
}

func newClient(conn jsonrpc2.Conn) *client {
	return &client{conn: conn, shown: make(map[string]bool)}
}

// encodings are the position encodings in the server's order; the client's
// order decides.
var encodings = map[protocol.PositionEncodingKind]text.Encoding{
	protocol.PositionEncodingKindUTF8:  text.UTF8,
	protocol.PositionEncodingKindUTF16: text.UTF16,
	protocol.PositionEncodingKindUTF32: text.UTF32,
}

// learn reads the client's capabilities and gives the position encoding to
// announce: the first of the client's that is known, or UTF-16.
func (c *client) learn(caps *protocol.ClientCapabilities) protocol.PositionEncodingKind {
	chosen := protocol.PositionEncodingKindUTF16
	if g := caps.General; g != nil {
		for _, kind := range g.PositionEncodings {
			if _, ok := encodings[kind]; ok {
				chosen = kind
				break
			}
		}
	}
	c.encoding = encodings[chosen]
	if t := caps.TextDocument; t != nil && t.Hover != nil && len(t.Hover.ContentFormat) > 0 {
		c.markdown = t.Hover.ContentFormat[0] == protocol.MarkupKindMarkdown // the preferred one
	}
	if t := caps.TextDocument; t != nil && t.DocumentSymbol != nil {
		c.registersSymbols = isTrue(t.DocumentSymbol.DynamicRegistration)
	}
	if t := caps.TextDocument; t != nil && t.CodeAction != nil {
		c.resolvesEdits = isTrue(t.CodeAction.DataSupport) && slices.Contains(t.CodeAction.ResolveSupport.Properties, "edit")
	}
	if w := caps.Workspace; w != nil {
		c.documentChanges = w.WorkspaceEdit != nil && isTrue(w.WorkspaceEdit.DocumentChanges)
		c.appliesEdits = isTrue(w.ApplyEdit)
		c.pullsSettings = isTrue(w.Configuration)
		c.registersSettings = w.DidChangeConfiguration != nil && isTrue(w.DidChangeConfiguration.DynamicRegistration)
		c.refreshesHints = w.InlayHint != nil && isTrue(w.InlayHint.RefreshSupport)
		c.refreshesLenses = w.CodeLens != nil && isTrue(w.CodeLens.RefreshSupport)
		c.refreshesDiagnostics = w.Diagnostics != nil && isTrue(w.Diagnostics.RefreshSupport)
		c.watchesFiles = w.DidChangeWatchedFiles != nil && isTrue(w.DidChangeWatchedFiles.DynamicRegistration)
	}
	c.pullsDiagnostics = c.refreshesDiagnostics && caps.TextDocument != nil && caps.TextDocument.Diagnostic != nil
	c.registersDiagnostics = c.pullsDiagnostics && isTrue(caps.TextDocument.Diagnostic.DynamicRegistration)
	var experimental struct {
		ShowLayout bool `json:"abideShowLayout"`
	}
	c.drawsLayouts = json.Unmarshal(caps.Experimental, &experimental) == nil && experimental.ShowLayout
	c.showsProgress = caps.Window != nil && isTrue(caps.Window.WorkDoneProgress)
	return chosen
}

func isTrue(b *bool) bool { return b != nil && *b }

// show shows a message to the user, once in the connection's life.
func (c *client) show(ctx context.Context, kind protocol.MessageType, message string) error {
	c.mu.Lock()
	seen := c.shown[message]
	if len(c.shown) < maxShown {
		c.shown[message] = true
	}
	c.mu.Unlock()
	if seen {
		return nil
	}
	return c.conn.Notify(ctx, protocol.MethodWindowShowMessage, &protocol.ShowMessageParams{Type: kind, Message: message})
}

// maxShown bounds the messages that are remembered as shown.
const maxShown = 1000

// warn shows a message from where the client must not be waited for.
func (s *server) warn(message string) {
	s.log.Warn(message)
	s.start("message", func() {
		if err := s.client.show(s.ctx, protocol.MessageTypeWarning, "abide: "+message); err != nil {
			s.log.Debug("message not shown", "error", err)
		}
	})
}

// callTimeout bounds the wait for a client's answer.
const callTimeout = 30 * time.Second

func (c *client) call(ctx context.Context, method string, params, result any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return protocol.Call(ctx, c.conn, method, params, result)
}
