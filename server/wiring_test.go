package server

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

func wantCode(t *testing.T, err error, code jsonrpc2.Code) {
	t.Helper()
	var coded *jsonrpc2.Error
	if !errors.As(err, &coded) || coded.Code != code {
		t.Errorf("error %v, want code %d", err, code)
	}
}

// alive asks something that must be answered.
func (s *testSession) alive(t *testing.T) {
	t.Helper()
	doc, err := s.Open(timeout(t), "file:///fake/alive.h", "c", "alive\n")
	check(t, err)
	hover, err := doc.Hover(timeout(t), 0)
	check(t, err)
	if got := editor.HoverText(hover); !strings.Contains(got, "alive") {
		t.Errorf("hover %q", got)
	}
	check(t, doc.Close(timeout(t)))
}

func TestChangesArriveInOrder(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "")
	check(t, err)
	for i := range 3000 {
		check(t, doc.Edit(ctx, text.Edit{Span: text.Span{Start: doc.Text.Len(), End: doc.Text.Len()}, New: fmt.Sprintln(i)}))
	}
	_, err = doc.Hover(ctx, 0) // answered after all of them
	check(t, err)
	if got := s.engine.content(fakePath); got != doc.Text.Content() {
		t.Errorf("the server's text of %d bytes is not the editor's of %d bytes", len(got), doc.Text.Len())
	}
	diags, err := doc.Diagnostics(ctx)
	check(t, err)
	if len(diags) != 0 {
		t.Errorf("diagnostics %v", diags)
	}
	last := int32(0)
	for _, p := range s.Published(fakeURI) {
		if p.Version < last {
			t.Errorf("version %d published after %d", p.Version, last)
		}
		last = p.Version
	}
}

func TestHoverIsNeverStale(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "")
	check(t, err)
	for i := range 500 {
		want := fmt.Sprintf("version_%d_end", i)
		check(t, doc.Replace(ctx, want))
		hover, err := doc.Hover(ctx, 0)
		check(t, err)
		if got := editor.HoverText(hover); !strings.Contains(got, want) {
			t.Fatalf("hover %q after %q", got, want)
		}
	}
}

// Answers may overtake each other, but each is about the text before its question.
func TestHoverAmongChangesIsNeverStale(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "")
	check(t, err)
	wrong := make(chan string, 500)
	for i := range 500 {
		want := fmt.Sprintf("version_%d_end", i)
		check(t, doc.Replace(ctx, want))
		sent := make(chan struct{})
		go func() {
			defer func() { wrong <- "" }()
			close(sent)
			var hover *protocol.Hover
			params := &protocol.HoverParams{}
			params.TextDocument.URI = fakeURI
			if err := s.Call(ctx, protocol.MethodTextDocumentHover, params, &hover); err != nil {
				wrong <- err.Error()
				return
			}
			// The next change may have been sent first; the one before must be seen.
			var got int
			if _, err := fmt.Sscanf(after(editor.HoverText(hover), "version_"), "%d", &got); err != nil || got < i {
				wrong <- fmt.Sprintf("hover %q after %q", editor.HoverText(hover), want)
			}
		}()
		<-sent
	}
	for n := 0; n < 500; {
		if w := <-wrong; w == "" {
			n++
		} else {
			t.Error(w)
		}
	}
}

func after(s, prefix string) string {
	_, rest, _ := strings.Cut(s, prefix)
	return rest
}

func TestPanicInRequest(t *testing.T) {
	s := start(t, editor.Options{})
	s.engine.before = func(_ context.Context, f *text.File) error {
		if strings.HasPrefix(f.Content(), "panic") {
			panic("on purpose")
		}
		return nil
	}
	doc, err := s.Open(timeout(t), fakeURI, "c", "panic")
	check(t, err)
	_, err = doc.Hover(timeout(t), 0)
	wantCode(t, err, jsonrpc2.InternalError)
	_, err = doc.CodeActions(timeout(t), protocol.Range{})
	wantCode(t, err, jsonrpc2.InternalError)
	s.alive(t)
}

func TestPanicInCheck(t *testing.T) {
	s := start(t, editor.Options{})
	s.engine.before = func(_ context.Context, f *text.File) error {
		if strings.HasPrefix(f.Content(), "panic") {
			panic("on purpose")
		}
		return nil
	}
	doc, err := s.Open(timeout(t), fakeURI, "c", "panic BAD")
	check(t, err)
	diags, err := doc.Diagnostics(timeout(t))
	check(t, err)
	if len(diags) != 0 {
		t.Errorf("diagnostics %v", diags)
	}
	check(t, doc.Replace(timeout(t), "BAD"))
	diags, err = doc.Diagnostics(timeout(t))
	check(t, err)
	if len(diags) != 1 {
		t.Errorf("diagnostics after the panic: %v", diags)
	}
}

