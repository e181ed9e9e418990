package server

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

func TestEditsAreResolved(t *testing.T) {
	s, dir := folder(t, editor.Options{Resolve: true}, nil)
	ctx := timeout(t)
	at := strings.Index(sensorHeader, "stamp")
	for kind, most := range map[protocol.CodeActionKind]int{ // findings that may be left
		protocol.CodeActionKindQuickFix: 1, kindPortable: 0, kindFixAll: 0, protocol.CodeActionKindRefactorRewrite: 2,
	} {
		doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", sensorHeader)
		check(t, err)
		actions, err := doc.CodeActions(ctx, doc.Range(text.Span{Start: at, End: at}), kind)
		check(t, err)
		if len(actions) == 0 {
			t.Fatalf("no %s", kind)
		}
		if actions[0].Edit != nil {
			t.Errorf("%s comes with its edit", kind)
		}
		resolved, err := doc.Resolve(ctx, actions[0])
		check(t, err)
		if resolved.Title != actions[0].Title {
			t.Errorf("title %q", resolved.Title)
		}
		check(t, doc.Apply(ctx, resolved))
		left, err := doc.Diagnostics(ctx)
		check(t, err)
		if len(left) > most || doc.Text.Content() == sensorHeader {
			t.Errorf("%s leaves %v in\n%s", kind, left, doc.Text.Content())
		}
		_, err = doc.Resolve(ctx, actions[0])
		wantCode(t, err, protocol.CodeContentModified)
		check(t, doc.Close(ctx))
	}
}

func TestKindsAreAskedForByName(t *testing.T) {
	s, dir := folder(t, editor.Options{Resolve: true}, nil)
	ctx := timeout(t)
	doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", sensorHeader)
	check(t, err)
	for _, test := range []struct {
		only protocol.CodeActionKind
		want []protocol.CodeActionKind
	}{
		{"source.fixAll", nil}, // runs at every save where other servers are cared for
		{"source", []protocol.CodeActionKind{kindFixAll}},
		{"source.fixAll.abide", []protocol.CodeActionKind{kindFixAll}},
		{"refactor", []protocol.CodeActionKind{kindPortable}},
		{"refactor.extract", nil},
	} {
		actions, err := doc.CodeActions(ctx, doc.Whole(), test.only)
		check(t, err)
		var kinds []protocol.CodeActionKind
		for _, a := range actions {
			kinds = append(kinds, *a.Kind)
		}
		if !slices.Equal(kinds, test.want) {
			t.Errorf("%s: %q", test.only, kinds)
		}
	}
}

