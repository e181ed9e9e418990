package truth

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var (
	full     = flag.Bool("truth.full", false, "compare everything on every ABI, not a short slice")
	seedFlag = flag.Uint64("truth.seed", 1, "seed of the random records")
	abis     = flag.String("truth.abi", "", "compare these ABIs alone (names separated by commas)")
	written  = flag.String("truth.written", "testdata/written/*.c", "texts whose records to compare")
	shown    = flag.Int("truth.show", 5, "how many differences to print for each ABI and source")
)

// report is the table that ends the run.
var report Report

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if len(report.rows) > 0 {
		fmt.Printf("\nseed %d\n", *seedFlag)
		report.Print(os.Stdout)
	}
	os.Exit(code)
}

// short are the ABIs of a short slice, which every machine's tests compare.
var short = []string{"x86_64", "i386", "arm64", "arm"}

// selected gives the toolchains to compare: those of -truth.abi, all in a full
// run, else the given ones.
func selected(names []string) []*Toolchain {
	if *abis != "" {
		names = strings.Split(*abis, ",")
	}
	var out []*Toolchain
	for _, t := range Toolchains {
		if *full && *abis == "" || slices.Contains(names, t.ABI) {
			out = append(out, t)
		}
	}
	return out
}

// count is how many cases a test takes: few in a short slice.
func count(few, many int) int {
	if *full {
		return many
	}
	return few
}

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

// compare joins abide and the compiler of an ABI.
func compare(t *testing.T, tc *Toolchain) *Comparison {
	t.Helper()
	installed(t, tc.GCC)
	c, err := NewComparison(tc)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// tell puts a row in the table and fails the test for its differences.
func tell(t *testing.T, row Row, mismatches []Mismatch) {
	t.Helper()
	report.Add(row)
	if row.Differences == 0 {
		return
	}
	for i, m := range mismatches {
		if i == *shown {
			t.Logf("and %d more", len(mismatches)-i)
			break
		}
		t.Log(m)
	}
	t.Errorf("%s, %s: %d of %d records and %d commands differ", row.ABI, row.Source, row.Differences, row.Records, row.Commands)
}
