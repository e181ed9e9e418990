package baseline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// heading is the first line of the format that this package reads and writes.
const heading = "abide baseline 1"

// Format writes the baseline: one line for each figure, sorted by file and
// name, so that a change touches the lines of what it changes.
//
//	file include/uapi/linux/sensor.h
//
//	struct sensor
//	  size 24 align 8
//	  size 16 align 4 on i386
//	    0 4 id __u32
//
//	command SENSOR_GET
//	  0x80184d00 struct sensor
//
// A line without "on" is about all ABIs that no other line names. Members have
// their offset, size, name and type; figures are bytes, and for bit-fields
// byte:bit and bits with a "b".
func (b *Baseline) Format() string {
	var w strings.Builder
	w.WriteString(heading + "\n")
	w.WriteString("# The layouts and commands that programs rely on. 'abide baseline' writes this file: review what changes in it.\n")
	fmt.Fprintf(&w, "abis %s\n", strings.Join(b.ABIs, " "))
	for i := range b.Files {
		f := &b.Files[i]
		quoted := strconv.QuoteToGraphic(f.Path)
		fmt.Fprintf(&w, "\nfile %s\n", quoted[1:len(quoted)-1])
		for _, a := range f.Accepted {
			fmt.Fprintf(&w, "\naccept %s %d\n", a.Rule, a.Count)
		}
		for k := range f.Records {
			f.Records[k].format(&w, b.ABIs)
		}
		for k := range f.Commands {
			f.Commands[k].format(&w, b.ABIs)
		}
	}
	return w.String()
}

func (r *Record) format(w *strings.Builder, all []string) {
	fmt.Fprintf(w, "\n%s\n", r.Name)
	var groups [][]string
	for _, l := range r.Layouts {
		for _, s := range l.Sizes {
			groups = append(groups, s.ABIs)
		}
	}
	on := naming(all, groups)
	n := 0
	for _, l := range r.Layouts {
		for _, s := range l.Sizes {
			fmt.Fprintf(w, "  size %d align %d%s\n", s.Size, s.Align, on[n])
			n++
		}
		for _, m := range l.Members {
			fmt.Fprintf(w, "    %s\n", m.line())
		}
	}
	if missing := on[n]; missing != "" {
		fmt.Fprintf(w, "  none%s\n", missing)
	}
}

func (c *Command) format(w *strings.Builder, all []string) {
	fmt.Fprintf(w, "\ncommand %s\n", c.Name)
	var groups [][]string
	for _, v := range c.Values {
		groups = append(groups, v.ABIs)
	}
	on := naming(all, groups)
	for i, v := range c.Values {
		payload := ""
		if v.Payload != "" {
			payload = " " + v.Payload
		}
		fmt.Fprintf(w, "  %#08x%s%s\n", v.Number, payload, on[i])
	}
	if missing := on[len(c.Values)]; missing != "" {
		fmt.Fprintf(w, "  none%s\n", missing)
	}
}

// naming says for each group of ABIs how its line names them, the largest not
// at all, and last, how those are named that are in no group.
func naming(all []string, groups [][]string) []string {
	largest := 0
	in := map[string]bool{}
	for i, g := range groups {
		if len(g) > len(groups[largest]) {
			largest = i
		}
		for _, a := range g {
			in[a] = true
		}
	}
	on := make([]string, len(groups)+1)
	for i, g := range groups {
		if i != largest {
			on[i] = " on " + strings.Join(g, " ")
		}
	}
	missing := slices.DeleteFunc(slices.Clone(all), func(a string) bool { return in[a] })
	if len(missing) > 0 {
		on[len(groups)] = " on " + strings.Join(missing, " ")
	}
	return on
}

func (m *Member) line() string {
	figures := fmt.Sprintf("%d %d", m.Offset/8, m.Size/8)
	if m.Bitfield || m.Offset%8 != 0 || m.Size%8 != 0 {
		figures = fmt.Sprintf("%d:%d %db", m.Offset/8, m.Offset%8, m.Size)
	}
	return figures + " " + m.Name + " " + m.Type
}

// Row is a member for people, with figures in columns.
func (m *Member) Row() string {
	offset, rest, _ := strings.Cut(m.line(), " ")
	size, _, _ := strings.Cut(rest, " ")
	return fmt.Sprintf("%6s %5s  %s %s", offset, size, m.Type, m.Name)
}
