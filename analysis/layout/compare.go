package layout

// Same tells whether two layouts of one record put the same members at the same
// offsets: size, offsets, widths, holes. Alignment is not compared: it shows
// only in records that embed this one. Nor is byte order: offsets are in memory
// order.
func Same(a, b *Layout) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Size != b.Size || a.TailBits != b.TailBits || len(a.Fields) != len(b.Fields) || len(a.Holes) != len(b.Holes) {
		return false
	}
	for i := range a.Holes {
		if a.Holes[i] != b.Holes[i] {
			return false
		}
	}
	for i := range a.Fields {
		if !sameField(&a.Fields[i], &b.Fields[i]) {
			return false
		}
	}
	return true
}

func sameField(f, g *Field) bool {
	return f.Decl.Name == g.Decl.Name && f.BitOffset == g.BitOffset && f.BitSize == g.BitSize &&
		f.Bitfield == g.Bitfield && f.Flexible == g.Flexible &&
		sameOrNone(f.Sub, g.Sub) && sameOrNone(f.Elem, g.Elem)
}

func sameOrNone(a, b *Layout) bool {
	if a == nil || b == nil {
		return a == b
	}
	return Same(a, b)
}

// Difference is what distinguishes two layouts of one record.
type Difference struct {
	Size, Align, Holes bool // these differ
	// Path names the first member that lies elsewhere, has another size, or is in
	// one layout only; empty if there is none. A and B are the member in each
	// layout, nil where it is missing.
	Path string
	A, B *Member
}

// Any tells whether there is a difference that a program meets in memory.
func (d *Difference) Any() bool { return d.Size || d.Holes || d.Path != "" }

// Compare tells how two layouts of one record differ.
func Compare(a, b *Layout) Difference {
	d := Difference{Size: a.Size != b.Size, Align: a.Align != b.Align, Holes: !sameHoles(a, b)}
	ma, mb := Members(a), Members(b)
	for i := range max(len(ma), len(mb)) {
		switch {
		case i >= len(mb):
			d.Path, d.A = ma[i].Path, &ma[i]
		case i >= len(ma):
			d.Path, d.B = mb[i].Path, &mb[i]
		case ma[i].Path != mb[i].Path || ma[i].BitOffset != mb[i].BitOffset || ma[i].Field.BitSize != mb[i].Field.BitSize:
			d.Path, d.A, d.B = ma[i].Path, &ma[i], &mb[i]
		default:
			continue
		}
		break
	}
	return d
}

func sameHoles(a, b *Layout) bool {
	if len(a.Holes) != len(b.Holes) || a.TailBits != b.TailBits {
		return false
	}
	for i := range a.Holes {
		if a.Holes[i].BitOffset != b.Holes[i].BitOffset || a.Holes[i].BitSize != b.Holes[i].BitSize {
			return false
		}
	}
	return true
}

// Groups sorts layouts of one record, one for each ABI, into groups of equal
// ones: lists of indices, in the order of their first members. Missing layouts
// (nil) are in no group.
func Groups(layouts []*Layout) [][]int {
	var groups [][]int
next:
	for i, l := range layouts {
		if l == nil {
			continue
		}
		for g := range groups {
			if Same(layouts[groups[g][0]], l) {
				groups[g] = append(groups[g], i)
				continue next
			}
		}
		groups = append(groups, []int{i})
	}
	return groups
}
