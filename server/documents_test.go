package server

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

var allEncodings = []protocol.PositionEncodingKind{
	protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF32,
}

func TestPositionEncoding(t *testing.T) {
	for _, test := range []struct {
		client []protocol.PositionEncodingKind
		want   protocol.PositionEncodingKind
	}{
		{nil, "utf-16"},
		{[]protocol.PositionEncodingKind{"utf-8", "utf-16"}, "utf-8"},
		{[]protocol.PositionEncodingKind{"utf-32", "utf-8"}, "utf-32"},
		{[]protocol.PositionEncodingKind{"utf-7", "utf-16"}, "utf-16"},
		{[]protocol.PositionEncodingKind{"utf-7"}, "utf-16"},
	} {
		s := start(t, editor.Options{Encodings: test.client})
		if got := s.Result.Capabilities.PositionEncoding; got != test.want {
			t.Errorf("client speaks %v: got %s, want %s", test.client, got, test.want)
		}
	}
}

// Any sequence of edits leaves the server with the editor's text, whatever the encoding.
func TestRandomEdits(t *testing.T) {
	pieces := []string{"a", "int x;\n", "\r\n", "é", "漢字", "😀", "\n\n", "", "\t", "/* ß */", "\r"}
	for _, encoding := range allEncodings {
		t.Run(string(encoding), func(t *testing.T) {
			s := start(t, editor.Options{Encodings: []protocol.PositionEncodingKind{encoding}})
			ctx := timeout(t)
			rnd := rand.New(rand.NewPCG(1, 2))
			doc, err := s.Open(ctx, fakeURI, "c", strings.Join(pieces, ""))
			check(t, err)
			boundary := func() int { // between two characters, and not inside of \r\n
				return doc.Offset(doc.Position(rnd.IntN(doc.Text.Len() + 1)))
			}
			for range 300 {
				var edits []text.Edit
				a, b := boundary(), boundary()
				edits = append(edits, text.Edit{Span: text.Span{Start: min(a, b), End: min(max(a, b), min(a, b)+9)}, New: pieces[rnd.IntN(len(pieces))]})
				edits[0].Span.End = doc.Offset(doc.Position(edits[0].Span.End))
				edits[0].Span.End = max(edits[0].Span.Start, edits[0].Span.End)
				check(t, doc.Edit(ctx, edits...))
			}
			_, err = doc.Hover(ctx, 0)
			check(t, err)
			if got, want := s.engine.content(fakePath), doc.Text.Content(); got != want {
				t.Errorf("the server has %q, the editor %q", got, want)
			}
		})
	}
}

func TestSeveralChangesInOneNotification(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "one two\n")
	check(t, err)
	check(t, doc.Edit(ctx,
		text.Edit{Span: text.Span{Start: 0, End: 3}, New: "three"},
		text.Edit{Span: text.Span{Start: 6, End: 9}, New: "four"})) // of what the first one left
	_, err = doc.Hover(ctx, 0)
	check(t, err)
	if got := s.engine.content(fakePath); got != "three four\n" {
		t.Errorf("got %q", got)
	}
}

func TestRangesOutsideOfTheText(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	for _, test := range []struct{ rng, want string }{
		{`{"start":{"line":0,"character":99},"end":{"line":0,"character":99}}`, "abX\ncd\n"},
		{`{"start":{"line":9,"character":0},"end":{"line":9,"character":9}}`, "ab\ncd\nX"},
		{`{"start":{"line":4294967295,"character":4294967295},"end":{"line":4294967295,"character":0}}`, "ab\ncd\nX"},
		{`{"start":{"line":1,"character":1},"end":{"line":0,"character":0}}`, "ab\ncXd\n"}, // backwards: an insertion
	} {
		doc, err := s.Open(ctx, fakeURI, "c", "ab\ncd\n")
		check(t, err)
		check(t, s.Notify(ctx, "textDocument/didChange", jsonrpc2.RawMessage(fmt.Sprintf(
			`{"textDocument":{"uri":%q,"version":2},"contentChanges":[{"range":%s,"text":"X"}]}`, fakeURI, test.rng))))
		_, err = doc.Hover(ctx, 0)
		check(t, err)
		if got := s.engine.content(fakePath); got != test.want {
			t.Errorf("range %s: got %q, want %q", test.rng, got, test.want)
		}
		check(t, doc.Close(ctx))
	}
}

