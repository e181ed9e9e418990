package truth

import (
	"errors"
	"fmt"
	"strings"
)

// Batch is random cases in one translation unit.
type Batch struct {
	Cases    []*Case
	Flags    []string // compiler flags that change layouts
	Rejected int      // cases that the compiler did not accept
}

// NewBatch generates cases from..to-1 of a seed.
func NewBatch(seed uint64, from, to int, feat Features, flags ...string) *Batch {
	b := &Batch{Flags: flags}
	for i := from; i < to; i++ {
		b.Cases = append(b.Cases, Generate(seed, i, feat))
	}
	return b
}

// alignments names the variable that holds the alignment of every record type.
const alignments = "truth_alignments"

// Text is the batch in C: first says on which line each case begins.
func (b *Batch) Text() (text string, first []int) {
	var s strings.Builder
	line := 1
	for _, c := range b.Cases {
		first = append(first, line)
		t := c.Text()
		s.WriteString(t)
		line += strings.Count(t, "\n")
	}
	return s.String(), first
}

// Types lists the record types that the batch defines.
func (b *Batch) Types() []string {
	var out []string
	for _, c := range b.Cases {
		out = append(out, c.Types()...)
	}
	return out
}

// alignTable is a definition of the variable that alignments names. It asks for
// __alignof__, by which gcc places a record; its _Alignof stops at what the
// machine can need.
func alignTable(types []string) string {
	var s strings.Builder
	s.WriteString("const unsigned long long " + alignments + "[] = {\n")
	for _, t := range types {
		fmt.Fprintf(&s, "__alignof__(%s),\n", t)
	}
	s.WriteString("0 };\n")
	return s.String()
}

// Compile gives the records of the batch as a compiler lays them out. Cases
// that it does not accept are taken out of the batch first.
func (b *Batch) Compile(c *Compiler) ([]*Record, error) {
	for {
		text, first := b.Text()
		types := b.Types()
		obj, err := c.Compile(text+alignTable(types), b.Flags...)
		var bad *CompileError
		if errors.As(err, &bad) {
			if !b.reject(bad.Lines, first, strings.Count(text, "\n")) {
				return nil, fmt.Errorf("%s does not compile the random records: %s", c.Command, bad.Output)
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		recs, err := obj.Records()
		if err != nil {
			return nil, err
		}
		return recs, align(obj, recs, types)
	}
}

// align fills in the alignments that obj's table tells of types.
func align(obj *Object, recs []*Record, types []string) error {
	values, err := obj.Numbers(alignments)
	if err != nil {
		return err
	}
	if len(values) != len(types)+1 {
		return fmt.Errorf("%d alignments for %d types", len(values), len(types))
	}
	of := map[string]int64{}
	for i, t := range types {
		of[t] = int64(values[i])
	}
	for _, r := range recs {
		r.Align = of[r.Name]
	}
	return nil
}

// reject removes the cases that the lines up to last fall in, and tells
// whether there were any.
func (b *Batch) reject(lines, first []int, last int) bool {
	bad := map[int]bool{}
	for _, l := range lines {
		if l > last {
			continue
		}
		for i := len(first) - 1; i >= 0; i-- {
			if first[i] <= l {
				bad[i] = true
				break
			}
		}
	}
	var keep []*Case
	for i, c := range b.Cases {
		if !bad[i] {
			keep = append(keep, c)
		}
	}
	b.Cases = keep
	b.Rejected += len(bad)
	return len(bad) > 0
}
