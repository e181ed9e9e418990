package truth

import "testing"

// TestWitness proves the reader of debug information on every machine: what it
// says of random records is what constants and initializers say.
func TestWitness(t *testing.T) {
	for _, tc := range Toolchains {
		t.Run(tc.ABI, func(t *testing.T) {
			t.Parallel()
			c := installed(t, tc.GCC)
			feat, err := c.Probe()
			if err != nil {
				t.Fatal(err)
			}
			b := NewBatch(*seedFlag, 0, count(40, 500), feat)
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
		})
	}
}
