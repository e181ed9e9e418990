package text

import (
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Changes gives the edits that turn one text into another: whole lines, in
// order, none for equal texts.
func Changes(a, b *File) []Edit {
	from, to := lineStarts(a.Content()), lineStarts(b.Content())
	var edits []Edit
	var x, y int // the next lines of a and b
	open := false
	for i, s := range strings.Split(string(diff.Diff("a", []byte(a.Content()), "b", []byte(b.Content()))), "\n") {
		if i < 3 || s == "" { // diff, ---, +++
			continue
		}
		if s[0] == '-' || s[0] == '+' {
			if !open {
				edits = append(edits, Edit{Span: Span{Start: from[x], End: from[x]}})
				open = true
			}
			e := &edits[len(edits)-1]
			if s[0] == '-' {
				x++
				e.Span.End = from[x]
			} else {
				e.New += b.Content()[to[y]:to[y+1]]
				y++
			}
			continue
		}
		switch s[0] {
		case '@':
			x, y = hunk(s)
			open = false
		case ' ':
			x++
			y++
			open = false
		}
	}
	return edits
}

// hunk is the first lines of a hunk, from 0. A side without lines counts from
// the line before.
func hunk(header string) (x, y int) {
	var countX, countY int
	fmt.Sscanf(header, "@@ -%d,%d +%d,%d", &x, &countX, &y, &countY)
	if countX > 0 {
		x--
	}
	if countY > 0 {
		y--
	}
	return x, y
}

// lineStarts is where the lines of a text start, with its end behind the last.
func lineStarts(s string) []int {
	starts := []int{0}
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	if starts[len(starts)-1] != len(s) {
		starts = append(starts, len(s))
	}
	return starts
}
