package command

import (
	"fmt"
	"strings"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/payload"
)

// CarriesPointer tells whether the type that the command is defined with is a
// pointer.
func (c *Command) CarriesPointer() bool {
	for i := range c.Values {
		if _, ok := c.Resolved(i).(*decl.Pointer); ok {
			return true
		}
	}
	return false
}

// Everywhere asks about all targets.
func Everywhere(int) bool { return true }

// Numbers says the command's number on the targets that are asked about:
// "0x80184d00 on x86_64 and arm64, 0x80104d00 on i386". differ is false if it
// is the same on all of them.
func (c *Command) Numbers(of func(target int) bool) (numbers string, differ bool) {
	var order []uint32
	names := map[uint32][]string{}
	for i, v := range c.Values {
		if !c.Numbered(i) || !of(i) {
			continue
		}
		n := v.Code.Value
		if names[n] == nil {
			order = append(order, n)
		}
		names[n] = append(names[n], c.Targets[i].ABI.Name)
	}
	if len(order) > maxNumbers {
		if near := c.family(of); len(near) > 1 && len(near) < len(c.Values) {
			numbers, differ = c.Numbers(func(i int) bool { return near[i] })
			return fmt.Sprintf("%s, and differs on %d more ABIs", numbers, len(c.counted(of))-len(near)), differ
		}
	}
	parts := make([]string, len(order))
	for i, n := range order {
		parts[i] = fmt.Sprintf("0x%08x on %s", n, payload.List(names[n]))
	}
	return strings.Join(parts, ", "), len(order) > 1
}

// maxNumbers is how many numbers are told of all ABIs; of more, those of the
// first ABIs that one kernel serves are.
const maxNumbers = 3

// counted is the targets asked about that have a number.
func (c *Command) counted(of func(target int) bool) []int {
	var list []int
	for i := range c.Values {
		if c.Numbered(i) && of(i) {
			list = append(list, i)
		}
	}
	return list
}

// family is the first target asked about, and those that one kernel serves
// with it.
func (c *Command) family(of func(target int) bool) map[int]bool {
	list := c.counted(of)
	family := map[int]bool{}
	for _, i := range list {
		if i == list[0] || c.Served(list[0], i) {
			family[i] = true
		}
	}
	return family
}

// OtherABIs names the ABIs asked about on which the number is not that of the
// first of them.
func (c *Command) OtherABIs(of func(target int) bool) []string {
	var names []string
	first := -1
	for i, v := range c.Values {
		switch {
		case !c.Numbered(i) || !of(i):
		case first < 0:
			first = i
		case v.Code.Value != c.Values[first].Code.Value:
			names = append(names, c.Targets[i].ABI.Name)
		}
	}
	return names
}

// Sizes is the bytes that the command is defined to carry, by the ABIs asked
// about where that is known, whether or not they fit its number.
func (c *Command) Sizes(of func(target int) bool) []payload.Group {
	var groups []payload.Group
next:
	for i, v := range c.Values {
		if v == nil || !of(i) {
			continue
		}
		t := c.Targets[i]
		size, ok := v.Measure(t.Unit, t.Engine)
		if !ok {
			continue
		}
		for k := range groups {
			if groups[k].Value == size {
				groups[k].Names = append(groups[k].Names, t.ABI.Name)
				continue next
			}
		}
		groups = append(groups, payload.Group{Value: size, Names: []string{t.ABI.Name}})
	}
	return groups
}

// Differing is the targets that have a number, and have a partner among the
// others with another number; empty if there are none.
func (c *Command) Differing() map[int]bool {
	differing := map[int]bool{}
	for i := range c.Values {
		for k := range i {
			if c.Numbered(i) && c.Numbered(k) && c.Values[i].Code.Value != c.Values[k].Code.Value && c.Served(i, k) {
				differing[i], differing[k] = true, true
			}
		}
	}
	return differing
}

// Views is the record that the command carries, on the targets asked about.
func (c *Command) Views(of func(target int) bool) []analysis.View {
	var views []analysis.View
	for i, v := range c.Values {
		if v == nil || v.Record == nil || !of(i) {
			continue
		}
		t := c.Targets[i]
		if l, err := t.Engine.Record(v.Record); err == nil {
			views = append(views, analysis.View{Target: t, Decl: v.Record, Layout: l})
		}
	}
	return views
}
