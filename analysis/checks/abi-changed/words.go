package abichanged

import (
	"fmt"
	"strings"

	"abide/analysis/baseline"
	"abide/analysis/payload"
)

// message says how a record differs, by the first member that does.
func message(name string, c *baseline.Change) string {
	d := c.First
	switch c.Kind {
	case baseline.Removed:
		return name + " was shipped, and is not defined any more"
	case baseline.Realigned:
		return fmt.Sprintf("%s is aligned to %s now, to %s when it was shipped", name, payload.Bytes(c.New.Align), payload.Bytes(c.Old.Align))
	case baseline.Renamed:
		if d.Old != nil && d.New != nil && d.Old.Name != d.New.Name {
			return fmt.Sprintf("%s of %s was '%s' when it was shipped: programs no longer compile", quote(d.New), name, d.Old.Name)
		}
	case baseline.Extended:
		if d.New != nil {
			return fmt.Sprintf("%s gives a meaning to bytes of %s that had none when it was shipped", quote(d.New), name)
		}
		return fmt.Sprintf("%s of %s was shipped, and has gone", quote(d.Old), name)
	}
	switch {
	case d == nil:
		return fmt.Sprintf("%s is %s now, %s when it was shipped", name, payload.Bytes(c.New.Size.Size), payload.Bytes(c.Old.Size.Size))
	case d.Old == nil:
		return fmt.Sprintf("%s was shipped without %s", name, quote(d.New)) + sizes(c)
	case d.New == nil:
		return fmt.Sprintf("%s was shipped with %s at offset %s, which has gone", name, quote(d.Old), place(d.Old)) + sizes(c)
	case d.Old.Offset != d.New.Offset:
		return fmt.Sprintf("%s of %s is at offset %s now, %s when it was shipped", quote(d.New), name, place(d.New), place(d.Old)) + sizes(c)
	}
	return fmt.Sprintf("%s of %s is %s now, %s when it was shipped", quote(d.New), name, payload.Bits(d.New.Size), payload.Bits(d.Old.Size)) + sizes(c)
}

func quote(m *baseline.Member) string { return "'" + m.Name + "'" }

// sizes says that the record has another size.
func sizes(c *baseline.Change) string {
	if c.Old.Size.Size == c.New.Size.Size {
		return ""
	}
	return fmt.Sprintf("; it is %s, was %d", payload.Bytes(c.New.Size.Size), c.Old.Size.Size)
}

func place(m *baseline.Member) string {
	if m.Bitfield || m.Offset%8 != 0 {
		return fmt.Sprintf("%d:%d", m.Offset/8, m.Offset%8)
	}
	return fmt.Sprint(m.Offset / 8)
}

// maxListed is how many members a note lists.
const maxListed = 8

// listed shows a layout around the first member that differs:
// "24 bytes: 0 __u32 id, 8 __u64 stamp, 16 float value".
func listed(s *baseline.Side, d *baseline.Difference) string {
	from := 0
	if d != nil && len(s.Members) > maxListed {
		for i := range s.Members {
			if m := &s.Members[i]; m == d.Old || m == d.New {
				from = max(0, min(i-2, len(s.Members)-maxListed))
			}
		}
	}
	to := min(len(s.Members), from+maxListed)
	var parts []string
	if from > 0 {
		parts = append(parts, "…")
	}
	for i := from; i < to; i++ {
		m := &s.Members[i]
		parts = append(parts, place(m)+" "+declared(m))
	}
	if to < len(s.Members) {
		parts = append(parts, fmt.Sprintf("… %d more", len(s.Members)-to))
	}
	text := payload.Bytes(s.Size.Size)
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	return text
}

// declared writes a member as C declares it, nearly: array bounds behind the name.
func declared(m *baseline.Member) string {
	base, bounds, array := strings.Cut(m.Type, "[")
	if !array || strings.Contains(base, "(") {
		return m.Type + " " + m.Name
	}
	return strings.TrimSpace(base) + " " + m.Name + "[" + bounds
}
