package truth

import (
	"errors"
	"fmt"

	"abide/analysis/abi"
	"abide/analysis/cpp"
)

// shrunk bounds how many mismatches of one comparison are made small.
const shrunk = 6

// Comparison holds abide against a toolchain.
type Comparison struct {
	Tools *Toolchain
	ABI   *abi.ABI
	Cache *cpp.Cache
}

// NewComparison joins the row of abide's table and the compilers of an ABI.
func NewComparison(t *Toolchain) (*Comparison, error) {
	a := abi.Lookup(t.ABI)
	if a == nil {
		return nil, fmt.Errorf("abide has no ABI %q", t.ABI)
	}
	return &Comparison{Tools: t, ABI: a, Cache: &cpp.Cache{}}, nil
}

// Random compares the records of a batch, which loses what the compiler does
// not accept.
func (c *Comparison) Random(b *Batch) (Row, []Mismatch, error) {
	row := Row{ABI: c.Tools.ABI, Source: "random"}
	want, err := b.Compile(c.Tools.GCC)
	if err != nil {
		return row, nil, err
	}
	bad := c.differing(b, want, &row)
	row.Rejected = b.Rejected
	c.clang(b, want, &row)
	var out []Mismatch
	for _, cs := range b.Cases {
		if !bad[cs.Name] || len(out) == shrunk {
			continue
		}
		small := Shrink(cs, func(cs *Case) bool {
			m, _ := c.one(cs, b.Flags)
			return m != nil
		})
		if m, err := c.one(small, b.Flags); m != nil && err == nil {
			out = append(out, *m)
		}
	}
	return row, out, nil
}

// differing names the cases that abide lays out differently, and counts.
func (c *Comparison) differing(b *Batch, want []*Record, row *Row) map[string]bool {
	text, _ := b.Text()
	p := c.analyze("/truth/random.c", text, b.Flags, true)
	bad := map[string]bool{}
	for _, w := range want {
		row.Records++
		row.Fields += w.CountFields()
		if diffs, _ := p.compare(w); len(diffs) > 0 {
			row.Differences++
			bad[caseOf(w.Name)] = true
		}
	}
	return bad
}

// caseOf is the name of the case that a generated record belongs to: "t17" of
// "struct t17_S2".
func caseOf(record string) string {
	start := 0
	for i := range len(record) {
		switch record[i] {
		case ' ':
			start = i + 1
		case '_':
			return record[start:i]
		}
	}
	return record[start:]
}

// compare holds one record against the compiler's.
func (p *Program) compare(want *Record) ([]Difference, *Record) {
	got, err := p.Record(want.Name)
	if err != nil {
		return []Difference{{want.Name, err.Error()}}, nil
	}
	return Compare(want, got), got
}

// compareAll holds records against the compiler's, local ones left out, and
// counts them in a row of the table. where says where a record stands.
func (p *Program) compareAll(row *Row, want []*Record, where func(*Record) string) []Mismatch {
	var out []Mismatch
	for _, w := range want {
		if w.Local {
			continue
		}
		row.Records++
		row.Fields += w.CountFields()
		diffs, got := p.compare(w)
		if len(diffs) == 0 {
			continue
		}
		row.Differences++
		m := Mismatch{ABI: row.ABI, Where: where(w), Want: w, Got: got}
		for _, d := range diffs {
			m.Detail = append(m.Detail, d.String())
		}
		out = append(out, m)
	}
	return out
}

// one compares a single case, nil if it agrees.
func (c *Comparison) one(cs *Case, flags []string) (*Mismatch, error) {
	b := &Batch{Cases: []*Case{cs}, Flags: flags}
	want, err := b.Compile(c.Tools.GCC)
	if err != nil || b.Rejected > 0 {
		return nil, errors.Join(err, errors.New("not accepted"))
	}
	text, _ := b.Text()
	p := c.analyze("/truth/random.c", text, flags, true)
	for _, w := range want {
		diffs, got := p.compare(w)
		if len(diffs) == 0 {
			continue
		}
		m := &Mismatch{ABI: c.Tools.ABI, Where: fmt.Sprintf("%v", flags), Text: text, Want: w, Got: got}
		for _, d := range diffs {
			m.Detail = append(m.Detail, d.String())
		}
		return m, nil
	}
	return nil, nil
}

// clang counts the records that clang takes too, those that it lays out
// differently from gcc, and those of them that no Disagreement explains.
func (c *Comparison) clang(b *Batch, want []*Record, row *Row) {
	if c.Tools.Clang == nil || !c.Tools.Clang.Installed() {
		return
	}
	other := &Batch{Cases: b.Cases, Flags: b.Flags}
	recs, err := other.Compile(c.Tools.Clang)
	if err != nil {
		return
	}
	of := map[string]*Record{}
	for _, r := range recs {
		of[r.Name] = r
	}
	text := map[string]string{}
	for _, cs := range other.Cases {
		text[cs.Name] = cs.Text()
	}
	for _, w := range want {
		r := of[w.Name]
		if r == nil || unmarked(w, r) {
			continue
		}
		row.Clang++
		if len(Compare(w, r)) > 0 {
			row.ClangDiffers++
			if Known(c.Tools.ABI, text[caseOf(w.Name)]) == "" {
				row.Unexplained++
			}
		}
	}
}

// unmarked tells whether clang's debug information hides a bit-field: it
// gives those that fill their type as members at whole bytes.
func unmarked(gcc, clang *Record) bool {
	if len(gcc.Fields) != len(clang.Fields) {
		return false
	}
	for i, f := range gcc.Fields {
		g := clang.Fields[i]
		if f.Bitfield && !g.Bitfield {
			return true
		}
		if f.Record != nil && g.Record != nil && f.Record.Name == "" && unmarked(f.Record, g.Record) {
			return true
		}
	}
	return false
}
