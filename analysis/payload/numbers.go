package payload

import (
	"fmt"
	"strings"

	"abide/analysis"
)

// maxNumbers is how many numbers are told of all ABIs; of more, those of the
// first ABIs that one kernel serves are.
const maxNumbers = 3

// Numbers says a command's number on the targets that are asked about:
// "0x80184d00 on x86_64 and arm64, 0x80104d00 on i386". differ is false if it
// is the same on all of them.
func Numbers(c *analysis.Command, of map[int]bool) (numbers string, differ bool) {
	var order []uint32
	names := map[uint32][]string{}
	counted := 0
	for i, v := range c.Values {
		if !c.Numbered(i) || !of[i] {
			continue
		}
		n := v.Code.Value
		if names[n] == nil {
			order = append(order, n)
		}
		names[n] = append(names[n], c.Targets[i].ABI.Name)
		counted++
	}
	if len(order) > maxNumbers {
		if near := family(c, of); len(near) > 1 && len(near) < counted {
			numbers, differ = Numbers(c, near)
			return fmt.Sprintf("%s, and differs on %d more ABIs", numbers, counted-len(near)), differ
		}
	}
	parts := make([]string, len(order))
	for i, n := range order {
		parts[i] = fmt.Sprintf("0x%08x on %s", n, List(names[n]))
	}
	return strings.Join(parts, ", "), len(order) > 1
}

// family is the first target asked about, and those that one kernel serves
// with it.
func family(c *analysis.Command, of map[int]bool) map[int]bool {
	first := -1
	family := map[int]bool{}
	for i := range c.Values {
		if !c.Numbered(i) || !of[i] {
			continue
		}
		if first < 0 {
			first = i
		}
		if i == first || c.Served(first, i) {
			family[i] = true
		}
	}
	return family
}
