package layout

import (
	"slices"

	"abide/analysis/decl"
	"abide/analysis/token"
)

// recordInfo is a record laid out, and what types made of it inherit.
type recordInfo struct {
	layout *Layout
	user   bool // some alignment in it was asked for
	mode   mode
	err    error
	names  Names
}

func (info *recordInfo) result() (*Layout, error) { return info.layout, info.err }

func (info *recordInfo) shape() (shape, error) {
	if info.err != nil {
		return shape{}, info.err
	}
	l := info.layout
	return shape{size: l.Size, align: l.Align, user: info.user, sort: isRecord, mode: info.mode, elem: info.mode, rec: l}, nil
}

// record lays out a definition, or remembers that it did.
func (w *walk) record(r *decl.Record) *recordInfo {
	if info, ok := recall(w.remembered, w.records, r); ok {
		w.names.Join(info.names)
		return info
	}
	for p := w.inside; p != nil; p = p.outer {
		if p.layout.Record == r {
			// A record in itself: the inner one is not complete yet. What is said
			// here depends on where the walk began, so only the outermost keeps it.
			return &recordInfo{err: recursive}
		}
	}
	if err := w.enter(); err != nil {
		return &recordInfo{err: err}
	}
	defer w.leave()
	outer := w.names
	w.names = ownNames(r)
	info := w.place(r)
	info.names = w.names
	w.names.Join(outer)
	if passing(info.err) {
		return info
	}
	return keep(w.remembered, w.records, r, info)
}

// ownNames is what a definition is called, and those that it stands in: when
// these are defined anew, it is gone.
func ownNames(r *decl.Record) (n Names) {
	for ; r != nil; r = r.Parent {
		if r.Tag != 0 {
			n.Add(r.Tag)
		}
		for _, t := range r.Typedefs {
			n.Add(t)
		}
	}
	return n
}

// place lays out a record: one member after the other, then the end.
func (w *walk) place(r *decl.Record) *recordInfo {
	if len(r.Skipped) > 0 {
		return &recordInfo{err: &Error{Record: r, Reason: "a member was not understood: " + r.Skipped[0].Reason}}
	}
	p, err := w.newPlacer(r)
	defer func() { w.inside = p.outer }()
	if err != nil {
		return &recordInfo{err: err.(*Error).at(r, nil, "")}
	}
	fields := w.fieldsOf(r)
	for i, f := range fields {
		p.last = i == len(fields)-1
		if err := p.add(f); err != nil {
			return &recordInfo{err: err.(*Error).at(r, f, "")}
		}
	}
	if f := duplicate(p.layout.Fields); f != nil {
		return &recordInfo{err: &Error{Record: r, Field: f, Reason: "duplicate member '" + f.Name.String() + "'"}}
	}
	if err := p.finish(); err != nil {
		return &recordInfo{err: err.(*Error).at(r, nil, "")}
	}
	mode := p.mode()
	return &recordInfo{layout: p.layout, user: p.user && !w.forgetsUser(mode, p.layout.Align), mode: mode}
}

// fewMembers is up to how many names duplicates are looked for pair by pair.
const fewMembers = 12

// duplicate finds a member whose name an earlier one has; members of anonymous
// records count as the outer record's.
func duplicate(fields []Field) *decl.Field {
	if len(fields) <= fewMembers && !slices.ContainsFunc(fields, anonymous) {
		for i := range fields {
			for j := range i {
				if fields[i].Decl.Name != 0 && fields[i].Decl.Name == fields[j].Decl.Name {
					return fields[i].Decl
				}
			}
		}
		return nil
	}
	return duplicateIn(fields, map[token.Sym]bool{})
}

func anonymous(f Field) bool { return f.Decl.Anonymous() }

func duplicateIn(fields []Field, seen map[token.Sym]bool) *decl.Field {
	for i := range fields {
		f := &fields[i]
		if f.Decl.Anonymous() {
			if f.Sub != nil {
				if d := duplicateIn(f.Sub.Fields, seen); d != nil {
					return d
				}
			}
			continue
		}
		if name := f.Decl.Name; name != 0 {
			if seen[name] {
				return f.Decl
			}
			seen[name] = true
		}
	}
	return nil
}
