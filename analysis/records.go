package analysis

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/decl"
)

// recordIndex is the records of a snapshot, and how to come to them.
type recordIndex struct {
	list []*Record
	// of finds what a target's definition belongs to; parallel to the targets.
	of []map[*decl.Record]*Record
	// carried is those that are payloads by what other files say, without those
	// inside of them.
	carried []*Record
}

// Records lists the records that the file defines, in source order.
func (s *Snapshot) Records(ctx context.Context) ([]*Record, error) {
	index, err := s.recordIndex(ctx)
	if err != nil {
		return nil, err
	}
	return index.list, nil
}

func (s *Snapshot) recordIndex(ctx context.Context) (*recordIndex, error) {
	return s.records.get(ctx, func(ctx context.Context) (*recordIndex, error) {
		targets, err := s.Targets(ctx)
		if err != nil {
			return nil, err
		}
		index := s.mergeRecords(targets)
		if err := s.markPayloads(ctx, targets, index); err != nil {
			return nil, err
		}
		return index, nil
	})
}

// place is what makes the definitions of two targets one record: the place of
// the opening brace, and which one it is of those that one macro's body puts
// there. What is met again otherwise is a file that includes itself. Of what no
// longer parses it is the place where that begins.
type place struct {
	start, nth int
	stale      bool
}

// placed is the definitions of one target, and the records that they belong to.
type placed struct {
	list    []*decl.Record
	stale   map[*decl.Record]*cpp.Token
	records []*Record // parallel to list
	of      map[*decl.Record]*Record
}

// mergeRecords brings together what the targets say about one place. Most
// targets have the very same definitions: those are looked for once.
func (s *Snapshot) mergeRecords(targets []*Target) *recordIndex {
	index := &recordIndex{of: make([]map[*decl.Record]*Record, len(targets))}
	at := map[place]*Record{}
	var known []*placed
	views := perTarget(targets, views)
	for i, t := range targets {
		list, stale := t.Unit.MainRecords(), t.Unit.Stale()
		k := slices.IndexFunc(known, func(p *placed) bool { return slices.Equal(p.list, list) && maps.Equal(p.stale, stale) })
		if k < 0 {
			k = len(known)
			known = append(known, s.place(targets, t, at, index))
		}
		index.of[i] = known[k].of
		for n, d := range list {
			r := known[k].records[n]
			if r.Views[i].Decl != nil {
				continue
			}
			r.Stale = r.Stale || stale[d] != nil
			r.Views[i] = views[i][n]
		}
	}
	slices.SortStableFunc(index.list, func(a, b *Record) int {
		return cmp.Compare(a.Span.Start, b.Span.Start)
	})
	for i, r := range index.list {
		r.at = i
	}
	return index
}

// place finds or makes the records that a target's definitions belong to.
func (s *Snapshot) place(targets []*Target, t *Target, at map[place]*Record, index *recordIndex) *placed {
	list, stale := t.Unit.MainRecords(), t.Unit.Stale()
	p := &placed{list, stale, make([]*Record, len(list)), make(map[*decl.Record]*Record, len(list))}
	seen := map[place]int{}
	for n, d := range list {
		head := stale[d]
		loc, several := t.Result.Place(cmp.Or(head, d.Open))
		several = several || head != nil // with those that stand in it
		where := place{start: loc.Start, stale: head != nil}
		if several {
			seen[where]++
			where.nth = seen[where] - 1
		}
		r := at[where]
		if r == nil {
			r = s.newRecord(t, d, head, p.of)
			r.made = several && head == nil && d.Tag == 0 && len(d.Typedefs) == 0 && d.Parent == nil
			r.Views = make([]View, len(targets))
			for k := range targets {
				r.Views[k].Target = targets[k]
			}
			at[where] = r
			index.list = append(index.list, r)
		}
		p.of[d], p.records[n] = r, r
	}
	return p
}

// views lays out the records of a target, parallel to MainRecords.
func views(t *Target) []View {
	list := t.Unit.MainRecords()
	views := make([]View, len(list))
	for i, d := range list {
		views[i] = view(t, d)
	}
	return views
}

func view(t *Target, d *decl.Record) View {
	l, err := t.Engine.Record(d)
	if err != nil {
		return View{Target: t, Decl: d, Err: err}
	}
	return View{Target: t, Decl: d, Layout: l}
}

// newRecord makes the record of a target's definition. head is where the text
// begins that no longer parses as that; nil if it does.
func (s *Snapshot) newRecord(t *Target, d *decl.Record, head *cpp.Token, known map[*decl.Record]*Record) *Record {
	r := &Record{Tag: d.Tag, Union: d.Union}
	if head != nil {
		r.Span = s.spanOf(t, head)
		r.NameSpan, r.open = r.Span, r.Span.Start
	} else {
		r.Span, r.open = s.span(t, d.Range), s.spanOf(t, d.Open).Start
		r.NameSpan = s.spanOf(t, cmp.Or(d.TagTok, d.First))
		if head = d.TagTok; head == nil {
			head = d.Open
		}
	}
	r.Line = s.text.LineOf(s.spanOf(t, head).Start) + 1
	outer := ""
	if p := known[d.Parent]; d.Parent != nil && p != nil {
		outer = p.Path()
	}
	r.Name = recordName(d, outer)
	return r
}

// recordName is how people speak of a record. outer is the path of the record
// that it stands in, if it has neither a tag nor a typedef of its own.
func recordName(d *decl.Record, outer string) string {
	switch {
	case d.Tag != 0:
		return keyword(d.Union) + " " + d.Tag.String()
	case len(d.Typedefs) > 0:
		return d.Typedefs[0].String()
	case outer == "":
		return "unnamed " + keyword(d.Union)
	case d.ParentField == nil || d.ParentField.Name == 0:
		return outer + ".(anonymous " + keyword(d.Union) + ")"
	default:
		return outer + "." + d.ParentField.Name.String()
	}
}

func keyword(union bool) string {
	if union {
		return "union"
	}
	return "struct"
}

// Path is the name without the keyword, as members of unnamed records are
// named after it: "sensor" of "struct sensor".
func (r *Record) Path() string {
	if r.Tag != 0 {
		return r.Tag.String()
	}
	return r.Name
}

// Named tells whether the record has a tag or a typedef: others can name it.
func (r *Record) Named() bool {
	if r.Tag != 0 {
		return true
	}
	for _, v := range r.Views {
		if v.Decl != nil && len(v.Decl.Typedefs) > 0 {
			return true
		}
	}
	return false
}

// Defines tells whether facts speak of this record.
func (r *Record) Defines(facts *RecordFacts) bool {
	for i := range r.Views {
		if d := r.Views[i].Decl; d != nil && i < len(facts.Views) && facts.Views[i].Decl == d {
			return true
		}
	}
	return false
}

// View gives the record on one ABI; nil if that is not among the targets.
func (r *Record) View(a *abi.ABI) *View {
	for i := range r.Views {
		if r.Views[i].Target.ABI == a {
			return &r.Views[i]
		}
	}
	return nil
}
