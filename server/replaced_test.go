//go:build unix

package server

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"go.lsp.dev/uri"

	"abide/server/internal/editor"
)

// TestReplacedOnDisk: a header and the file itself are deleted, rewritten, and
// replaced by what blocks or never ends, while the file is open.
func TestReplacedOnDisk(t *testing.T) {
	dir := t.TempDir()
	header, driver := filepath.Join(dir, "a.h"), filepath.Join(dir, "driver.c")
	write := func(path, content string) { check(t, os.WriteFile(path, []byte(content), 0o644)) }
	const source = "#include \"a.h\"\nstruct outer { char c; struct inner i; };\n"
	const good = "struct inner { short known; };\n"
	write(header, good)
	write(driver, source)
	s := analysing(t, editor.Options{PlainText: true})
	ctx := timeout(t)
	doc, err := s.Open(ctx, uri.File(driver), "c", source)
	check(t, err)
	for _, step := range []struct {
		name, path string
		put        func(path string) error
		want       string
	}{
		{"at first", "", nil, "1 byte hole"},
		{"the header is gone", header, func(string) error { return nil }, "incomplete"},
		{"a FIFO", header, func(p string) error { return syscall.Mkfifo(p, 0o644) }, "incomplete"},
		{"a directory", header, func(p string) error { return os.Mkdir(p, 0o755) }, "incomplete"},
		{"a link to a device", header, func(p string) error { return os.Symlink("/dev/zero", p) }, "incomplete"},
		{"a link to itself", header, func(p string) error { return os.Symlink(p, p) }, "incomplete"},
		{"half a header", header, func(p string) error { return os.WriteFile(p, []byte(good[:12]), 0o644) }, "incomplete"},
		{"the whole header", header, func(p string) error { return os.WriteFile(p, []byte(good), 0o644) }, "1 byte hole"},
		{"the file is gone", driver, func(string) error { return nil }, "1 byte hole"},
		{"the file is a FIFO", driver, func(p string) error { return syscall.Mkfifo(p, 0o644) }, "1 byte hole"},
		{"the file is a link", driver, func(p string) error { return os.Symlink("/etc/passwd", p) }, "1 byte hole"},
		{"a database that blocks", filepath.Join(dir, "compile_commands.json"), func(p string) error { return syscall.Mkfifo(p, 0o644) }, "1 byte hole"},
		{"a Makefile that blocks", filepath.Join(dir, "Makefile"), func(p string) error { return syscall.Mkfifo(p, 0o644) }, "1 byte hole"},
	} {
		if step.path != "" {
			check(t, os.RemoveAll(step.path))
			check(t, step.put(step.path))
			change := map[string]any{"uri": uri.File(step.path), "type": 2}
			check(t, s.Notify(ctx, "workspace/didChangeWatchedFiles", map[string]any{"changes": []any{change}}))
		}
		hover, err := doc.Hover(ctx, strings.Index(source, "outer"))
		check(t, err)
		if got := editor.HoverText(hover); !strings.Contains(got, step.want) {
			t.Errorf("%s: no %q in the hover:\n%s", step.name, step.want, got)
		}
	}
}
