package server

import (
	"errors"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"abide/server/internal/editor"
)

func TestBeforeInitialize(t *testing.T) {
	s := connect(t, editor.Options{})
	ctx := timeout(t)
	for _, method := range []string{"textDocument/hover", "shutdown", "no/such"} {
		wantCode(t, s.Call(ctx, method, jsonrpc2.RawMessage(`{}`), nil), jsonrpc2.ServerNotInitialized)
	}
	_, err := s.Open(ctx, fakeURI, "c", "too early")
	check(t, err)
	check(t, s.Initialize(ctx))
	if got := s.engine.content(fakePath); got != "" {
		t.Errorf("a document was opened before initialize: %q", got)
	}
	s.alive(t)
}

func TestShutdownAndExit(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	check(t, s.Call(ctx, protocol.MethodShutdown, nil, nil))
	wantCode(t, s.Call(ctx, protocol.MethodTextDocumentHover, &protocol.HoverParams{}, nil), jsonrpc2.InvalidRequest)
	check(t, s.Notify(ctx, protocol.MethodExit, nil))
	if err := s.wait(t); err != nil {
		t.Errorf("Run gives %v", err)
	}
}

func TestExitWithoutShutdown(t *testing.T) {
	for _, initialize := range []bool{false, true} {
		s := connect(t, editor.Options{})
		if initialize {
			check(t, s.Initialize(timeout(t)))
		}
		check(t, s.Notify(timeout(t), protocol.MethodExit, nil))
		if err := s.wait(t); !errors.Is(err, ErrNoShutdown) {
			t.Errorf("Run gives %v", err)
		}
	}
}

// Kate says good-bye without waiting for an answer.
func TestShutdownAsNotification(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	check(t, s.Notify(ctx, protocol.MethodShutdown, nil))
	check(t, s.Notify(ctx, protocol.MethodExit, nil))
	if err := s.wait(t); err != nil {
		t.Errorf("Run gives %v", err)
	}
}

func TestEndOfInputAfterShutdown(t *testing.T) {
	s := start(t, editor.Options{})
	check(t, s.Call(timeout(t), protocol.MethodShutdown, nil, nil))
	s.hangUp()
	if err := s.wait(t); err != nil {
		t.Errorf("Run gives %v", err)
	}
}

func TestCapabilities(t *testing.T) {
	s := start(t, editor.Options{Settings: map[string]any{}, WatchFiles: true})
	caps := s.Result.Capabilities
	if sync, ok := caps.TextDocumentSync.(*protocol.TextDocumentSyncOptions); !ok || *sync.Change != protocol.TextDocumentSyncKindIncremental || !*sync.OpenClose {
		t.Errorf("sync %+v", caps.TextDocumentSync)
	}
	check(t, s.Wait(timeout(t), "registrations", func() bool { return len(s.Registered()) == 2 }))
}
