// Package payload is what the layout rules share: the records that they speak
// of, each examined for what makes its bytes differ or leaves some unwritten.
package payload

import (
	"hash/maphash"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/text"
)

// Record is a record in scope with the causes found in it. Views are those of
// its views that have a layout, in the order of the targets; Report's slices
// are parallel to them.
type Record struct {
	*analysis.Record
	*cause.Report
	Views []analysis.View
	pass  *analysis.Pass
}

type memoKey struct{}

// Records examines the records in scope, once for all rules.
func Records(p *analysis.Pass) []*Record {
	return p.Memo(memoKey{}, func() any {
		var list []*Record
		for _, r := range p.Subjects() {
			if x := examine(p, r); x != nil {
				list = append(list, x)
			}
		}
		return list
	}).([]*Record)
}

var seed = maphash.MakeSeed()

func examine(p *analysis.Pass, r *analysis.Record) *Record {
	x := &Record{Record: r, pass: p}
	var views []cause.View
	for _, v := range r.Views {
		if v.Layout == nil {
			continue
		}
		result := v.Target.Result
		x.Views = append(x.Views, v)
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
	return x
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
	case d.Bits != nil:
		return "unnamed bit-field"
	default:
		return "anonymous " + keyword(m)
	}
}

// Quoted is Name in quotes if it is spelled in the source.
func Quoted(m *cause.Member) string {
	if m.Decl().Name != 0 {
		return "'" + Name(m) + "'"
	}
	return "the " + Name(m)
}

func keyword(m *cause.Member) string {
	for _, f := range m.Fields {
		if f != nil && f.Sub != nil && f.Sub.Record.Union {
			return "union"
		}
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
