package command

import (
	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/payload"
)

// CarriesPointer tells whether the type that the command is defined with is a
// pointer.
func (c *Command) CarriesPointer() bool {
	for i, v := range c.Values {
		if v == nil || v.Record != nil { // a record, or an array of them
			continue
		}
		if _, ok := c.Resolved(i).(*decl.Pointer); ok {
			return true
		}
	}
	return false
}

// Everywhere asks about all targets.
func Everywhere(int) bool { return true }

// OtherABIs names the ABIs asked about on which the number is not that of the
// first of them.
func (c *Command) OtherABIs(of map[int]bool) []string {
	var names []string
	first := -1
	for i, v := range c.Values {
		switch {
		case !c.Numbered(i) || !of[i]:
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
		size, ok := measure(t, v)
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

// measure is what Measure gives, sooner for most commands: they carry a record
// whose size fits their number.
func measure(t *analysis.Target, v *ioctl.Command) (size int64, ok bool) {
	if _, plain := v.Payload.(*decl.RecordRef); plain && v.Record != nil {
		if l, err := t.Engine.Record(v.Record); err == nil && l.Size == int64(v.Code.Size) {
			return l.Size, true
		}
	}
	return v.Measure(t.Unit, t.Engine)
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
