package truth

import "fmt"

// Difference is a place where two layouts of a record disagree.
type Difference struct {
	Record string
	What   string // "size 12, want 16"; "member b.c: offset 32, want 64"
}

func (d Difference) String() string { return d.Record + ": " + d.What }

// Compare lists where got differs from want, which a compiler said. Alignment
// is compared where both tell it.
func Compare(want, got *Record) []Difference {
	c := comparison{name: want.Name}
	c.record("", want, got)
	return c.out
}

// comparison collects the differences of one record.
type comparison struct {
	name string
	out  []Difference
}

func (c *comparison) say(path, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if path != "" {
		what = "member " + path + ": " + what
	}
	c.out = append(c.out, Difference{c.name, what})
}

func (c *comparison) record(path string, want, got *Record) {
	if want.Union != got.Union {
		c.say(path, "struct and union mistaken for each other")
	}
	if want.Size != got.Size {
		c.say(path, "size %d, want %d", got.Size, want.Size)
	}
	if want.Align != 0 && got.Align != 0 && want.Align != got.Align {
		c.say(path, "alignment %d, want %d", got.Align, want.Align)
	}
	if len(want.Fields) != len(got.Fields) {
		c.say(path, "members %v, want %v", names(got), names(want))
		return
	}
	for i, w := range want.Fields {
		g := got.Fields[i]
		at := w.Name
		if at == "" {
			at = fmt.Sprintf("#%d", i+1)
		}
		if path != "" {
			at = path + "." + at
		}
		switch {
		case w.Name != g.Name:
			c.say(at, "named %q", g.Name)
		case w.Bitfield != g.Bitfield && (w.BitSize%8 != 0 || w.BitOffset%8 != 0):
			// clang does not mark bit-fields that fill their type.
			c.say(at, "bit-field %t, want %t", g.Bitfield, w.Bitfield)
		}
		if w.BitOffset != g.BitOffset {
			c.say(at, "offset %d bits, want %d", g.BitOffset, w.BitOffset)
		}
		if w.BitSize != g.BitSize {
			c.say(at, "size %d bits, want %d", g.BitSize, w.BitSize)
		}
		if w.Record == nil || w.Record.Name != "" {
			continue // a named record is compared by itself
		}
		if g.Record == nil {
			c.say(at, "not a record")
			continue
		}
		c.record(at, w.Record, g.Record)
	}
}

func names(r *Record) []string {
	var out []string
	for _, f := range r.Fields {
		out = append(out, f.Name)
	}
	return out
}

// CountFields counts the members of r, those of unnamed records in it included.
func (r *Record) CountFields() int {
	n := 0
	for _, f := range r.Fields {
		n++
		if f.Record != nil && f.Record.Name == "" {
			n += f.Record.CountFields()
		}
	}
	return n
}
