package server

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
)

// nowhere is an output that nobody reads.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) Close() error                { return nil }

func framed(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

// opening is a session up to an open document.
var opening = framed(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`) +
	framed(`{"jsonrpc":"2.0","method":"initialized","params":{}}`) +
	framed(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///fake/a.h","languageId":"c","version":1,"text":"struct a { BAD };\n"}}}`)

// A client may send anything: a method with any params, as a request and as a
// notification, and then bytes. The server reads it to its end, and ends.
func FuzzProtocol(f *testing.F) {
	document := `{"textDocument":{"uri":"file:///fake/a.h","version":2},"position":{"line":0,"character":7},` +
		`"range":{"start":{"line":0,"character":0},"end":{"line":9,"character":9}},"context":{"diagnostics":[]},` +
		`"contentChanges":[{"range":{"start":{"line":0,"character":3},"end":{"line":0,"character":1}},"text":"é"},{"text":"BAD"}],` +
		`"settings":{"abide":{"abis":["all"]}},"changes":[],"id":0}`
	for _, method := range []string{
		protocol.MethodInitialize, protocol.MethodShutdown, protocol.MethodExit, protocol.MethodCancelRequest,
		protocol.MethodTextDocumentDidOpen, protocol.MethodTextDocumentDidChange, protocol.MethodTextDocumentDidClose,
		protocol.MethodTextDocumentDidSave, protocol.MethodTextDocumentHover, protocol.MethodTextDocumentCodeAction,
		protocol.MethodWorkspaceDidChangeConfiguration, protocol.MethodWorkspaceDidChangeWatchedFiles, "no/such",
	} {
		f.Add(method, document, "")
	}
	f.Add("textDocument/hover", `{"textDocument":{"uri":"untitled:%00"},"position":{"line":4294967295,"character":4294967295}}`, opening)
	f.Add("textDocument/hover", `{`, "Content-Length: 99999\r\n\r\n{}")
	f.Add("", `[]`, "\x00\x01\x02")
	f.Fuzz(func(t *testing.T, method, params, tail string) {
		session := opening +
			framed(fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":%q,"params":%s}`, method, params)) +
			framed(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params)) + tail
		ended := make(chan error, 1)
		go func() {
			ended <- run(context.Background(), io.NopCloser(strings.NewReader(session)), nowhere{}, slog.New(slog.DiscardHandler), newFake())
		}()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Fatal("the server does not end")
		}
	})
}
