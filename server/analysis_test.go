package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

// What follows runs with the analysis that users have, and not with a fake.

func analysing(t *testing.T, options editor.Options) *testSession {
	t.Helper()
	s := serve(t, newEngine(), options)
	check(t, s.Initialize(timeout(t)))
	return s
}

const holed = "struct holed {\n\tint size;\n\tlong long start;\n};\n"

func TestUntitledDocument(t *testing.T) {
	s := analysing(t, editor.Options{})
	doc, err := s.Open(timeout(t), "untitled:Untitled-1", "c", holed+"#define GET _IOR('M', 1, struct holed)\n")
	check(t, err)
	diags, err := doc.Diagnostics(timeout(t))
	check(t, err)
	if len(diags) != 1 {
		t.Errorf("diagnostics %v", diags)
	}
}

// A file that includes a header sees what is typed into it, before it is saved.
func TestUnsavedHeader(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "with space é")
	check(t, os.Mkdir(dir, 0o755))
	header := filepath.Join(dir, "a.h")
	check(t, os.WriteFile(header, []byte("struct holed { char a; };\n"), 0o644))
	s := analysing(t, editor.Options{PlainText: true})
	ctx := timeout(t)
	driver, err := s.Open(ctx, uri.File(filepath.Join(dir, "driver.c")), "c", "#include \"a.h\"\nstruct holed x;\n")
	check(t, err)
	size := func(want string) {
		t.Helper()
		hover, err := driver.Hover(ctx, strings.Index(driver.Text.Content(), "holed x"))
		check(t, err)
		if got := editor.HoverText(hover); !strings.Contains(got, want) {
			t.Errorf("no %q in the hover:\n%s", want, got)
		}
	}
	size("char a")
	open, err := s.Open(ctx, uri.File(header), "c", holed)
	check(t, err)
	size("4 bytes hole")
	check(t, open.Edit(ctx, text.Edit{Span: text.Span{Start: 15, End: 15}, New: "\tint pad;\n"}))
	size("int pad")
	check(t, open.Close(ctx))
	size("char a")
	check(t, os.WriteFile(header, []byte("struct holed { short b; };\n"), 0o644))
	check(t, s.Notify(ctx, "textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": uri.File(header)}}))
	size("short b")
}

// TestTenThousandFindings: a file full of findings is checked, hovered, hinted
// and mended like any other.
func TestTenThousandFindings(t *testing.T) {
	var b strings.Builder
	b.WriteString("#include <linux/types.h>\n#include <linux/ioctl.h>\n")
	for i := range 3500 {
		fmt.Fprintf(&b, "struct r%d { __u32 id; __u64 stamp; __u16 last; };\n#define GET%d _IOR('M', %d, struct r%d)\n", i, i, i%256, i)
	}
	s, dir := folder(t, editor.Options{Resolve: true}, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", b.String())
	check(t, err)
	list, err := doc.Diagnostics(ctx)
	check(t, err)
	if len(list) < 10_000 {
		t.Errorf("%d diagnostics", len(list))
	}
	at := strings.LastIndex(doc.Text.Content(), "stamp")
	check(t, doc.Edit(ctx, text.Edit{Span: text.Span{Start: at, End: at}, New: "x"}))
	hover, err := doc.Hover(ctx, at)
	check(t, err)
	if !strings.Contains(editor.HoverText(hover), "xstamp") {
		t.Errorf("hover %s", editor.HoverText(hover))
	}
	here := doc.Range(text.Span{Start: at, End: at})
	actions, err := doc.CodeActions(ctx, here, protocol.CodeActionKindQuickFix)
	check(t, err)
	resolved, err := doc.Resolve(ctx, actions[0])
	check(t, err)
	check(t, doc.Apply(ctx, resolved))
	left, err := doc.Diagnostics(ctx)
	check(t, err)
	if len(left) >= len(list) {
		t.Errorf("%d diagnostics after %q, %d before", len(left), resolved.Title, len(list))
	}
}
