package checks_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"abide/analysis"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestFixesOfFixtures applies each fix of each rule to the rules' own fixtures,
// as TestFixesOfHeaders does to installed headers.
func TestFixesOfFixtures(t *testing.T) {
	compilers := compilers(t)
	paths, err := filepath.Glob("*/testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no fixtures", err)
	}
	var fixes, left atomic.Int64
	each(paths, 1, func(path string) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Error(err)
			return
		}
		dir := filepath.Join(t.TempDir(), strings.ReplaceAll(path, "/", "-"))
		for _, f := range archive.Files {
			name := filepath.Join(dir, f.Name)
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Error(err)
				return
			}
			if err := os.WriteFile(name, f.Data, 0o666); err != nil {
				t.Error(err)
				return
			}
		}
		h := open(t, filepath.Join(dir, archive.Files[0].Name), analysis.ScopePayload, compilers)
		if h == nil {
			left.Add(1)
			return
		}
		h.compile(t)
		fixes.Add(int64(h.recheck(t)))
		h.wholeFile(t)
	})
	t.Logf("%d fixes in %d fixtures; %d others do not compile", fixes.Load(), int64(len(paths))-left.Load(), left.Load())
}
