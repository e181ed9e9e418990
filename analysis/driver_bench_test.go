package analysis_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/internal/benchtest"
	"abide/analysis/render"
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

var firstRecord = regexp.MustCompile(`(?m)^struct (\w+) \{\n(?:\t.*\n)*?\t.*\w;`)

// places is where the benchmarks type: behind the first match in the second
// half of the file, or in the whole of it.
var places = []struct {
	name string
	re   *regexp.Regexp
	half bool
	back int
	key  string
}{
	{"body", regexp.MustCompile(`(?m)^\t+[a-z_>.-]+\(.*\);$|^\t+[a-z_>. -]+ = .*;$`), true, 0, ";"},
	{"record", firstRecord, false, 1, "x"},
	{"define", regexp.MustCompile(`(?m)^#define\s+\w+\s+\(?(?:0x)?[0-9]+`), false, 0, "1"},
	{"include", regexp.MustCompile(`(?m)(?:^#include <[^>]*\.h>\n)+`), false, len(".h>\n"), "x"},
}

// BenchmarkDriver is what a key costs in drivers of a Linux tree, from the
// text to the findings.
func BenchmarkDriver(b *testing.B) {
	tree, database, ok := kernelTree()
	if !ok {
		b.Skip("no Linux tree: .ci/linux prepares one")
	}
	for _, name := range []string{"drivers/misc/fastrpc.c", "drivers/char/hpet.c", "drivers/video/fbdev/core/fbmem.c"} {
		path := filepath.Join(tree, name)
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		for _, abis := range []string{"x86_64", "default", "all"} {
			list, err := abi.Parse(abis)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(strings.TrimSuffix(filepath.Base(name), ".c")+"/"+abis, func(b *testing.B) {
				benchmarkDriver(b, path, string(data), analysis.Config{ABIs: list, Checks: checks.All(), CompDB: database})
			})
		}
	}
}

// question is what an editor asks of a version.
type question func(*testing.B, *analysis.Snapshot)

func benchmarkDriver(b *testing.B, path, content string, cfg analysis.Config) {
	version := func(b *testing.B, s *analysis.Session, f *text.File) *analysis.Snapshot {
		s.SetBuffer(path, f)
		snap, err := s.Snapshot(path)
		if err != nil {
			b.Fatal(err)
		}
		return snap
	}
	b.Run("cold", func(b *testing.B) {
		defer benchtest.CPU(b)()
		for b.Loop() {
			findings(b, version(b, analysis.NewSession(cfg, nil), text.New(content)))
		}
	})
	f := text.New(content)
	s := analysis.NewSession(cfg, nil)
	findings(b, version(b, s, f))
	typing := func(name string, at int, key string, ask question) {
		b.Run(name, func(b *testing.B) {
			n := 0
			press := func() {
				e := text.Edit{Span: text.Span{Start: at, End: at}, New: key}
				if n++; n%2 == 0 {
					e = text.Edit{Span: text.Span{Start: at, End: at + 1}}
				}
				next, err := f.Apply(e)
				if err != nil {
					b.Fatal(err)
				}
				f = next
				ask(b, version(b, s, f))
			}
			press()
			press()
			b.ResetTimer()
			report := benchtest.CPU(b)
			for b.Loop() {
				press()
			}
			report()
			if n%2 == 1 {
				press()
			}
		})
	}
	for _, place := range places {
		from := 0
		if place.half {
			from = len(content) / 2
		}
		if m := place.re.FindStringIndex(content[from:]); m != nil {
			at := from + m[1] - place.back
			typing(place.name, at, place.key, findings)
			if place.name == "body" {
				typing("hover", at, place.key, hover(content, at))
			}
		}
	}
}

// hover asks for the layout of the first record, as people read it, while
// somebody types at a place.
func hover(content string, typed int) question {
	tag := firstRecord.FindStringSubmatchIndex(content)[2]
	return func(b *testing.B, s *analysis.Snapshot) {
		at := tag
		if typed <= tag {
			at += s.Text().Len() - len(content)
		}
		h, err := s.Hover(b.Context(), at)
		if err != nil || h == nil || render.Hover(h) == "" {
			b.Fatal("nothing to show: ", err)
		}
	}
}
