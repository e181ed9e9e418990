package server

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRulePages(t *testing.T) {
	for _, pages := range []string{"docs/rules", "share/doc/abide/rules", "bin/rules", ""} {
		root, err := filepath.EvalSymlinks(t.TempDir())
		check(t, err)
		check(t, os.MkdirAll(filepath.Join(root, "bin"), 0o755))
		want := ""
		if pages != "" {
			want = filepath.Join(root, pages)
			check(t, os.MkdirAll(want, 0o755))
		}
		program := filepath.Join(root, "bin", "abide")
		check(t, os.WriteFile(program, nil, 0o755))
		link := filepath.Join(t.TempDir(), "abide")
		check(t, os.Symlink(program, link))
		for _, p := range []string{program, link} {
			if got := rulePagesOf(p); got != want {
				t.Errorf("pages in %q: got %q, want %q", pages, got, want)
			}
		}
	}
}
