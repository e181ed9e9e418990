package abi

import (
	_ "embed"
	"slices"
	"strings"
)

// macroTable is what gen writes: blocks of #define lines, each below a comment
// that names the ABIs that have them.
//
//go:embed macros.h
var macroTable string

// macros puts an ABI's predefined macros together.
func macros(a *ABI) string {
	var b strings.Builder
	for block := range strings.SplitSeq(macroTable, "\n/* ") {
		heading, lines, ok := strings.Cut(block, " */\n")
		if ok && heads(heading, a.Name) {
			b.WriteString(lines)
		}
	}
	return b.String()
}

// heads tells whether a block's heading means an ABI: "all", "all but ia64
// x32", or a list of names.
func heads(heading, abi string) bool {
	names, but := strings.CutPrefix(heading, "all but ")
	return heading == "all" || slices.Contains(strings.Fields(names), abi) != but
}
