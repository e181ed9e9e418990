package payload

import (
	"fmt"
	"testing"

	"abide/analysis"
)

// A finding that has too many notes says how many it keeps to itself.
func TestBounded(t *testing.T) {
	for n, last := range map[int]string{0: "", 1: "0", 12: "11", 13: "and 2 more, the first one here", 40: "and 29 more, the first one here"} {
		var notes []analysis.Related
		for i := range n {
			notes = append(notes, analysis.Related{Message: fmt.Sprint(i)})
		}
		got := Bounded(notes)
		if len(got) != min(n, maxRelated) || n > 0 && got[len(got)-1].Message != last {
			t.Errorf("%d notes: %d, the last one %q", n, len(got), got[max(len(got), 1)-1].Message)
		}
	}
}
