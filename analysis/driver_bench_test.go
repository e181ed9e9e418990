package analysis_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/text"
)

// kernelTree is the configured Linux tree that .ci/linux prepares, and the
// folder of its compile_commands.json; ok is false if there is none.
func kernelTree() (tree, database string, ok bool) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", "", false
	}
	base := filepath.Join(cache, "abide-test", "linux")
	tree, database = filepath.Join(base, "x86_64"), filepath.Join(base, "database")
	_, err = os.Stat(filepath.Join(base, ".done-database"))
	return tree, database, err == nil
}

// BenchmarkDriver is what a key costs in a driver of a Linux tree, from the
// text to the findings.
func BenchmarkDriver(b *testing.B) {
	tree, database, ok := kernelTree()
	if !ok {
		b.Skip("no Linux tree: .ci/linux prepares one")
	}
	path := filepath.Join(tree, "drivers/char/hpet.c")
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	content := string(data)
	for _, abis := range []string{"x86_64", "default", "all"} {
		list, err := abi.Parse(abis)
		if err != nil {
			b.Fatal(err)
		}
		cfg := analysis.Config{ABIs: list, Checks: checks.All(), CompDB: database}
		ask := func(b *testing.B, s *analysis.Session, f *text.File) {
			s.SetBuffer(path, f)
			snap, err := s.Snapshot(path)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := snap.Findings(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(abis+"/cold", func(b *testing.B) {
			for b.Loop() {
				ask(b, analysis.NewSession(cfg, nil), text.New(content))
			}
		})
		for _, place := range []struct{ name, before string }{
			{"body", "\treturn -EINVAL;"},
			{"record", ";\n\tunsigned int hp_which"},
			{"define", "0x0001\n"},
			{"include", ".h>\n\n"},
		} {
			b.Run(abis+"/"+place.name, func(b *testing.B) {
				at := strings.Index(content, place.before)
				f := text.New(content)
				s := analysis.NewSession(cfg, nil)
				ask(b, s, f)
				b.ResetTimer()
				defer cpu(b)()
				n := 0
				for b.Loop() {
					e := text.Edit{Span: text.Span{Start: at, End: at}, New: "1"}
					if n++; n%2 == 0 {
						e = text.Edit{Span: text.Span{Start: at, End: at + 1}}
					}
					next, err := f.Apply(e)
					if err != nil {
						b.Fatal(err)
					}
					f = next
					ask(b, s, f)
				}
			})
		}
	}
}
