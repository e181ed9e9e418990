// Package payload is what the layout rules share: the records that they speak
// of, each examined for what makes its bytes differ or leaves some unwritten.
package payload

import (
	"hash/maphash"
	"slices"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/text"
)

// Record is a record in scope with the causes found in it. Views are those of
// its views that have a layout, in the order of the targets; Report's slices
// are parallel to them.
type Record struct {
	*analysis.Record
	*cause.Report
	Views []analysis.View
	// Partial tells that a type in the record is unknown on every ABI: Views
	// have the other members only, and say nothing of sizes and places.
	Partial bool
	pass    *analysis.Pass
	blame   map[*cause.Member]blame
}

// Records examines the records in scope; for a PerRecord rule, the one that it
// is asked about.
func Records(p *analysis.Pass) []*Record {
	var list []*Record
	for _, r := range p.Subjects() {
		if x := Of(p, r); x != nil {
			list = append(list, x)
		}
	}
	return list
}

type memoKey struct{ *analysis.Record }

// Of examines a record, once for all rules; nil if it has the layout of another
// one on purpose, or nothing is known of it.
func Of(p *analysis.Pass, r *analysis.Record) *Record {
	return p.Memo(memoKey{r}, func() any {
		if translates(r) {
			return (*Record)(nil)
		}
		return examine(p, r)
	}).(*Record)
}

var seed = maphash.MakeSeed()

func examine(p *analysis.Pass, r *analysis.Record) *Record {
	x := &Record{Record: r, pass: p}
	for _, v := range r.Views {
		if v.Layout != nil {
			x.Views = append(x.Views, v)
		}
	}
	if len(x.Views) == 0 {
		x.Views, x.Partial = known(r.Views), true
	}
	var views []cause.View
	for _, v := range x.Views {
		result := v.Target.Result
		views = append(views, cause.View{
			Decl:   v.Decl,
			Layout: v.Layout,
			Engine: v.Target.Engine,
			Key: func(f *decl.Field) int {
				tok := f.NameTok
				if tok == nil {
					tok = f.First
				}
				if tok == nil {
					return 0
				}
				loc, _ := result.Place(tok)
				if loc.Path != p.Path() && f.Name != 0 { // each ABI may have its own copy of the header
					return key(f.Name.String(), 0)
				}
				return key(loc.Path, loc.Start)
			},
		})
	}
	if len(views) == 0 {
		return nil
	}
	x.Report = cause.Of(views)
	x.blame = map[*cause.Member]blame{}
	for _, m := range x.Members {
		if b := x.judge(m); b.rule != "" {
			x.blame[m] = b
		}
	}
	return x
}

// known gives the views with the members whose types are known, and no others.
func known(views []analysis.View) []analysis.View {
	var list []analysis.View
	for _, v := range views {
		if v.Decl == nil {
			continue
		}
		part := *v.Decl
		part.Fields, part.Skipped = nil, nil
		for _, f := range v.Decl.Fields {
			if _, err := v.Target.Engine.Type(f.Type); err == nil {
				part.Fields = append(part.Fields, f)
			}
		}
		if l, err := v.Target.Engine.Record(&part); err == nil {
			list = append(list, analysis.View{Target: v.Target, Decl: &part, Layout: l})
		}
	}
	return list
}

// key makes one number of a name and an offset.
func key(name string, offset int) int {
	return int(maphash.String(seed, name)>>36)<<28 + offset
}

// Place is where a member is named in the file. editable is false if the
// place belongs to a macro's body or another file.
func (r *Record) Place(m *cause.Member) (span text.Span, editable bool) {
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		if span, editable = r.pass.FieldSpan(r.Views[i].Target, f.Decl); span.End > 0 {
			return span, editable
		}
		break
	}
	return r.NameSpan, false
}

// Name is how a message calls a member.
func Name(m *cause.Member) string {
	d := m.Decl()
	switch {
	case d.Name != 0:
		return d.Name.String()
	case d.Bits != nil && closes(m):
		return "zero-width bit-field"
	case d.Bits != nil:
		return "unnamed bit-field"
	default:
		return "anonymous " + keyword(m)
	}
}

// closes tells whether a bit-field has no bits: it ends the storage unit.
func closes(m *cause.Member) bool {
	return !slices.ContainsFunc(m.Fields, func(f *layout.Field) bool { return f != nil && f.BitSize != 0 })
}

// Quoted is Name in quotes if it is spelled in the source.
func Quoted(m *cause.Member) string {
	if m.Decl().Name != 0 {
		return "'" + Name(m) + "'"
	}
	return "the " + Name(m)
}

func keyword(m *cause.Member) string {
	return recordWord(slices.ContainsFunc(m.Fields, func(f *layout.Field) bool {
		return f != nil && f.Sub != nil && f.Sub.Record.Union
	}))
}

func recordWord(union bool) string {
	if union {
		return "union"
	}
	return "struct"
}

// Finding starts a finding about a member of the record.
func (r *Record) Finding(m *cause.Member, severity analysis.Severity, message string) analysis.Finding {
	span, _ := r.Place(m)
	f := analysis.Finding{Severity: severity, Span: span, Message: message, Record: r.Record.Name}
	if m.Decl().Name != 0 {
		f.Field = Name(m)
	}
	return f
}

// TypeFinding starts a finding about a member whose type makes the record
// differ: with the hole that it makes in front, and what follows.
func (r *Record) TypeFinding(m *cause.Member, message string) analysis.Finding {
	f := r.Finding(m, r.typeHarm(), message)
	f.ABIs = r.Others(func(i int) int64 { return r.Size(m, i) })
	f.Related = append(r.HoleBefore(m), r.Consequences(m)...)
	return f
}
