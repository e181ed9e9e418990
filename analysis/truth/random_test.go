package truth

import (
	"hash/fnv"
	"strings"
	"testing"
)

// variants are the flags that change layouts, and the share of the cases that
// each gets, in hundredths.
var variants = []struct {
	flags string
	share int
}{
	{"", 66},
	{"-fshort-enums", 6},
	{"-fpack-struct", 4},
	{"-fpack-struct=2", 4},
	{"-fpack-struct=4", 4},
	{"-funsigned-char", 3},
	{"-fsigned-char", 3},
	{"-mms-bitfields", 6},
	{"-fpack-struct=8", 2},
	{"-fno-short-enums", 1},
	{"-fms-extensions", 1},
}

// TestRandom compares random records over all constructs that layouts depend on.
func TestRandom(t *testing.T) {
	for _, tc := range selected(short) {
		t.Run(tc.ABI, func(t *testing.T) {
			t.Parallel()
			c := compare(t, tc)
			feat, err := tc.GCC.Probe()
			if err != nil {
				t.Fatal(err)
			}
			total := Row{ABI: tc.ABI, Source: "random"}
			var all []Mismatch
			from := 0
			for _, v := range variants {
				if v.flags == "-mms-bitfields" && !feat.MSBits {
					continue
				}
				n := count(300, 1500) * v.share / 100
				for n > 0 {
					size := min(n, 400)
					b := NewBatch(*seedFlag^hash(tc.ABI), from, from+size, feat, strings.Fields(v.flags)...)
					n, from = n-size, from+size
					row, mismatches, err := c.Random(b)
					if err != nil {
						t.Fatal(err)
					}
					total.Sum(row)
					all = append(all, mismatches...)
				}
			}
			tell(t, total, all)
		})
	}
}

// hash gives every ABI records of its own.
func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// TestGenerateIsRepeatable holds the generator to its seed.
func TestGenerateIsRepeatable(t *testing.T) {
	feat := Features{Types: []string{"_Float32"}, Int128: true, LP64: true}
	for i := range 200 {
		if a, b := Generate(7, i, feat).Text(), Generate(7, i, feat).Text(); a != b {
			t.Fatalf("case %d:\n%s\n%s", i, a, b)
		}
	}
}

// TestShrink finds the one member that a failure needs.
func TestShrink(t *testing.T) {
	feat := Features{LP64: true}
	for i := range 300 {
		c := Generate(3, i, feat)
		if !strings.Contains(c.Text(), "long double") {
			continue
		}
		small := Shrink(c, func(c *Case) bool { return strings.Contains(c.Text(), "long double") })
		if n := strings.Count(small.Text(), "\n"); n > 12 {
			t.Errorf("%d lines left:\n%s", n, small.Text())
		}
	}
}
