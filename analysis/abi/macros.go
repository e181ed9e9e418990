package abi

import (
	"embed"
	"strings"
)

//go:embed macros
var macroFiles embed.FS

// macros puts an ABI's predefined macros together: common.h, the data
// model's, its own; a later #define or #undef of a name replaces an earlier.
func macros(a *ABI) string {
	layer := "ilp32"
	if a.Types[Long].Size == 8 {
		layer = "lp64"
	}
	var lines []string
	at := map[string]int{} // a macro's index in lines
	for _, file := range []string{"common", layer, a.Name} {
		text, err := macroFiles.ReadFile("macros/" + file + ".h")
		if err != nil {
			panic(err) // embedded: a row without its file; the tests see it
		}
		for line := range strings.Lines(string(text)) {
			if rest, ok := strings.CutPrefix(line, "#define "); ok {
				name := macroName(rest)
				if i, seen := at[name]; seen {
					lines[i] = line
				} else {
					at[name] = len(lines)
					lines = append(lines, line)
				}
			} else if rest, ok := strings.CutPrefix(line, "#undef "); ok {
				lines[at[macroName(rest)]] = ""
			}
		}
	}
	return strings.Join(lines, "")
}

// macroName cuts a definition's name off: up to the first blank or parenthesis.
func macroName(rest string) string {
	if i := strings.IndexAny(rest, " (\n"); i >= 0 {
		return rest[:i]
	}
	return rest
}
