package decl

import (
	"slices"
	"strings"
	"testing"

	"abide/analysis/cpp"
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

// TestIndexAfterEdits looks names up that some declarations behind the last
// #include take over from others, give back, or hide.
func TestIndexAfterEdits(t *testing.T) {
	far := strings.Repeat("\n", 200)
	var r *cpp.Result
	var u *Unit
	for _, src := range []string{
		"struct a { int x1; };\n" + far + "struct b { int x1; };\n" + far + "struct a { int x2; };\n",
		"struct a { int x1; };\n" + far + "struct b { int x2; };\n" + far + "struct a { int x2; };\n",
		"struct a { int x3; };\n" + far + "struct b { int x2; };\n" + far + "struct a { int x2; };\n", // hidden
		"struct a { int x3; };\n" + far + "struct b { int x2; };\n" + far + "struct c { int x1; };\n", // shown again
		"struct a { int x3; };\n" + far + "struct a { int x4; };\n" + far + "struct c { int x1; };\n", // b is gone
		"struct a { int x3; };\n" + far + "struct b { int x4; };\n" + far + "struct c { int x1; };\n",
		"struct a { int x3; };\n" + far + "struct b { int x4; }; struct b { int x5; };\n" + far + "struct c { int x1; };\n",
		"struct a { int x3; };\n" + far + "struct b { int x5; }; struct b { int x6; };\n" + far + "struct c { int x1; };\n",
	} {
		r = preprocessed(src, noHeaders, r)
		u = NewUnit(r, u)
		fresh := NewUnit(preprocessed(src, noHeaders, nil), nil)
		for _, name := range []string{"a", "b", "c"} {
			got, want := u.Record(false, sym(name)), fresh.Record(false, sym(name))
			if (got == nil) != (want == nil) || got != nil && got.Fields[0].Name != want.Fields[0].Name {
				t.Errorf("struct %s of %q: %v, want %v", name, strings.ReplaceAll(src, far, ""), got, want)
			}
		}
	}
}
