package payload

import (
	"hash/maphash"
	"slices"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// Elsewhere tells why a record that another file defines differs between
// ABIs: the first member that makes it, also in a record inside. views are
// those of the ABIs that matter. ok is false if nothing explains it.
func Elsewhere(views []analysis.View) (note analysis.Related, ok bool) {
	for range maxDepth {
		r := elsewhere(views)
		if r == nil {
			return note, false
		}
		m, message, inside := r.difference()
		if inside != nil {
			views = inside
			continue
		}
		if m == nil {
			return note, false
		}
		note.Message = message
		note.Loc, ok = r.spelled(m)
		return note, ok
	}
	return note, false
}

// maxDepth bounds how deep records in records are followed.
const maxDepth = 64

func elsewhere(views []analysis.View) *Record {
	r := &Record{Record: &analysis.Record{}}
	var list []cause.View
	for _, v := range views {
		if v.Decl == nil || v.Layout == nil {
			continue
		}
		r.Views = append(r.Views, v)
		d := v.Decl
		list = append(list, cause.View{Decl: d, Layout: v.Layout, Engine: v.Target.Engine, Key: func(f *decl.Field) int {
			// Each ABI may have its own copy of the header: places do not tell.
			if f.Name != 0 {
				return int(maphash.String(seed, f.Name.String()) >> 36)
			}
			return -slices.Index(d.Fields, f)
		}})
	}
	if len(list) < 2 {
		return nil
	}
	r.Report = cause.Of(list)
	return r
}

// difference is the first member that makes the record differ, in words; or
// the views of the record inside that does.
func (r *Record) difference() (m *cause.Member, message string, inside []analysis.View) {
	for _, m := range r.Members {
		size := func(i int) int64 { return r.Size(m, i) }
		switch {
		case slices.Contains(r.Pointers, m):
			return m, Quoted(m) + " is a pointer: " + Each(r.Groups(size), Bits), nil
		case slices.Contains(r.Report.Records, m):
			return m, "", r.viewsInside(m)
		case slices.Contains(r.Sizes, m), m == r.Moved && len(r.Groups(size)) > 1:
			return m, Quoted(m) + " is " + Each(r.Groups(size), Bits), nil
		case m == r.Moved:
			return m, Quoted(m) + " lies at " + Each(r.Groups(func(i int) int64 { return r.Offset(m, i) }), Place), nil
		}
		for _, g := range r.Gaps {
			if g.Before == m && g.Lasting && !g.Agreed() {
				return m, r.Gap(g, Wide, "hole before "+Quoted(m)), nil
			}
		}
	}
	if g := r.Tail; g != nil && !g.Agreed() && g.After != nil {
		return g.After, r.Gap(g, Bits, "of padding behind "+Quoted(g.After)), nil
	}
	return nil, "", nil
}

// viewsInside is the record that a member is, or is an array of, on each view.
func (r *Record) viewsInside(m *cause.Member) []analysis.View {
	var views []analysis.View
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		var l *layout.Layout
		if l = f.Sub; l == nil {
			l = f.Elem
		}
		if l != nil {
			views = append(views, analysis.View{Target: r.Views[i].Target, Decl: l.Record, Layout: l})
		}
	}
	return views
}

// spelled is where a member is named, in whichever file.
func (r *Record) spelled(m *cause.Member) (cpp.Loc, bool) {
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		tok := f.Decl.NameTok
		if tok == nil {
			tok = f.Decl.First
		}
		if tok == nil {
			return cpp.Loc{}, false
		}
		loc, _ := r.Views[i].Target.Result.Place(tok)
		return loc, loc.Path != ""
	}
	return cpp.Loc{}, false
}
