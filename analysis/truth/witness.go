package truth

import (
	"fmt"
	"strings"
)

// A witness is a second way to the same truth, one that knows nothing of
// DWARF: sizeof and offsetof as constants in an object, and bit-fields by the
// bits that an initializer sets.

// member is a field that a designator can name, offsets from the outermost record.
type member struct {
	path string
	Field
}

// flatten lists the named members of r, those of anonymous records included.
func flatten(r *Record, base int64) []member {
	var out []member
	for _, f := range r.Fields {
		f.BitOffset += base
		switch {
		case f.Name != "":
			out = append(out, member{f.Name, f})
		case f.Record != nil:
			out = append(out, flatten(f.Record, f.BitOffset)...)
		}
	}
	return out
}

// Witness compiles a text with constants for every member of the named records
// and lists where they contradict recs.
func (c *Compiler) Witness(text string, recs []*Record, flags ...string) ([]string, error) {
	var s strings.Builder
	s.WriteString(text)
	type asked struct {
		what string
		want int64
	}
	var numbers []asked
	var bits []member
	s.WriteString("const unsigned long long truth_numbers[] = {\n")
	number := func(want int64, format string, args ...any) {
		e := fmt.Sprintf(format, args...)
		fmt.Fprintf(&s, "%s,\n", e)
		numbers = append(numbers, asked{e, want})
	}
	var vars strings.Builder
	for _, r := range recs {
		number(r.Size, "sizeof(%s)", r.Name)
		for _, m := range flatten(r, 0) {
			switch {
			case m.Bitfield:
				fmt.Fprintf(&vars, "%s truth_bits%d = { .%s = -1 };\n", r.Name, len(bits), m.path)
				m.path = r.Name + "." + m.path
				bits = append(bits, m)
			default:
				number(m.BitOffset/8, "__builtin_offsetof(%s, %s)", r.Name, m.path)
				if m.BitSize > 0 {
					number(m.BitSize/8, "sizeof(((%s *)0)->%s)", r.Name, m.path)
				}
			}
		}
	}
	s.WriteString("0 };\n" + vars.String())
	obj, err := c.Compile(s.String(), flags...)
	if err != nil {
		return nil, err
	}
	got, err := obj.Numbers("truth_numbers")
	if err != nil {
		return nil, err
	}
	var diffs []string
	for i, a := range numbers {
		if int64(got[i]) != a.want {
			diffs = append(diffs, fmt.Sprintf("%s: constant %d, DWARF %d", a.what, got[i], a.want))
		}
	}
	for i, m := range bits {
		b, err := obj.Bytes(fmt.Sprintf("truth_bits%d", i))
		if err != nil {
			return nil, err
		}
		if off, n := setBits(b, obj.BigEndian()); off != m.BitOffset || n != m.BitSize {
			diffs = append(diffs, fmt.Sprintf("%s: initializer sets %d bits at %d, DWARF says %d at %d", m.path, n, off, m.BitSize, m.BitOffset))
		}
	}
	return diffs, nil
}

// setBits gives the first set bit of b in memory order, and how many are set.
func setBits(b []byte, big bool) (first, n int64) {
	first = -1
	for i := range int64(len(b)) * 8 {
		shift := i % 8
		if big {
			shift = 7 - shift
		}
		if b[i/8]>>shift&1 != 0 {
			if first < 0 {
				first = i
			}
			n++
		}
	}
	return first, n
}
