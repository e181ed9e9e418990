package decl

import (
	"slices"
	"strings"
	"testing"
)

// TestChanged edits a macro and looks which names may mean something else.
func TestChanged(t *testing.T) {
	far := strings.Repeat("\n", 200) // in another stretch
	source := func(n string) string {
		return "#define N " + n + "\nstruct a { int x; };\n" + far +
			"struct b { int x[N]; };\n" + far +
			"#if N > 1\nstruct c { int x; };\n#endif\n" + far +
			"struct d { int x; };\n" + far +
			"struct e { int x[N]; };\n"
	}
	r := preprocessed(source("2"), noHeaders, nil)
	u := NewUnit(r, nil)
	now := NewUnit(preprocessed(source("3"), noHeaders, r), u)
	names, ok := now.Changed()
	var got []string
	for _, name := range names {
		got = append(got, name.String())
	}
	slices.Sort(got)
	check(t, strings.Join(slices.Compact(got), " "), "a b e")
	if !ok || now.Record(false, sym("c")) != u.Record(false, sym("c")) {
		t.Error("struct c is another one")
	}
}
