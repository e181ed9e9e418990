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
var opening = framed(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"rootUri":null,"workspaceFolders":[{"uri":"file:///fake","name":"fake"}],
	"initializationOptions":{"workspaceDiagnostics":true,"documentSymbols":true,"codeLens":"all","inlayHints":{"show":"all"}},
	"capabilities":{"textDocument":{"diagnostic":{},"codeAction":{"dataSupport":true,"resolveSupport":{"properties":["edit"]}}},
	"workspace":{"applyEdit":true,"diagnostics":{"refreshSupport":true},"inlayHint":{"refreshSupport":true}},"window":{"workDoneProgress":true}}}}`) +
	framed(`{"jsonrpc":"2.0","method":"initialized","params":{}}`) +
	framed(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///fake/a.h","languageId":"c","version":1,"text":"struct a { int i; long long l; };\n#define GET _IOC(1,1,1,sizeof(struct a))\n/* abide:ignore padding-hole */\n"}}}`)

// A client may send anything: a method with any params, as a request and as a
// notification, and then bytes. The server reads it to its end, and ends.
func FuzzProtocol(f *testing.F) {
	document := `{"textDocument":{"uri":"file:///fake/a.h","version":2},"position":{"line":0,"character":7},` +
		`"range":{"start":{"line":0,"character":0},"end":{"line":9,"character":9}},"context":{"diagnostics":[]},` +
		`"contentChanges":[{"range":{"start":{"line":0,"character":3},"end":{"line":0,"character":1}},"text":"é"},{"text":"BAD"}],` +
		`"settings":{"abide":{"abis":["i386","x86_64"]}},"changes":[{"uri":"file:///fake/.abide.toml","type":1}],"id":0,` +
		`"command":"abide.server.makePortable","arguments":[{"uri":"file:///fake/a.h","name":"a"}],"name":"struct a","token":"t","workDoneToken":"t",` +
		`"event":{"added":[{"uri":"file:///fake/b","name":"b"}],"removed":[]},"previousResultIds":[],"previousResultId":"0",` +
		`"title":"x","data":{"uri":"file:///fake/a.h","version":1,"do":"portable","start":7}}`
	for method := range standardRequests {
		f.Add(method, document, "")
	}
	for method := range customRequests {
		f.Add(method, document, "")
	}
	for _, method := range []string{
		protocol.MethodExit, protocol.MethodCancelRequest, protocol.MethodSetTrace, protocol.MethodProgress,
		protocol.MethodWindowWorkDoneProgressCancel, protocol.MethodWorkspaceDidChangeWorkspaceFolders,
		protocol.MethodTextDocumentDidOpen, protocol.MethodTextDocumentDidChange, protocol.MethodTextDocumentDidClose,
		protocol.MethodTextDocumentDidSave,
		protocol.MethodWorkspaceDidChangeConfiguration, protocol.MethodWorkspaceDidChangeWatchedFiles, "no/such",
	} {
		f.Add(method, document, "")
	}
	f.Add("textDocument/hover", `{"textDocument":{"uri":"untitled:%00"},"position":{"line":4294967295,"character":4294967295}}`, opening)
	f.Add("textDocument/hover", `{`, "Content-Length: 99999\r\n\r\n{}")
	for _, command := range commandNames() {
		f.Add("workspace/executeCommand", fmt.Sprintf(`{"command":%q,"arguments":[{"uri":"file:///fake/a.h","position":{"line":0,"character":8}}]}`, command), "")
	}
	f.Add("", `[]`, "\x00\x01\x02")
	f.Fuzz(func(t *testing.T, method, params, tail string) {
		session := opening +
			framed(fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":%q,"params":%s}`, method, params)) +
			framed(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params)) + tail
		ended := make(chan error, 1)
		go func() {
			ended <- run(context.Background(), io.NopCloser(strings.NewReader(session)), nowhere{}, slog.New(slog.DiscardHandler), newEngine())
		}()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Fatal("the server does not end")
		}
	})
}
