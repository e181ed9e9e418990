package layout

// Same tells whether two layouts of one record put the same members at the same
// offsets: size, offsets, widths, holes. Alignment is not compared: it shows
// only in records that embed this one. Nor is byte order: offsets are in memory
// order.
func Same(a, b *Layout) bool { return (&comparison{}).same(a, b) }

// comparison remembers the pairs of inner records that are equal: a record may
// stand in another at many places.
type comparison struct{ equal map[[2]*Layout]bool }

func (c *comparison) same(a, b *Layout) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Size != b.Size || len(a.Fields) != len(b.Fields) || !sameHoles(a, b) {
		return false
	}
	for i := range a.Fields {
		f, g := &a.Fields[i], &b.Fields[i]
		if f.Decl.Name != g.Decl.Name || f.BitOffset != g.BitOffset || f.BitSize != g.BitSize ||
			f.Bitfield != g.Bitfield || f.Flexible != g.Flexible {
			return false
		}
		if !c.inner(f.Sub, g.Sub) || !c.inner(f.Elem, g.Elem) {
			return false
		}
	}
	return true
}

func (c *comparison) inner(a, b *Layout) bool {
	if a == b || c.equal[[2]*Layout{a, b}] {
		return true
	}
	if !c.same(a, b) {
		return false
	}
	if c.equal == nil {
		c.equal = map[[2]*Layout]bool{}
	}
	c.equal[[2]*Layout{a, b}] = true
	return true
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
