package payload

import (
	"fmt"
	"strings"

	"abide/analysis/cause"
)

// maxNames bounds how many ABIs a message lists.
const maxNames = 4

// Names is the ABIs of the views that hold.
func (r *Record) Names(holds func(view int) bool) []string {
	var names []string
	for i, v := range r.Views {
		if holds(i) {
			names = append(names, v.Target.ABI.Name)
		}
	}
	return names
}

// List joins names: "x86_64, arm64 and arm"; a long list is cut.
func List(names []string) string {
	if len(names) > maxNames+1 {
		return fmt.Sprintf("%s and %d more ABIs", strings.Join(names[:maxNames], ", "), len(names)-maxNames)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// Group is the ABIs that share a figure.
type Group struct {
	Value int64
	Names []string
}

// Groups brings the views with equal figures together, in the order in which
// the figures first come.
func (r *Record) Groups(value func(view int) int64) []Group {
	var groups []Group
next:
	for i, v := range r.Views {
		n := value(i)
		for k := range groups {
			if groups[k].Value == n {
				groups[k].Names = append(groups[k].Names, v.Target.ABI.Name)
				continue next
			}
		}
		groups = append(groups, Group{n, []string{v.Target.ABI.Name}})
	}
	return groups
}

// Each says a figure per group: "24 bytes on x86_64 and arm64, 16 bytes on i386".
func Each(groups []Group, figure func(int64) string) string {
	parts := make([]string, len(groups))
	for i, g := range groups {
		parts[i] = figure(g.Value) + " on " + List(g.Names)
	}
	return strings.Join(parts, ", ")
}

// Bytes says a size: "1 byte", "16 bytes".
func Bytes(n int64) string { return plural(n, "byte") }

// Bits says a width in bits as bytes where it is whole bytes.
func Bits(n int64) string {
	if n%8 == 0 {
		return plural(n/8, "byte")
	}
	return plural(n, "bit")
}

func plural(n int64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// Gap says how wide a gap is and where: "4-byte hole before 'stamp' on x86_64
// and arm64, none on i386". width says the first figure, what the noun.
func (r *Record) Gap(g *cause.Gap, width func(bits int64) string, what string) string {
	if g.Agreed() {
		return width(g.Bits[0]) + " " + what
	}
	message := ""
	var none []string
	for _, group := range r.Groups(func(i int) int64 { return g.Bits[i] }) {
		switch {
		case group.Value == 0:
			none = group.Names
		case message == "":
			message = width(group.Value) + " " + what + " on " + List(group.Names)
		default:
			message += ", " + Bits(group.Value) + " on " + List(group.Names)
		}
	}
	if none != nil {
		message += ", none on " + List(none)
	}
	return message
}

// Wide says a width in front of a noun: "4-byte", "5-bit".
func Wide(bits int64) string {
	if bits%8 == 0 {
		return fmt.Sprintf("%d-byte", bits/8)
	}
	return fmt.Sprintf("%d-bit", bits)
}

// Width says how wide a member is where, or that its width hangs on the size of
// a word: "'size' (size_t) is 8 bytes on x86_64, 4 bytes on i386".
func (r *Record) Width(m *cause.Member) string {
	message := Quoted(m) + " (" + r.TypeName(m) + ")"
	groups := r.Groups(func(i int) int64 { return r.Size(m, i) })
	if len(groups) < 2 {
		return message + " is as wide as a word: programs of another word size have another layout"
	}
	return message + " is " + Each(groups, Bits)
}
