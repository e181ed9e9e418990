package compdb

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkFind is what every keystroke may ask, for each source of a command.
func BenchmarkFind(b *testing.B) {
	var entries strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&entries, "%s{\"directory\":\".\",\"command\":\"gcc -DN -Iinclude -c d%d/f%d.c\",\"file\":\"d%d/f%d.c\"}", ",\n"[:min(2*i, 2)], i%50, i, i%50, i)
	}
	for _, tt := range []struct{ name, archive, file string }{
		{"own entry", "-- compile_commands.json --\n[" + entries.String() + "]", "d1/f1.c"},
		{"header", "-- compile_commands.json --\n[" + entries.String() + "]", "d1/x.h"},
		{"kernel tree", miniKernel, "linux/drivers/misc/io.c"},
		{"nothing", "-- a/b/c/d/x --\n", "a/b/c/d/x.h"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			dir := tree(b, tt.archive)
			var db DB
			for b.Loop() {
				if _, _, err := db.Find(filepath.Join(dir, tt.file), ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("kernel source", func(b *testing.B) {
		text := strings.Repeat("static int f(void) { return 0; }\n", 5000) + "MODULE_LICENSE(\"GPL\");\n"
		path := filepath.Join(b.TempDir(), "a.c")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
		var db DB
		for b.Loop() {
			if _, _, err := db.FindText(path, text, ""); err != nil {
				b.Fatal(err)
			}
		}
	})
}
