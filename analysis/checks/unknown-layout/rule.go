// Package unknownlayout is the rule unknown-layout: a payload that has no
// layout because something in it is not known.
package unknownlayout

import (
	_ "embed"
	"errors"
	"slices"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/payload"
	"abide/analysis/text"
)

//go:embed doc.md
var doc string

// Check says once, at the member, why a payload cannot be laid out.
var Check = &analysis.Check{
	Name:     "unknown-layout",
	Summary:  "a payload that cannot be laid out, because a type in it is unknown",
	Doc:      doc,
	Severity: analysis.Information,
	Run:      run,
}

type reason struct {
	span   text.Span
	field  string
	name   string // what is unknown
	reason string
}

func run(p *analysis.Pass) {
	for _, r := range p.Subjects() {
		var order []reason
		abis := map[reason][]string{}
		for i := range r.Views {
			v := &r.Views[i]
			if v.Err == nil {
				continue
			}
			at, ok := locate(p, r, v)
			if !ok || told(p, r, at) {
				continue
			}
			if abis[at] == nil {
				order = append(order, at)
			}
			abis[at] = append(abis[at], v.Target.ABI.Name)
		}
		for _, at := range order {
			message := "the layout of " + r.Name + " is not known"
			if len(abis[at]) < len(r.Views) {
				message += " on " + payload.List(abis[at])
			}
			p.Report(analysis.Finding{
				Severity: analysis.Information,
				Span:     at.span,
				Message:  message + ": " + at.reason,
				Record:   r.Name,
				Field:    at.field,
				ABIs:     abis[at],
			})
		}
	}
}

// told tells whether another rule says what is wrong with a member's type:
// kernel-type, or uapi-type-name.
func told(p *analysis.Pass, r *analysis.Record, at reason) bool {
	return analysis.IsUAPI(p.Path()) && payload.KernelInteger(at.name) != "" ||
		slices.ContainsFunc(payload.KernelMembers(p, r), func(m payload.KernelMember) bool { return m.Name == at.field })
}

// locate finds the member at fault. ok is false if it is inside of a record of
// this file, which is reported itself.
func locate(p *analysis.Pass, r *analysis.Record, v *analysis.View) (reason, bool) {
	at := reason{span: r.NameSpan, reason: v.Err.Error()}
	var e *layout.Error
	if !errors.As(v.Err, &e) {
		return at, true
	}
	at.name, at.reason = e.Name, e.Reason
	f := e.Field
	if e.Record != nil && e.Record != v.Decl {
		inner := analysis.View{Target: v.Target, Decl: e.Record}
		if p.RecordOf(&inner) != nil {
			return at, false
		}
		f = failing(v)
	}
	if f != nil {
		if span, _ := p.FieldSpan(v.Target, f); span.End > 0 {
			at.span = span
		}
		if f.Name != 0 {
			at.field = f.Name.String()
		}
	}
	return at, true
}

// failing is the member whose type has no size.
func failing(v *analysis.View) *decl.Field {
	for _, f := range v.Decl.Fields {
		if _, err := v.Target.Engine.Type(f.Type); err != nil {
			return f
		}
	}
	return nil
}
