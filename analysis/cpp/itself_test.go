package cpp

import (
	"slices"
	"testing"

	"abide/analysis/text"
)

// TestIncludesItself edits headers that include each other, before the guard
// of the one that is open: its text is then read twice.
func TestIncludesItself(t *testing.T) {
	const (
		guarded = "#ifndef A_H\n#define A_H\n#include \"b.h\"\nstruct z { long q; };\n#define Z 1\n#endif\n"
		before  = "struct first { int a; };\n#define FIRST 2\n"
	)
	fs := func(main string) FS { return &files{"a.h": main, "b.h": "#include \"a.h\"\nstruct b { int a; };\n"} }
	c, cfg := new(Cache), &Config{}
	file := c.File("a.h", text.New(guarded), nil)
	r := c.Preprocess(fs(guarded), cfg, file, nil, nil)
	for _, now := range []string{before + guarded, guarded, "int x;\n" + guarded, before + guarded + "int y;\n"} {
		file = c.File("a.h", text.New(now), file)
		r = c.Preprocess(fs(now), cfg, file, r, nil)
		scratch := new(Cache)
		want := scratch.Preprocess(fs(now), cfg, scratch.File("a.h", text.New(now), nil), nil, nil)
		if a, b := describe(r), describe(want); !slices.Equal(a, b) {
			t.Errorf("after an edit %q reads as\n%q, not as\n%q", now, a, b)
		}
	}
}
