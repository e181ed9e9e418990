package truth

import (
	"strings"
	"testing"
)

// TestUAPI compares every record and every command number of every installed
// kernel header.
func TestUAPI(t *testing.T) {
	for _, tc := range selected([]string{"x86_64", "i386"}) {
		t.Run(tc.ABI, func(t *testing.T) {
			c := compare(t, tc)
			headers := tc.Headers()
			if len(headers) == 0 {
				missing(t, tc.ABI+": no kernel headers: install Debian's linux-libc-dev and its -cross packages")
			}
			u, err := c.Headers(headers, *full)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("do not compile:\n%s", strings.Join(u.Rejected, "\n"))
			for _, d := range u.Disagreements {
				t.Logf("clang disagrees with gcc: %s", d)
			}
			tell(t, u.Row, u.Mismatches)
		})
	}
}
