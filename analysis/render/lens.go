package render

import (
	"fmt"
	"strconv"
	"strings"

	"abide/analysis"
)

// RecordLens says in one line how large a record is, where it differs, and
// what lies unused in it: "24 bytes · i386 16 · 1 hole". Empty if no layout is
// known.
func RecordLens(f *analysis.RecordFacts) string {
	variants := f.Variants()
	if len(variants) == 0 {
		return ""
	}
	first := &variants[0]
	own := first.Layout().Size
	var sizes []int64
	abis := map[int64][]string{}
	for i := range variants[1:] {
		v := &variants[i+1]
		size := v.Layout().Size
		if abis[size] == nil {
			sizes = append(sizes, size)
		}
		abis[size] = append(abis[size], v.ABIs()...)
	}
	parts := []string{count(own, "byte")}
	for _, size := range sizes {
		if size != own {
			parts = append(parts, fewABIs(abis[size])+" "+strconv.FormatInt(size, 10))
		}
	}
	if elsewhere := abis[own]; elsewhere != nil {
		parts = append(parts, "differs on "+fewABIs(elsewhere))
	}
	text := abridged(parts)
	holes, tail := 0, int64(0)
	for _, g := range first.Gaps {
		if g.Tail {
			tail = g.BitSize
		} else {
			holes++
		}
	}
	if holes > 0 {
		text += lensGap + count(int64(holes), "hole")
	}
	if tail > 0 {
		text += lensGap + bitsOrBytes(tail) + " of padding"
	}
	return text
}

// CommandLens is a command's number, and those of ABIs where it is another
// one. differs tells whether there are such. Empty if no number is known.
func CommandLens(c *analysis.Command) (text string, differs bool) {
	var groups []*codeGroup
	for i, v := range c.Values {
		if v != nil && v.Err == nil {
			groups = addCode(groups, c.Targets[i].ABI.Name, v.Code)
		}
	}
	var parts []string
	for i, g := range groups {
		number := fmt.Sprintf("0x%08x", g.code.Value)
		if i > 0 {
			number = fewABIs(g.abis) + " " + number
		}
		parts = append(parts, number)
	}
	return abridged(parts), len(groups) > 1
}

const lensGap = " · "

// abridged joins what is said of ABIs, as much as a line has room for.
func abridged(parts []string) string {
	const room = 4
	if len(parts) > room {
		parts = append(parts[:room-1:room-1], "…")
	}
	return strings.Join(parts, lensGap)
}

// fewABIs names ABIs where there is little room.
func fewABIs(names []string) string {
	const room = 2
	if len(names) <= room {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", names[0], len(names)-1)
}

func count(n int64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

func bitsOrBytes(bits int64) string {
	if bits%8 != 0 {
		return count(bits, "bit")
	}
	return count(bits/8, "byte")
}
