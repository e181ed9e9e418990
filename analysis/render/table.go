package render

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is rows of text with a group of cells for every set of ABIs.
type table struct {
	title  string   // over the text column
	heads  []string // names of the cells of every group; empty for none
	groups []group
	rows   []row
}

// group is the ABIs that share cells.
type group struct{ abis []string }

// row is one line: a text and, for every group, its cells. Cells of a row
// that says nothing about a group are nil.
type row struct {
	kind  Kind
	text  string
	cells [][]string
}

// Layout of a table, in characters.
const (
	gutter     = 2  // the mark of rows that differ
	groupGap   = 3  // before each group
	cellGap    = 2  // between the cells of a group
	minText    = 28 // of a long text column before groups go to another table
	headLines  = 3  // of ABI names over a group before letters stand for them
	minGroup   = 12 // of a group that stands beside others
	absentCell = "-"
)

// differs tells whether the groups do not all say the same.
func (r *row) differs() bool {
	for _, cells := range r.cells[1:] {
		if strings.Join(cells, "\x00") != strings.Join(r.cells[0], "\x00") {
			return true
		}
	}
	return false
}

// speaksOf tells whether the row says something about one of the groups from
// first to last-1, or of none in particular.
func (r *row) speaksOf(first, last int) bool {
	if len(r.cells) == 0 {
		return true
	}
	for _, cells := range r.cells[first:last] {
		if slices.ContainsFunc(cells, func(c string) bool { return c != absentCell }) {
			return true
		}
	}
	return false
}

// draw writes the table, in several parts if its groups do not fit beside
// each other.
func (t *table) draw(width int) []Line {
	widths := t.cellWidths()
	text := utf8.RuneCountInString(t.title) - gutter
	for i := range t.rows {
		text = max(text, utf8.RuneCountInString(t.rows[i].text))
	}
	var lines []Line
	for first := 0; first < len(t.groups); {
		used, n := gutter+min(text, minText), 0
		for first+n < len(t.groups) {
			w := groupGap + groupWidth(widths[first+n])
			if n > 0 && used+w > width {
				break
			}
			used += w
			n++
		}
		if first > 0 {
			lines = append(lines, Line{Head, ""})
		}
		lines = append(lines, t.part(width, first, first+n, widths)...)
		first += n
	}
	return lines
}

// cellWidths gives, for each group, how wide each of its cells must be.
func (t *table) cellWidths() [][]int {
	widths := make([][]int, len(t.groups))
	for g := range t.groups {
		for _, head := range t.heads {
			widths[g] = append(widths[g], utf8.RuneCountInString(head))
		}
		for i := range t.rows {
			if len(t.rows[i].cells) == 0 {
				continue
			}
			for c, cell := range t.rows[i].cells[g] {
				for len(widths[g]) <= c {
					widths[g] = append(widths[g], 0)
				}
				widths[g][c] = max(widths[g][c], utf8.RuneCountInString(cell))
			}
		}
		if missing := minGroup - groupWidth(widths[g]); missing > 0 && len(t.groups) > 1 {
			widths[g][0] += missing
		}
	}
	return widths
}

// widen gives groups room for the ABIs over them, as far as their texts leave
// any, unless letters are to stand for them all the same.
func (t *table) widen(room, first, last int, widths [][]int) {
	if len(t.groups) == 1 {
		return
	}
	for g := first; g < last; g++ {
		room -= groupGap + groupWidth(widths[g])
	}
	more := make([]int, last-first)
	for g := first; g < last; g++ {
		names := utf8.RuneCountInString(strings.Join(t.groups[g].abis, ", "))
		width := groupWidth(widths[g])
		more[g-first] = max(0, min(names-width, room/(last-g)))
		if len(wrap(t.groups[g].abis, width+more[g-first])) > headLines {
			return
		}
		room -= more[g-first]
	}
	for g := first; g < last; g++ {
		widths[g][0] += more[g-first]
	}
}

func groupWidth(cells []int) int {
	w := max(0, len(cells)-1) * cellGap
	for _, c := range cells {
		w += c
	}
	return w
}