func TestBadMessages(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	for _, test := range []struct{ method, params string }{
		{"no/such", `{}`},
		{"$/noSuch", `[1]`},
		{"textDocument/didOpen", `{"textDocument":7}`},
		{"textDocument/didOpen", `"x"`},
		{"textDocument/didOpen", `{}`},
		{"textDocument/didChange", `{"textDocument":{"uri":"file:///fake/a.h","version":2},"contentChanges":[null,{},{"text":7}]}`},
		{"textDocument/didChange", `{"textDocument":{"uri":"file:///not/open.h","version":2},"contentChanges":[]}`},
		{"textDocument/didClose", `{"textDocument":{"uri":"::::"}}`},
		{"workspace/didChangeConfiguration", `null`},
		{"$/cancelRequest", `{"id":{}}`},
		{"$/cancelRequest", `{"id":99}`},
		{"$/setTrace", `{"value":"verbose"}`},
		{"textDocument/willSave", `{"textDocument":{"uri":"file:///fake/a.h"},"reason":1}`},
		{"initialized", `{}`},
	} {
		check(t, s.Notify(ctx, test.method, jsonrpc2.RawMessage(test.params)))
	}
	for _, test := range []struct {
		method, params string
		code           jsonrpc2.Code
	}{
		{"no/such", `{}`, jsonrpc2.MethodNotFound},
		{"no/such", ``, jsonrpc2.MethodNotFound},
		{"$/noSuch", `{}`, jsonrpc2.MethodNotFound},
		{"abide/layout", ``, jsonrpc2.InvalidParams},
		{"abide/layout", `{"textDocument":{"uri":"file:///fake/a.h"}}`, jsonrpc2.InvalidParams},
		{"textDocument/completion", `{"textDocument":{"uri":"file:///fake/a.h"},"position":{"line":0,"character":0}}`, jsonrpc2.MethodNotFound},
		{"textDocument/hover", `{"position":"here"}`, jsonrpc2.InvalidParams},
		{"textDocument/hover", `[]`, jsonrpc2.InvalidParams},
		{"initialize", `{"processId":null,"rootUri":null,"capabilities":{}}`, jsonrpc2.InvalidRequest},
	} {
		var params any // none at all if empty
		if test.params != "" {
			params = jsonrpc2.RawMessage(test.params)
		}
		wantCode(t, s.Call(ctx, test.method, params, nil), test.code)
	}
	s.alive(t)
}

func TestClientGoneWithRequestInFlight(t *testing.T) {
	s := start(t, editor.Options{})
	asked := make(chan struct{}, 10)
	s.engine.before = func(context.Context, *text.File) error {
		asked <- struct{}{}
		select {} // an analysis that does not even listen
	}
	doc, err := s.Open(timeout(t), fakeURI, "c", "text")
	check(t, err)
	go func() { _, _ = doc.Hover(context.Background(), 0) }()
	<-asked
	<-asked // the hover, and the check in the background
	s.hangUp()
	if err := s.wait(t); !errors.Is(err, ErrNoShutdown) {
		t.Errorf("Run gives %v", err)
	}
}

func TestCancellation(t *testing.T) {
	s := start(t, editor.Options{})
	asked := make(chan struct{}, 10)
	s.engine.before = func(ctx context.Context, f *text.File) error {
		if f.Content() != "slow" {
			return nil
		}
		asked <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	_, err := s.Open(timeout(t), fakeURI, "c", "slow")
	check(t, err)
	<-asked // the background check

	// A raw request, because the editor's Call gives its own error when cancelled.
	answer := make(chan error, 1)
	go func() {
		params := &protocol.HoverParams{}
		params.TextDocument.URI = fakeURI
		answer <- s.Call(timeout(t), protocol.MethodTextDocumentHover, params, nil)
	}()
	<-asked
	for id := range 10 { // the editor's ids are small numbers
		check(t, s.Notify(timeout(t), protocol.MethodCancelRequest, &protocol.CancelParams{ID: protocol.Integer(id)}))
	}
	wantCode(t, <-answer, protocol.CodeRequestCancelled)
	s.alive(t)
}

// More requests than are worked on at once are all answered.
func TestManyRequests(t *testing.T) {
	s := start(t, editor.Options{})
	s.engine.before = func(context.Context, *text.File) error {
		time.Sleep(time.Millisecond)
		return nil
	}
	doc, err := s.Open(timeout(t), fakeURI, "c", "text")
	check(t, err)
	ctx := timeout(t)
	answers := make(chan error)
	for range 10 * maxInFlight {
		go func() {
			_, err := doc.Hover(ctx, 0)
			answers <- err
		}()
	}
	for range 10 * maxInFlight {
		check(t, <-answers)
	}
}
