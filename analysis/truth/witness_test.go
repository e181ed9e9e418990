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

func TestSetBits(t *testing.T) {
	for _, c := range []struct {
		bytes       []byte
		big         bool
		first, many int64
	}{
		{[]byte{0, 0xf0, 0x01}, false, 12, 5},
		{[]byte{0, 0x0f, 0x80}, true, 12, 5},
		{[]byte{0, 0}, false, -1, 0},
	} {
		if first, many := setBits(c.bytes, c.big); first != c.first || many != c.many {
			t.Errorf("%v big %t: %d bits at %d, want %d at %d", c.bytes, c.big, many, first, c.many, c.first)
		}
	}
}