// part draws some of the groups.
func (t *table) part(width, first, last int, widths [][]int) []Line {
	text := 0
	for i := range t.rows {
		if t.rows[i].speaksOf(first, last) {
			text = max(text, utf8.RuneCountInString(t.rows[i].text))
		}
	}
	t.widen(width-gutter-text, first, last, widths)
	cells := 0
	for g := first; g < last; g++ {
		cells += groupGap + groupWidth(widths[g])
	}
	text = max(text, utf8.RuneCountInString(t.title)-gutter)
	text = max(0, min(text, width-gutter-cells))

	lines := t.head(width, text, first, last, widths)
	for i := range t.rows {
		r := &t.rows[i]
		if !r.speaksOf(first, last) {
			continue
		}
		line := Line{Kind: r.kind}
		mark := strings.Repeat(" ", gutter)
		if r.kind == Differ {
			mark = ">" + mark[1:]
		}
		b := &strings.Builder{}
		b.WriteString(mark + pad(shorten(r.text, text), text))
		if len(r.cells) > 0 {
			for g := first; g < last; g++ {
				b.WriteString(strings.Repeat(" ", groupGap))
				writeCells(b, r.cells[g], widths[g])
			}
		}
		line.Text = strings.TrimRight(b.String(), " ")
		lines = append(lines, line)
	}
	return lines
}

func writeCells(b *strings.Builder, cells []string, widths []int) {
	for c, w := range widths {
		if c > 0 {
			b.WriteString(strings.Repeat(" ", cellGap))
		}
		cell := ""
		if c < len(cells) {
			cell = cells[c]
		}
		b.WriteString(strings.Repeat(" ", w-utf8.RuneCountInString(cell)) + cell)
	}
}

// head draws the title, the ABIs over their groups, and the cells' names.
func (t *table) head(width, text, first, last int, widths [][]int) []Line {
	var lines []Line
	title := t.title
	if len(t.groups) == 1 {
		lines = append(lines, Line{Head, t.only(title, width)})
		title = ""
	} else {
		over := make([][]string, last-first)
		tall := 0
		for g := first; g < last; g++ {
			over[g-first] = wrap(t.groups[g].abis, groupWidth(widths[g]))
			tall = max(tall, len(over[g-first]))
		}
		if tall > headLines {
			for g := first; g < last; g++ {
				over[g-first] = []string{letter(g)}
				for i, l := range wrap(t.groups[g].abis, width-len(letter(g))-1) {
					mark := letter(g)
					if i > 0 {
						mark = strings.Repeat(" ", len(mark))
					}
					lines = append(lines, Line{Head, mark + " " + l})
				}
			}
			tall = 1
		}
		if utf8.RuneCountInString(title) > gutter+text {
			lines = append(lines, Line{Head, title})
			title = ""
		}
		for i := range tall {
			b := &strings.Builder{}
			b.WriteString(pad(title, gutter+text))
			title = ""
			for g := first; g < last; g++ {
				name := ""
				if i < len(over[g-first]) {
					name = over[g-first][i]
				}
				b.WriteString(strings.Repeat(" ", groupGap))
				w := groupWidth(widths[g])
				b.WriteString(strings.Repeat(" ", max(0, w-utf8.RuneCountInString(name))) + name)
			}
			lines = append(lines, Line{Head, strings.TrimRight(b.String(), " ")})
		}
	}
	if len(t.heads) > 0 {
		b := &strings.Builder{}
		b.WriteString(strings.Repeat(" ", gutter+text))
		for g := first; g < last; g++ {
			b.WriteString(strings.Repeat(" ", groupGap))
			writeCells(b, t.heads, widths[g])
		}
		lines = append(lines, Line{Head, b.String()})
	}
	return lines
}

// only is the title line of a table in which all ABIs agree.
func (t *table) only(title string, width int) string {
	for _, abis := range []string{strings.Join(t.groups[0].abis, ", "), fmt.Sprintf("the same on %d ABIs", len(t.groups[0].abis))} {
		if line := title + " /* " + abis + " */"; utf8.RuneCountInString(line) <= width {
			return line
		}
	}
	return title
}

// letter names a column that has too many ABIs to list over it.
func letter(group int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if group < len(letters) {
		return letters[group : group+1]
	}
	return letter(group/len(letters)-1) + letter(group%len(letters))
}

// wrap puts names into lines that are as wide as width where that is possible.
func wrap(names []string, width int) []string {
	var lines []string
	line := ""
	for i, name := range names {
		if i < len(names)-1 {
			name += ","
		}
		switch {
		case line == "":
			line = name
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(name) <= width:
			line += " " + name
		default:
			lines = append(lines, line)
			line = name
		}
	}
	return append(lines, line)
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// shorten cuts a text in its middle: both what a member is and how it is
// called stay readable.
func shorten(s string, width int) string {
	n := utf8.RuneCountInString(s)
	if n <= width || width < 3 {
		return s
	}
	runes := []rune(s)
	tail := (width - 1) * 3 / 5
	head := width - 1 - tail
	return string(runes[:head]) + "…" + string(runes[n-tail:])
}
