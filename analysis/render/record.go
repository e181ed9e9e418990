package render

import (
	"fmt"
	"strconv"
	"strings"

	"abide/analysis"
	"abide/analysis/layout"
)

// Record draws a record's layout on all its ABIs.
func Record(f *analysis.RecordFacts, o Options) []Line {
	columns, notes := columnsOf(f)
	if len(columns) == 0 {
		return append([]Line{{Head, f.Name}}, notes...)
	}
	t := &table{title: f.Name + " {", heads: []string{"offset", "size"}}
	for _, c := range columns {
		t.groups = append(t.groups, group{c.abis})
	}
	var members []int // indexes of rows that are members
	focus := -1
	for _, m := range merge(columns) {
		r := m.row(columns)
		if m.kind == memberRow {
			members = append(members, len(t.rows))
		}
		if o.Focus != "" && m.path == o.Focus {
			focus = len(t.rows)
		}
		t.rows = append(t.rows, r)
	}
	t.cut(o.Rows, focus, members)
	t.rows = append(t.rows, totals(columns)...)
	return append(t.draw(o.width()), notes...)
}

// column is one layout and the ABIs that have it. They may still align it
// differently as a member: that is said below the members.
type column struct {
	abis   []string
	aligns []int64 // parallel to abis
	layout *layout.Layout
	rows   []cellRow
	index  map[string]*cellRow
}

type rowKind uint8

const (
	memberRow rowKind = iota
	openRow
	closeRow
	holeRow
	padRow
)

// cellRow is a row as one layout has it. key finds the same row of another
// layout; path names the member as C does.
type cellRow struct {
	key, path string
	kind      rowKind
	depth     int
	text      string
	offset    string
	size      string
}

// columnsOf puts ABIs with the same layout together. What cannot be laid out
// is said in notes.
func columnsOf(f *analysis.RecordFacts) (columns []*column, notes []Line) {
	bySignature := map[string]*column{}
	byLayout := make([]*column, len(f.Views)) // of the first view of each group
	alike := firstAlike(f.Views)
	var missing []string
	var failed, said reasons
	laid := 0
	for i := range f.Views {
		v := &f.Views[i]
		name := v.Target.ABI.Name
		switch {
		case v.Decl == nil:
			missing = append(missing, name)
			continue
		case v.Layout == nil:
			reason := "its layout is not known"
			if v.Err != nil {
				reason = v.Err.Error()
			}
			failed.add(name, reason)
			continue
		}
		laid++
		for _, n := range v.Layout.Notes {
			said.add(name, n)
		}
		c := byLayout[alike[i]]
		if c == nil {
			w := walker{target: v.Target}
			w.record(v.Layout, "", "", 0, 1)
			s := signature(v.Layout, w.rows)
			if c = bySignature[s]; c == nil {
				c = &column{layout: v.Layout, rows: w.rows, index: map[string]*cellRow{}}
				for k := range c.rows {
					c.index[c.rows[k].key] = &c.rows[k]
				}
				bySignature[s] = c
				columns = append(columns, c)
			}
			byLayout[alike[i]] = c
		}
		c.abis = append(c.abis, name)
		c.aligns = append(c.aligns, v.Layout.Align)
	}
	notes = append(failed.lines(), said.remarks(laid)...)
	if f.Stale {
		notes = append(notes, Line{Note, "as it was before the edit that does not parse yet"})
	}
	return columns, append(notes, undefined(missing)...)
}

// firstAlike gives, for each view with a layout, the first one with the same.
func firstAlike(views []analysis.View) []int {
	layouts := make([]*layout.Layout, len(views))
	for i := range views {
		layouts[i] = views[i].Layout
	}
	first := make([]int, len(views))
	for _, group := range layout.Groups(layouts) {
		for _, i := range group {
			first[i] = group[0]
		}
	}
	return first
}

func signature(l *layout.Layout, rows []cellRow) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d", l.Size)
	for i := range rows {
		r := &rows[i]
		b.WriteString("\n" + r.key + "\x00" + r.offset + "\x00" + r.size)
	}
	return b.String()
}

// walker lists the rows of one layout.
type walker struct {
	target *analysis.Target
	rows   []cellRow
}

// maxDepth bounds how deep nested records are drawn.
const maxDepth = 16

func (w *walker) record(l *layout.Layout, key, path string, base int64, depth int) {
	if depth > maxDepth {
		return
	}
	hole := 0
	for i := range l.Fields {
		f := &l.Fields[i]
		name := ""
		if f.Decl.Name != 0 {
			name = f.Decl.Name.String()
		}
		own := key + "/" + name
		if name == "" {
			own += "#" + strconv.Itoa(i)
		}
		w.field(f, own, path, name, base, depth)
		for ; hole < len(l.Holes) && l.Holes[hole].After <= i; hole++ {
			h := l.Holes[hole]
			w.gap(holeRow, own+"+", base+h.BitOffset, h.BitSize, depth)
		}
	}
	if l.TailBits > 0 {
		w.gap(padRow, key+"/+", base+l.Size*8-l.TailBits, l.TailBits, depth)
	}
}

