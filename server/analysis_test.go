package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
