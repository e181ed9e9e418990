package render

import (
	"fmt"
	"strconv"
	"strings"
)

// merge lists the rows of all columns, each once, in an order that every
// column agrees with as far as they agree with each other.
func merge(columns []*column) []cellRow {
	rows := columns[0].rows
	for _, c := range columns[1:] {
		known := map[string]bool{}
		for i := range rows {
			known[rows[i].key] = true
		}
		var merged []cellRow
		at := 0 // rows already in merged
		for i := range c.rows {
			r := c.rows[i]
			if !known[r.key] {
				merged = append(merged, r)
				continue
			}
			for at < len(rows) && rows[at].key != r.key {
				if _, both := c.index[rows[at].key]; both {
					break
				}
				merged = append(merged, rows[at])
				at++
			}
			if at < len(rows) && rows[at].key == r.key {
				merged = append(merged, rows[at])
				at++
			}
		}
		rows = appendMissing(append(merged, rows[at:]...), rows)
	}
	return rows
}

// appendMissing sees to it that columns in different orders lose no row.
func appendMissing(merged, rows []cellRow) []cellRow {
	have := map[string]bool{}
	out := merged[:0]
	for _, r := range merged {
		if !have[r.key] {
			have[r.key] = true
			out = append(out, r)
		}
	}
	for _, r := range rows {
		if !have[r.key] {
			out = append(out, r)
		}
	}
	return out
}

const indent = "    "

func (m *cellRow) row(columns []*column) row {
	r := row{kind: Plain, text: m.text}
	sizes := map[string]bool{}
	for _, c := range columns {
		own := c.index[m.key]
		switch {
		case m.kind == closeRow && own == nil:
			r.cells = append(r.cells, nil)
		case m.kind == closeRow:
			r.cells = append(r.cells, []string{""})
		case own == nil:
			r.cells = append(r.cells, []string{absentCell, absentCell})
		default:
			r.cells = append(r.cells, []string{own.offset, own.size})
			sizes[own.size] = true
		}
	}
	switch m.kind {
	case holeRow:
		r.kind, r.text = Hole, gapText("/* XXX%s hole */", sizes)
	case padRow:
		r.kind, r.text = Hole, gapText("/* XXX%s padding */", sizes)
	case closeRow:
		r.kind = Head
	}
	r.text = strings.Repeat(indent, m.depth-1) + r.text
	if m.kind != closeRow && r.differs() {
		r.kind = Differ
	}
	return r
}

// gapText is pahole's word for a gap, with its size if that is the same
// wherever there is one.
func gapText(format string, sizes map[string]bool) string {
	if len(sizes) != 1 {
		return fmt.Sprintf(format, "")
	}
	for s := range sizes {
		switch {
		case strings.HasSuffix(s, "bit"), strings.HasSuffix(s, "bits"):
		case s == "1":
			s += " byte"
		default:
			s += " bytes"
		}
		return fmt.Sprintf(format, " "+s)
	}
	return ""
}

// totals are the rows below the members.
func totals(columns []*column) []row {
	size := row{kind: Total, text: "} /* size */"}
	align := row{kind: Total, text: "  /* align */"}
	for _, c := range columns {
		size.cells = append(size.cells, []string{"", strconv.FormatInt(c.layout.Size, 10)})
		align.cells = append(align.cells, []string{"", strconv.FormatInt(c.aligns[0], 10)})
	}
	if size.differs() {
		size.kind = Differ
	}
	return append([]row{size, align}, otherAligns(columns)...)
}

// fewNames is how many ABIs the label of a row lists, which takes room from the
// columns.
const fewNames = 3

// otherAligns is a row for every alignment that some of a column's ABIs have
// and its first one has not.
func otherAligns(columns []*column) []row {
	var rows []row
	for i, c := range columns {
		var order []int64
		abis := map[int64][]string{}
		for k, align := range c.aligns {
			if align == c.aligns[0] {
				continue
			}
			if abis[align] == nil {
				order = append(order, align)
			}
			abis[align] = append(abis[align], c.abis[k])
		}
		for _, align := range order {
			r := row{kind: Total, text: "  /* align on " + firstFew(abis[align], fewNames) + " */", cells: make([][]string, len(columns))}
			r.cells[i] = []string{"", strconv.FormatInt(align, 10)}
			rows = append(rows, r)
		}
	}
	return rows
}