func TestWhichDocuments(t *testing.T) {
	for _, test := range []struct {
		uri, language string
		want          bool
	}{
		{"file:///x/a.c", "c", true},
		{"file:///x/a.cc", "cpp", true},
		{"file:///x/a.h", "objective-c", true},
		{"file:///x/a.py", "python", false},
		{"file:///x/a.S", "asm", false},
		{"untitled:Untitled-1", "c", true},
		{"untitled:Untitled-1", "plaintext", false},
		{"git:/x/a.c?ref", "c", false},
		{"vscode-notebook-cell:/x/a.ipynb#1", "c", false},
	} {
		s := start(t, editor.Options{})
		doc, err := s.Open(timeout(t), uri.MustParse(test.uri), test.language, "BAD")
		check(t, err)
		hover, err := doc.Hover(timeout(t), 0)
		check(t, err)
		if got := hover != nil; got != test.want {
			t.Errorf("%s as %s: taken %v", test.uri, test.language, got)
		}
		if test.want {
			diags, err := doc.Diagnostics(timeout(t))
			check(t, err)
			if len(diags) != 1 {
				t.Errorf("%s: diagnostics %v", test.uri, diags)
			}
		}
	}
}

func TestURIPath(t *testing.T) {
	for _, test := range []struct{ uri, path string }{
		{"file:///tmp/a.h", "/tmp/a.h"},
		{"file:///tmp/a%20b/%C3%A9%23.h", "/tmp/a b/é#.h"},
		{"file:///tmp/../etc/a.h", "/etc/a.h"},
		{"file:///c%3A/drivers/a.h", "/c:/drivers/a.h"},
		{"file:///C:/drivers/a.h", "/c:/drivers/a.h"},
		{"untitled:Untitled-1", "/untitled:/Untitled-1"},
		{"untitled:/home/me/../../../../etc/a.h", "/untitled:/etc/a.h"},
		{"https://example.org/a.h", ""},
		{"file:///", ""},
		{"untitled:", ""},
	} {
		path, ok := uriPath(uri.MustParse(test.uri))
		if ok != (test.path != "") || ok && path != test.path {
			t.Errorf("%s: got %q, want %q", test.uri, path, test.path)
		}
	}
}

func TestWindowsPaths(t *testing.T) {
	for _, test := range []struct{ spelled, path, back string }{
		{"file:///c%3A/drivers/a.h", `c:\drivers\a.h`, "file:///c%3A/drivers/a.h"},
		{"file:///C:/drivers/a.h", `c:\drivers\a.h`, "file:///c%3A/drivers/a.h"},
		{"file:///d%3a/a%20b/%C3%A9.h", `d:\a b\é.h`, "file:///d%3A/a%20b/%C3%A9.h"},
		{"file://server/share/a.h", `\\server\share\a.h`, "file://server/share/a.h"},
	} {
		path := fsPath(uri.MustParse(test.spelled), uri.PlatformWindows)
		if path != test.path {
			t.Errorf("%s: got %s, want %s", test.spelled, path, test.path)
		}
		if back := uri.FileFor(uri.PlatformWindows, path); string(back) != test.back {
			t.Errorf("%s: back it is %s, want %s", path, back, test.back)
		}
	}
}

// Answers name a document as the client spelled it.
func TestURIIsKept(t *testing.T) {
	s := start(t, editor.Options{Changes: true})
	ctx := timeout(t)
	for _, spelled := range []uri.URI{"file:///tmp/a b.h", "file:///tmp/a+b.h", "file:///tmp/%61.h", "file:///tmp/é.h"} {
		_, err := s.Open(ctx, spelled, "c", "BAD")
		check(t, err)
		var raw jsonrpc2.RawMessage
		check(t, s.Call(ctx, "textDocument/codeAction", jsonrpc2.RawMessage(fmt.Sprintf(
			`{"textDocument":{"uri":%q},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[]}}`, spelled)), &raw))
		if !strings.Contains(string(raw), fmt.Sprintf(`"changes":{%q:`, spelled)) {
			t.Errorf("%s: got %s", spelled, raw)
		}
	}
}

func TestLargeDocument(t *testing.T) {
	defer func(before int) { maxDocument = before }(maxDocument)
	maxDocument = 1 << 20
	s := start(t, editor.Options{})
	defer s.wait(t)
	defer s.hangUp()
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "BAD"+strings.Repeat("\n", maxDocument))
	check(t, err)
	check(t, s.Wait(ctx, "a message", func() bool { return len(s.Messages()) > 0 }))
	if m := s.Messages()[0]; !strings.Contains(m, "1 MiB") || !strings.Contains(m, fakePath) {
		t.Errorf("message %q", m)
	}
	hover, err := doc.Hover(ctx, 0)
	check(t, err)
	if hover != nil {
		t.Error("a hover for a document that is too large")
	}
	check(t, doc.Replace(ctx, "BAD"))
	diags, err := doc.Diagnostics(ctx)
	check(t, err)
	if len(diags) != 1 {
		t.Errorf("diagnostics %v", diags)
	}
}
