package truth

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWritten compares the records of testdata/written, forms that random
// records seldom or never take; or those of a text of anybody's, in paragraphs:
//
//	go test ./analysis/truth -run Written -v -truth.full -truth.written "$PWD/x.c"
func TestWritten(t *testing.T) {
	few := []string{"", "-fpack-struct=2", "-fms-extensions"} // what every machine's tests compare
	files, err := filepath.Glob(*written)
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s: %v", *written, err)
	}
	for _, tc := range selected(short) {
		t.Run(tc.ABI, func(t *testing.T) {
			t.Parallel()
			c := compare(t, tc)
			total := Row{ABI: tc.ABI, Source: "written"}
			var all []Mismatch
			for _, f := range files {
				text, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range variants {
					if !*full && !slices.Contains(few, v.flags) || v.flags == "-mms-bitfields" && !tc.GCC.Accepts("int x;\n", v.flags) {
						continue
					}
					row, mismatches, err := c.Written(WrittenBatch(string(text), strings.Fields(v.flags)...))
					if err != nil {
						t.Fatal(f, err)
					}
					total.Sum(row)
					for _, m := range mismatches {
						m.Where = f + ", " + m.Where
						all = append(all, m)
					}
				}
			}
			tell(t, total, all)
		})
	}
}
