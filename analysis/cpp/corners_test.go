package cpp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"abide/analysis/text"
)

// archive splits a txtar file into its files.
func archive(tb testing.TB, path string) map[string]string {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	files, name := map[string]string{}, ""
	for line := range strings.Lines(string(data)) {
		if s, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(s, " --\n") {
			name = strings.TrimSuffix(s, " --\n")
		} else if name != "" {
			files[name] += line
		}
	}
	return files
}

// TestCorners compares hand-written corner cases with gcc.
func TestCorners(t *testing.T) {
	c := findCompiler(t, "gcc")
	dir := t.TempDir()
	files := archive(t, "testdata/corners.txtar")
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		if !strings.HasSuffix(name, ".c") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			want, _, err := c.run(path, "-w")
			if err != nil {
				t.Fatal(err)
			}
			cache := new(Cache)
			r := cache.Preprocess(testDisk, c.config(), cache.File(path, text.New(content), nil), nil, nil)
			if d := difference(tokensOf(r), want); d != "" {
				t.Error(d)
			}
			if strings.HasPrefix(name, "bodies") {
				brief := c.config()
				brief.SkipBodies = true
				if d := briefDiffers(cache.Preprocess(testDisk, brief, cache.File(path, text.New(content), nil), nil, nil), r); d != "" {
					t.Error("bodies left out: ", d)
				}
			}
			var out strings.Builder
			if err := r.Print(&out); err != nil {
				t.Fatal(err)
			}
			if d := difference(spellings(out.String()), want); d != "" {
				t.Error("printed: ", d)
			}
		})
	}
}
