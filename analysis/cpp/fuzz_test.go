package cpp

import (
	"slices"
	"testing"
	"time"

	"abide/analysis/abi"
	"abide/analysis/text"
)

// FuzzPreprocess makes an insertion into a text: neither may crash or take
// long, and the result that builds on the first must be that from scratch.
func FuzzPreprocess(f *testing.F) {
	for _, content := range archive(f, "testdata/corners.txtar") {
		f.Add(content, "#endif\n", uint(len(content)/2))
	}
	f.Fuzz(func(t *testing.T, a, b string, at uint) {
		start := time.Now()
		cache := new(Cache)
		cfg := &Config{ABI: &abi.ABI{Macros: "#define __LP64__ 1\n#define linux 1\n"}, Angle: []string{"/inc"}, SkipBodies: at%2 == 0}
		fs := files{"/inc/x.h": b, "level.h": "#pragma once\nint f(void) { F(", "main.c": a}
		doc := text.New(a)
		file := cache.File("main.c", doc, nil)
		first := cache.Preprocess(fs, cfg, file, nil, nil)
		describe(first)
		at %= uint(len(a) + 1)
		doc, err := doc.Apply(text.Edit{Span: text.Span{Start: int(at), End: int(at)}, New: b})
		if err != nil {
			t.Fatal(err)
		}
		file = cache.File("main.c", doc, file)
		if s := sectionsDiffer(file); s != "" {
			t.Fatal(s)
		}
		got := describe(cache.Preprocess(fs, cfg, file, first, nil))
		scratch := new(Cache)
		want := describe(scratch.Preprocess(fs, cfg, scratch.File("main.c", text.New(doc.Content()), nil), nil, nil))
		if !slices.Equal(got, want) {
			for i := range max(len(got), len(want)) {
				if i >= len(got) || i >= len(want) || got[i] != want[i] {
					t.Fatalf("item %d:\n got %q\nwant %q", i, got[min(i, len(got)):min(i+2, len(got))], want[min(i, len(want)):min(i+2, len(want))])
				}
			}
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Fatalf("took %v", d)
		}
	})
}
