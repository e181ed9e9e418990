package analysis

import "slices"

// Numbered tells whether the command has a number on a target.
func (c *Command) Numbered(target int) bool {
	v := c.Values[target]
	return v != nil && v.Err == nil
}

// Served tells whether one kernel serves programs of two of the command's ABIs.
func (c *Command) Served(i, k int) bool {
	a, b := c.Targets[i].ABI, c.Targets[k].ABI
	return slices.Contains(a.Partners, b.Name) || slices.Contains(b.Partners, a.Name)
}

// Differing is the targets that have a number, and have a partner among the
// others with another number; empty if there are none. Numbers of ABIs that no
// kernel serves together may differ as they like.
func (c *Command) Differing() map[int]bool {
	if !c.varies() {
		return nil
	}
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

// varies tells whether the command has several numbers: few have.
func (c *Command) varies() bool {
	first := -1
	for i, v := range c.Values {
		switch {
		case !c.Numbered(i):
		case first < 0:
			first = i
		case v.Code.Value != c.Values[first].Code.Value:
			return true
		}
	}
	return false
}
