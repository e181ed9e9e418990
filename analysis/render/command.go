package render

import (
	"fmt"
	"strconv"

	"abide/analysis"
	"abide/analysis/ioctl"
)

// directions says what the direction bits mean, seen from user space.
var directions = [...]string{
	ioctl.None:      "none, _IO",
	ioctl.Write:     "write, _IOW",
	ioctl.Read:      "read, _IOR",
	ioctl.ReadWrite: "read/write, _IOWR",
}

// Command draws an ioctl command's number, taken apart, on all its ABIs.
func Command(c *analysis.Command, o Options) []Line {
	t := &table{title: c.Name}
	var groups []*codeGroup
	var failed reasons
	var missing []string
	for i, v := range c.Values {
		name := c.Targets[i].ABI.Name
		switch {
		case v == nil:
			missing = append(missing, name)
		case v.Err != nil:
			failed.add(name, v.Err.Error())
		default:
			groups = addCode(groups, name, v.Code)
		}
	}
	notes := append(failed.lines(), undefined(missing)...)
	if c.Payload != "" {
		notes = append(notes, Line{Note, "payload `" + c.Payload + "`"})
	}
	if len(groups) == 0 {
		return append([]Line{{Head, c.Name}}, notes...)
	}
	for _, g := range groups {
		t.groups = append(t.groups, group{g.abis})
	}
	for _, f := range codeRows {
		r := row{kind: Plain, text: f.name}
		for _, g := range groups {
			r.cells = append(r.cells, []string{f.cell(g.code)})
		}
		if r.differs() {
			r.kind = Differ
		}
		t.rows = append(t.rows, r)
	}
	return append(t.draw(o.width()), notes...)
}

// codeGroup is one number and the ABIs that have it.
type codeGroup struct {
	code ioctl.Code
	abis []string
}

func addCode(groups []*codeGroup, abi string, code ioctl.Code) []*codeGroup {
	for _, g := range groups {
		if g.code == code {
			g.abis = append(g.abis, abi)
			return groups
		}
	}
	return append(groups, &codeGroup{code, []string{abi}})
}

// codeRows is what a command's number is made of.
var codeRows = []struct {
	name string
	cell func(ioctl.Code) string
}{
	{"value", func(c ioctl.Code) string { return fmt.Sprintf("0x%08x", c.Value) }},
	{"direction", func(c ioctl.Code) string { return directions[c.Dir&3] }},
	{"type", func(c ioctl.Code) string { return Magic(c.Type) }},
	{"nr", func(c ioctl.Code) string { return strconv.FormatUint(uint64(c.Nr), 10) }},
	{"size", func(c ioctl.Code) string { return strconv.FormatUint(uint64(c.Size), 10) }},
}

// Magic writes the type of a command as sources do: a letter if it is one.
func Magic(t uint32) string {
	if t > ' ' && t < 0x7f {
		return fmt.Sprintf("'%c' (%#x)", t, t)
	}
	return fmt.Sprintf("%#x", t)
}
