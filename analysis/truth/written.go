package truth

import (
	"fmt"
	"regexp"
	"strings"
)

// definition finds the record types that a text of ours defines: `struct tag {`
// at the beginning of a line.
var definition = regexp.MustCompile(`(?m)^(struct|union) (\w+) \{`)

// WrittenBatch makes a case of each paragraph of a text. A compiler may refuse
// one without harm to the others, unless they use what it declares.
func WrittenBatch(text string, flags ...string) *Batch {
	b := &Batch{Flags: flags}
	for i, p := range strings.Split(text, "\n\n") {
		n := leaf(strings.TrimSpace(p) + "\n")
		for _, m := range definition.FindAllStringSubmatch(p, -1) {
			n.defines = append(n.defines, m[1]+" "+m[2])
		}
		b.Cases = append(b.Cases, &Case{Name: fmt.Sprint(i), root: n})
	}
	return b
}

// Written compares the records of a text that people wrote.
func (c *Comparison) Written(b *Batch) (Row, []Mismatch, error) {
	row := Row{ABI: c.Tools.ABI, Source: "written"}
	want, err := b.Compile(c.Tools.GCC)
	if err != nil {
		return row, nil, err
	}
	text, _ := b.Text()
	p := c.analyze("/truth/written.c", text, b.Flags, true)
	row.Rejected = b.Rejected
	out := p.compareAll(&row, want, func(w *Record) string { return fmt.Sprintf("line %d %v", w.Line, b.Flags) })
	return row, out, nil
}
