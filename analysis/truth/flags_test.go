package truth

import (
	"flag"
	"testing"
)

var (
	full     = flag.Bool("truth.full", false, "compare everything, not a short slice")
	seedFlag = flag.Uint64("truth.seed", 1, "seed of the random records")
	only     = flag.String("truth.abi", "", "compare these ABIs alone (names separated by commas)")
)

func seed() uint64 { return *seedFlag }

// count is how many cases a test takes: few in a short slice.
func count(t *testing.T, few, many int) int {
	t.Helper()
	if *full {
		return many
	}
	return few
}
