package truth

import (
	"os"
	"testing"
)

// installed gives the compiler, or leaves the test out if it is missing.
func installed(t *testing.T, c *Compiler) *Compiler {
	t.Helper()
	if !c.Installed() {
		missing(t, "no "+c.Command+": install Debian's "+c.Package)
	}
	return c
}

// missing skips a test that lacks a part of the machine; in CI nothing may be left out.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// TestWitness proves the reader of debug information on every machine: what it
// says of random records is what constants and initializers say.
func TestWitness(t *testing.T) {
	for _, tc := range Toolchains {
		if tc.GCC == nil {
			continue // clang does not mark every bit-field as one
		}
		t.Run(tc.ABI, func(t *testing.T) {
			t.Parallel()
			c := installed(t, tc.GCC)
			feat, err := c.Probe()
			if err != nil {
				t.Fatal(err)
			}
			b := NewBatch(seed(), 0, count(t, 60, 1000), feat)
			recs, err := b.Compile(c)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := b.Text()
			diffs, err := c.Witness(text, recs)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range diffs {
				t.Error(d)
			}
			t.Logf("%d records, %d cases not accepted", len(recs), b.Rejected)
		})
	}
}
