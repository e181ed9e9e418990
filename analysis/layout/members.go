package layout

import (
	"iter"

	"abide/analysis/decl"
)

// Member is a member of a record, seen from the record that holds it in the end.
type Member struct {
	Path      string // "start", "u.raw"
	Field     *Field
	BitOffset int64 // from the start of the outermost record
	Depth     int   // how many unnamed records it stands in, within the outermost
}

// Members lists a record's members as its users name them, in order: members of
// a C11 anonymous record by their own name, members of a named member whose
// record type has no name as outer.inner, after it. Unnamed bit-fields are left
// out.
func Members(l *Layout) []Member {
	var all []Member
	for m := range l.Members() {
		all = append(all, m)
	}
	return all
}

// Members walks what the function Members lists.
func (l *Layout) Members() iter.Seq[Member] {
	return func(yield func(Member) bool) { l.members("", 0, 0, yield) }
}

func (l *Layout) members(path string, base int64, depth int, yield func(Member) bool) bool {
	for i := range l.Fields {
		f := &l.Fields[i]
		at := base + f.BitOffset
		switch {
		case f.Decl.Anonymous():
			if f.Sub != nil && !f.Sub.members(path, at, depth+1, yield) {
				return false
			}
		case f.Decl.Name != 0:
			name := path + f.Decl.Name.String()
			if !yield(Member{name, f, at, depth}) {
				return false
			}
			if f.Sub != nil && unnamed(f.Sub.Record) && !f.Sub.members(name+".", at, depth+1, yield) {
				return false
			}
		}
	}
	return true
}

// unnamed tells whether a record type can be named at no other place.
func unnamed(r *decl.Record) bool { return r.Tag == 0 && len(r.Typedefs) == 0 }
