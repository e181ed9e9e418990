package analysis

import (
	"slices"

	"abide/analysis/decl"
	"abide/analysis/layout"
)

// kinship is which records of a file contain which, by Record.at.
type kinship struct {
	inside     [][]*Record // those that it contains by value, of records in scope
	containers [][]*Record // those in scope that contain it by value
}

func (s *Snapshot) kinship(f *facts) *kinship {
	list := f.records.list
	k := &kinship{inside: make([][]*Record, len(list)), containers: make([][]*Record, len(list))}
	for _, r := range list {
		if !s.subject(r) {
			continue
		}
		k.inside[r.at] = f.within(r)
		for _, inner := range k.inside[r.at] {
			k.containers[inner.at] = append(k.containers[inner.at], r)
		}
	}
	return k
}

// within lists the records of the file that one contains by value, at any
// depth. Of a record without a layout, those are told by its members' types.
func (f *facts) within(r *Record) (list []*Record) {
	var done map[*layout.Layout]bool
	add := func(i int, d *decl.Record) {
		if inner := f.records.of[i][d]; inner != nil && inner != r && !slices.Contains(list, inner) {
			list = append(list, inner)
		}
	}
	var walk func(i int, l *layout.Layout)
	walk = func(i int, l *layout.Layout) {
		for k := range l.Fields {
			inner := l.Fields[k].Sub
			if inner == nil {
				inner = l.Fields[k].Elem
			}
			if inner == nil || done[inner] {
				continue
			}
			if done == nil {
				done = map[*layout.Layout]bool{}
			}
			done[inner] = true
			add(i, inner.Record)
			walk(i, inner)
		}
	}
	for i := range r.Views {
		v := &r.Views[i]
		switch {
		case v.Layout != nil:
			walk(i, v.Layout)
		case v.Decl != nil:
			for _, field := range v.Decl.Fields {
				d := v.Target.recordOf(field.Type)
				if d == nil {
					continue
				}
				add(i, d)
				if l, err := v.Target.Engine.Record(d); err == nil {
					walk(i, l)
				}
			}
		}
	}
	return list
}

// around lists the records of the file that one is defined in.
func (f *facts) around(r *Record) (list []*Record) {
	for i := range r.Views {
		d := r.Views[i].Decl
		if d == nil || i > 0 && d == r.Views[i-1].Decl {
			continue
		}
		for d = d.Parent; d != nil; d = d.Parent {
			if outer := f.records.of[i][d]; outer != nil && !slices.Contains(list, outer) {
				list = append(list, outer)
			}
		}
	}
	return list
}

// subject tells whether layout rules speak of a record: it is in scope, and not
// being typed.
func (s *Snapshot) subject(r *Record) bool { return !r.Stale && s.inScope(r) }