func (w *walker) field(f *layout.Field, key, path, name string, base int64, depth int) {
	inner := f.Sub
	if inner == nil {
		inner = f.Elem
	}
	if inner != nil && inner.Record.Tag == 0 && len(inner.Record.Typedefs) == 0 {
		keyword := "struct {"
		if inner.Record.Union {
			keyword = "union {"
		}
		w.rows = append(w.rows, cellRow{
			key: key, path: path + name, kind: openRow, depth: depth, text: keyword,
			offset: offset(base+f.BitOffset, false), size: size(f.BitSize, false),
		})
		innerPath := path
		if name != "" {
			innerPath += name + "."
		}
		w.record(inner, key, innerPath, base+f.BitOffset, depth+1)
		w.rows = append(w.rows, cellRow{key: key + "}", kind: closeRow, depth: depth, text: closing(w.target.Spell(f.Decl.Type, name))})
		return
	}
	text := w.target.Spell(f.Decl.Type, name)
	if f.Bitfield {
		if name == "" {
			text += " "
		}
		text += ":" + strconv.FormatInt(f.BitSize, 10)
	}
	w.rows = append(w.rows, cellRow{
		key: key, path: path + name, kind: memberRow, depth: depth, text: text + ";",
		offset: offset(base+f.BitOffset, f.Bitfield), size: size(f.BitSize, f.Bitfield),
	})
}

// closing turns "struct name[4]" into what stands at the end of a record that
// is written out: "} name[4];".
func closing(declaration string) string {
	_, declarator, _ := strings.Cut(declaration, " ")
	if declarator == "" {
		return "};"
	}
	return "} " + declarator + ";"
}

// gap notes a hole or padding: first the bits that are left of a byte, then
// the bytes.
func (w *walker) gap(kind rowKind, key string, at, bits int64, depth int) {
	if rest := 8 - at%8; rest < 8 && rest < bits {
		w.gap(kind, key+":", at, rest, depth)
		at, bits = at+rest, bits-rest
	}
	w.rows = append(w.rows, cellRow{
		key: key, kind: kind, depth: depth,
		offset: offset(at, bits%8 != 0), size: size(bits, bits%8 != 0),
	})
}

// offset writes a place in bytes, in bytes and bits (pahole's "4:3") where
// bits matter.
func offset(bits int64, fine bool) string {
	if fine || bits%8 != 0 {
		return fmt.Sprintf("%d:%d", bits/8, bits%8)
	}
	return strconv.FormatInt(bits/8, 10)
}

func size(bits int64, fine bool) string {
	switch {
	case !fine && bits%8 == 0:
		return strconv.FormatInt(bits/8, 10)
	case bits == 1:
		return "1 bit"
	}
	return strconv.FormatInt(bits, 10) + " bits"
}

// memberLine says where a member lies, on which ABIs.
func memberLine(f *analysis.RecordFacts, path string) string {
	columns, _ := columnsOf(f)
	var order []string
	abis := map[string][]string{}
	for _, c := range columns {
		for i := range c.rows {
			r := &c.rows[i]
			if r.path != path || r.kind != memberRow && r.kind != openRow {
				continue
			}
			where := "offset " + r.offset + ", size " + r.size
			if abis[where] == nil {
				order = append(order, where)
			}
			abis[where] = append(abis[where], c.abis...)
			break
		}
	}
	for i, where := range order {
		if len(order) > 1 {
			order[i] = where + " on " + sentence(abis[where])
		}
	}
	return strings.Join(order, "; ")
}

// cut leaves at most n rows, those around focus, and says how many members
// are not shown before and after them.
func (t *table) cut(n, focus int, members []int) {
	if n <= 0 || len(t.rows) <= n {
		return
	}
	first := 0
	if focus >= 0 {
		first = max(0, min(focus-n/2, len(t.rows)-n))
	}
	last := first + n
	before, after := 0, 0
	for _, m := range members {
		switch {
		case m < first:
			before++
		case m >= last:
			after++
		}
	}
	rows := t.rows[first:last:last]
	if before > 0 {
		rows = append([]row{{kind: Note, text: more(before)}}, rows...)
	}
	if after > 0 {
		rows = append(rows, row{kind: Note, text: more(after)})
	}
	t.rows = rows
}

func more(members int) string {
	if members == 1 {
		return "… 1 more member"
	}
	return fmt.Sprintf("… %d more members", members)
}
