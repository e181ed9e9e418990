package tree_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"abide/analysis/tree"
)

func TestExpand(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, f := range []string{"b/z.h", "b/a.c", "b/deep/x.h", "b/m.mod.c", "b/notes.txt", "b/.git/x.h", "b/.x.h", "c/y.h", "odd[1].h"} {
		if err := os.MkdirAll(filepath.Dir(f), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("..", "b/loop"); err != nil {
		t.Fatal(err)
	}
	for arg, want := range map[string]string{
		"b":           "b/a.c b/deep/x.h b/z.h",
		"./b/":        "b/a.c b/deep/x.h b/z.h",
		"b/notes.txt": "b/notes.txt",
		"gone.h":      "gone.h",
		"odd[1].h":    "odd[1].h",
		"*/*.h":       "b/.x.h b/z.h c/y.h",
		"**/y.h":      "c/y.h",
		"{b,c}":       "b/a.c b/deep/x.h b/z.h c/y.h",
		"*/none*":     "no file matches */none*",
		"[":           "[ is no file and no valid pattern",
		"":            "an argument is empty: give the name of a file or directory",
		".":           "b/a.c b/deep/x.h b/z.h c/y.h odd[1].h",
	} {
		list, err := tree.Expand(arg, 5)
		got := strings.Join(list, " ")
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", arg, got, want)
		}
	}
	if _, err := tree.Expand("b", 2); err == nil || err.Error() != "b stands for more than 2 files: name fewer" {
		t.Errorf("limit: %v", err)
	}
}

// A directory that may not be read costs itself alone.
func TestExpandLocked(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads every directory")
	}
	t.Chdir(t.TempDir())
	for _, dir := range []string{"a", "locked", "z"} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir+"/x.h", nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod("locked", 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod("locked", 0o755) })
	list, err := tree.Expand(".", 5)
	if got := strings.Join(list, " "); got != "a/x.h z/x.h" || err == nil || err.Error() != "cannot list locked: permission denied" {
		t.Errorf("%s, %v", got, err)
	}
}
