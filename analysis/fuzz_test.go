package analysis_test

import (
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
)

// FuzzSnapshot asks everything of any text: no answer may be an error, and
// hover must answer everywhere.
func FuzzSnapshot(f *testing.F) {
	f.Add(editedDriver)
	for _, s := range snippets {
		f.Add(s)
	}
	f.Add("#define GET _IOR('x', 1, struct a)\nstruct a { int x[GET]; };")
	f.Add("struct a { struct a a; }; struct b { int x : 99; } __attribute__((aligned(3)));")
	f.Add("int f(void *u) { struct a x; copy_to_user(u, &x, sizeof(x)); }")
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 1<<14 {
			t.Skip()
		}
		cfg := analysis.Config{
			ABIs: []*abi.ABI{abi.Lookup("x86_64"), abi.Lookup("ppc32")}, Scope: analysis.ScopeAll, Checks: checks.All(),
		}
		s, err := session(cfg, files{mainFile: source, "/src/shared.h": sharedHeader}).Snapshot(mainFile)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Findings(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Unresolved(t.Context()); err != nil {
			t.Fatal(err)
		}
		for at := 0; at <= len(source); at += 1 + len(source)/64 {
			if _, err := s.Hover(t.Context(), at); err != nil {
				t.Fatal(err)
			}
		}
	})
}
