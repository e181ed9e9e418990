package analysis

import (
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// Members lists the members of a record as C names them: those of anonymous
// records under their own names, those of unnamed record types as
// "outer.inner", a member of a named type as itself.
func Members(l *layout.Layout) []Member {
	return members(nil, l, "", 0)
}

func members(list []Member, l *layout.Layout, prefix string, offset int64) []Member {
	for _, f := range l.Fields {
		name := ""
		if f.Decl.Name != 0 {
			name = f.Decl.Name.String()
		}
		switch {
		case f.Sub != nil && f.Decl.Anonymous():
			list = members(list, f.Sub, prefix, offset+f.BitOffset)
		case f.Sub != nil && unnamed(f.Sub.Record):
			list = members(list, f.Sub, prefix+name+".", offset+f.BitOffset)
		default:
			list = append(list, Member{Path: prefix + name, Field: f, BitOffset: offset + f.BitOffset})
		}
	}
	return list
}

// Holes lists the holes of a record and of the unnamed structs in it, whose
// members count as its own; their tail padding too. BitOffset is from the
// start of the record, After counts the entries of Members.
func Holes(l *layout.Layout) []layout.Hole {
	var w holeWalk
	w.walk(l, 0, false)
	return w.holes
}

type holeWalk struct {
	holes []layout.Hole
	seen  int // members passed
}

func (w *holeWalk) walk(l *layout.Layout, offset int64, inUnion bool) {
	inUnion = inUnion || l.Record.Union
	next := 0
	for i, f := range l.Fields {
		if f.Sub != nil && unnamed(f.Sub.Record) {
			w.walk(f.Sub, offset+f.BitOffset, inUnion)
			if tail := f.Sub.TailBits; tail > 0 && !inUnion && !f.Sub.Record.Union {
				w.add(offset+f.BitOffset+f.Sub.Size*8-tail, tail)
			}
		} else {
			w.seen++
		}
		for ; next < len(l.Holes) && l.Holes[next].After <= i; next++ {
			if !inUnion {
				w.add(offset+l.Holes[next].BitOffset, l.Holes[next].BitSize)
			}
		}
	}
}

func (w *holeWalk) add(offset, size int64) {
	w.holes = append(w.holes, layout.Hole{BitOffset: offset, BitSize: size, After: w.seen - 1})
}

// unnamed tells whether nothing but the member it is declared in names r.
func unnamed(r *decl.Record) bool { return r.Tag == 0 && len(r.Typedefs) == 0 }