// A record whose members come out of a macro's body has findings, but no edit.
func TestNothingIsOfferedThatCannotBeDone(t *testing.T) {
	s, dir := folder(t, editor.Options{Resolve: true}, nil)
	ctx := timeout(t)
	doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", `#include <linux/ioctl.h>
#define MEMBER(type, name) type name;
#define MEMBERS MEMBER(char, a) MEMBER(void *, p)
struct x { MEMBERS };
#define X _IOW('x', 1, struct x)
`)
	check(t, err)
	if found, err := doc.Diagnostics(ctx); err != nil || len(found) == 0 {
		t.Fatal("nothing is found", err)
	}
	actions, err := doc.CodeActions(ctx, doc.Whole(), kindPortable)
	check(t, err)
	if len(actions) != 0 {
		t.Errorf("offered: %s", actions[0].Title)
	}
}

func TestResolveOfForeignAction(t *testing.T) {
	s := start(t, editor.Options{Resolve: true})
	err := s.Call(timeout(t), protocol.MethodCodeActionResolve, map[string]any{"title": "x", "data": 7}, nil)
	if err == nil || !strings.Contains(err.Error(), "not one of abide's") {
		t.Error(err)
	}
	err = s.Call(timeout(t), protocol.MethodCodeActionResolve, map[string]any{"title": "x", "data": map[string]any{"uri": "file:///not/open.h", "do": "fix"}}, nil)
	wantCode(t, err, protocol.CodeContentModified)
}

func TestLensDrawsLayout(t *testing.T) {
	for _, draws := range []bool{false, true} {
		s, dir := folder(t, editor.Options{DrawLayouts: draws}, nil)
		ctx := timeout(t)
		doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", sensorHeader)
		check(t, err)
		lenses, err := doc.CodeLenses(ctx)
		check(t, err)
		if len(lenses) != 2 || (lenses[0].Command.Command == showLayoutCommand) != draws || lenses[1].Command.Command != "" {
			t.Errorf("%+v", lenses)
		}
	}
}

func TestHintsOfRange(t *testing.T) {
	s, dir := folder(t, editor.Options{InitOptions: map[string]any{"inlayHints.abi": "i386"}}, nil)
	ctx := timeout(t)
	doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", sensorHeader)
	check(t, err)
	at := strings.Index(sensorHeader, "__u64")
	hints, err := doc.InlayHints(ctx, doc.Range(text.Span{Start: at, End: at + 12}))
	check(t, err)
	if len(hints) != 1 || hints[0].Label != protocol.String("@4 size 8") {
		t.Errorf("%+v", hints)
	}
}

func TestDocumentLinks(t *testing.T) {
	s, dir := folder(t, editor.Options{}, nil)
	ctx := timeout(t)
	doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", "/* abide:ignore padding-hole, no-such-rule: why */\nint x;\n")
	check(t, err)
	var links []protocol.DocumentLink
	check(t, s.Call(ctx, protocol.MethodTextDocumentDocumentLink, map[string]any{"textDocument": map[string]any{"uri": doc.URI}}, &links))
	if _, installed := rulePage("padding-hole"); !installed {
		if len(links) != 0 {
			t.Errorf("links to nowhere: %+v", links)
		}
		return
	}
	if len(links) != 1 || links[0].Range != doc.Range(text.Span{Start: 16, End: 28}) || !strings.HasSuffix(string(*links[0].Target), "/padding-hole.md") {
		t.Errorf("%+v", links)
	}
}

// TestSymbols: off unless chosen, and offered to clients when they are.
func TestSymbols(t *testing.T) {
	for name, options := range map[string]editor.Options{
		"off":     {},
		"static":  {InitOptions: map[string]any{"documentSymbols": true}},
		"dynamic": {Dynamic: true, Settings: map[string]any{"documentSymbols": true}},
	} {
		t.Run(name, func(t *testing.T) {
			s, dir := folder(t, options, nil)
			ctx := timeout(t)
			if got := s.Result.Capabilities.DocumentSymbolProvider != nil; got != (name == "static") {
				t.Errorf("announced %t", got)
			}
			const method = protocol.MethodTextDocumentDocumentSymbol
			if name == "dynamic" {
				check(t, s.Wait(ctx, "the offer", func() bool { return slices.Contains(s.Registered(), method) }))
			}
			doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", sensorHeader)
			check(t, err)
			var symbols []protocol.DocumentSymbol
			check(t, s.Call(ctx, method, map[string]any{"textDocument": map[string]any{"uri": doc.URI}}, &symbols))
			var names []string
			for _, symbol := range symbols {
				names = append(names, symbol.Name)
			}
			if got := strings.Join(names, " "); got != map[bool]string{true: "struct sensor SENSOR_GET"}[name != "off"] {
				t.Errorf("symbols %q", got)
			}
			if name == "dynamic" {
				check(t, s.SetSettings(ctx, map[string]any{}))
				check(t, s.Wait(ctx, "the offer taken back", func() bool { return slices.Contains(s.Registered(), "-"+method) }))
			}
		})
	}
}

// Records that a macro makes for the compiler alone are nobody's to look at.
func TestRecordsOfMacros(t *testing.T) {
	s, dir := folder(t, editor.Options{InitOptions: map[string]any{"documentSymbols": true, "codeLens": "all", "scope": "all"}}, nil)
	ctx := timeout(t)
	doc, err := s.Open(ctx, fileIn(dir, "a.c"), "c", `#define FAIL_IF(e) ((int)sizeof(struct { int : (-!!(e)); }))
#define PAIR(name) typedef struct { char a; int b; } name
#define VALUE struct { char low; short high; }
int size = FAIL_IF(0) + FAIL_IF(1 > 2);
PAIR(pair_t);
struct outer { VALUE value; };
static struct { long only; } here;
`)
	check(t, err)
	var names []string
	var symbols []protocol.DocumentSymbol
	check(t, s.Call(ctx, protocol.MethodTextDocumentDocumentSymbol, map[string]any{"textDocument": map[string]any{"uri": doc.URI}}, &symbols))
	for _, symbol := range symbols {
		names = append(names, symbol.Name)
	}
	if got := strings.Join(names, ", "); got != "pair_t, struct outer, unnamed struct" {
		t.Errorf("symbols %s", got)
	}
	var lenses []protocol.CodeLens
	check(t, s.Call(ctx, protocol.MethodTextDocumentCodeLens, map[string]any{"textDocument": map[string]any{"uri": doc.URI}}, &lenses))
	if len(lenses) != 3 {
		t.Errorf("%d lenses", len(lenses))
	}
}

func fileIn(dir, name string) uri.URI { return uri.File(filepath.Join(dir, name)) }
