package cpp

import (
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"testing"
	"text/tabwriter"
)

var (
	Full = flag.Bool("truth.full", false, "compare what make truth compares with gcc, not a short slice")
	seed = flag.Uint64("truth.seed", 1, "seed that draws the files to compare")
)

// Sample draws one out of n of a list, from each n that stand together: other
// ones for every seed and name.
func Sample(name string, n int, list []string) []string {
	h := fnv.New64a()
	io.WriteString(h, name)
	random := rand.New(rand.NewPCG(*seed, h.Sum64()))
	var some []string
	for from := 0; from < len(list); from += n {
		if i := from + random.IntN(n); i < len(list) {
			some = append(some, list[i])
		}
	}
	return some
}

// Score is a row of the table that ends make truth's run.
type Score struct {
	Name                                string
	Files, Tokens, Refused, Differences int
}

var table []Score

// Tell puts a row in the table.
func Tell(s Score) { table = append(table, s) }

// printTable writes the table and its sum.
func printTable(w io.Writer) {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(out, "files\ttokens\tgcc refuses\tdifferences\t\n")
	sum := Score{Name: "all"}
	row := func(s Score) {
		fmt.Fprintf(out, "%d\t%d\t%d\t%d\t  %s\n", s.Files, s.Tokens, s.Refused, s.Differences, s.Name)
	}
	for _, s := range table {
		row(s)
		sum.Files += s.Files
		sum.Tokens += s.Tokens
		sum.Refused += s.Refused
		sum.Differences += s.Differences
	}
	row(sum)
	out.Flush()
}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if *Full && len(table) > 0 {
		fmt.Printf("\ntokens beside those of gcc -E, seed %d\n", *seed)
		printTable(os.Stdout)
	}
	os.Exit(code)
}
