package text

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestChanges applies what Changes gives: the other text comes out.
func TestChanges(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func() string {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString([]string{"a", "b", "int x;", "", "}", "\t/* x */"}[r.IntN(6)])
			b.WriteString([]string{"\n", "\n", "\n", "\r\n"}[r.IntN(4)])
		}
		return b.String() + []string{"", "", "end"}[r.IntN(3)]
	}
	for range 2000 {
		a, b := New(random()), New(random())
		edits := Changes(a, b)
		got, err := a.Apply(edits...)
		if err != nil {
			t.Fatalf("%q to %q: %v", a.Content(), b.Content(), err)
		}
		if got.Content() != b.Content() {
			t.Fatalf("%q to %q: got %q by %+v", a.Content(), b.Content(), got.Content(), edits)
		}
		if (len(edits) == 0) != (a.Content() == b.Content()) {
			t.Fatalf("%q to %q: %d edits", a.Content(), b.Content(), len(edits))
		}
	}
}
