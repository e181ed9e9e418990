// Package unknownlayout is the rule unknown-layout: a payload that has no
// layout because something in it is not known.
package unknownlayout

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/payload"
	"abide/analysis/text"
)

//go:embed doc.md
var doc string

// Check says once for each thing that is unknown, at the first member that needs
// it, which payloads cannot be laid out.
var Check = &analysis.Check{
	Name:     "unknown-layout",
	Summary:  "a payload that cannot be laid out, because a type in it is unknown",
	Doc:      doc,
	Severity: analysis.Information,
	Run:      run,
}

// reason is why a record has no layout, and the member at fault.
type reason struct {
	span   text.Span
	field  string
	name   string // what is unknown
	reason string
}

// gap is something unknown, and the records that have no layout for it.
type gap struct {
	record  *analysis.Record // the first one
	at      reason
	abis    []string // those of the first one
	related []analysis.Related
}

// cause is what makes two records wait for the same thing.
type cause struct{ name, abis string }

func run(p *analysis.Pass) {
	var order []*gap
	known := map[cause]*gap{}
	for _, r := range p.Subjects() {
		for _, g := range gaps(p, r) {
			c := cause{g.at.name, strings.Join(g.abis, " ")}
			first := known[c]
			if g.at.name == "" || first == nil {
				order, known[c] = append(order, g), g
				continue
			}
			first.related = append(first.related, analysis.Related{
				Loc:     cpp.Loc{Path: p.Path(), Span: g.at.span},
				Message: r.Name + " waits for it, too",
			})
		}
	}
	for _, g := range order {
		p.Report(analysis.Finding{
			Severity: analysis.Information,
			Span:     g.at.span,
			Message:  g.message(),
			Record:   g.record.Name,
			Field:    g.at.field,
			ABIs:     g.abis,
			Related:  payload.Bounded(g.related),
		})
	}
}

func (g *gap) message() string {
	on := ""
	if len(g.abis) < len(g.record.Views) {
		on = " on " + payload.List(g.abis)
	}
	switch n := len(g.related); n {
	case 0:
		return fmt.Sprintf("the layout of %s is not known%s: %s", g.record.Name, on, g.at.reason)
	case 1:
		return fmt.Sprintf("the layouts of %s and another payload are not known%s: %s", g.record.Name, on, g.at.reason)
	default:
		return fmt.Sprintf("the layouts of %s and %d other payloads are not known%s: %s", g.record.Name, n, on, g.at.reason)
	}
}

// gaps is why a record has no layout; another reason may hold on another ABI.
func gaps(p *analysis.Pass, r *analysis.Record) []*gap {
	var list []*gap
	for i := range r.Views {
		v := &r.Views[i]
		if v.Err == nil {
			continue
		}
		at, ok := locate(p, r, v)
		if !ok || told(p, r, at) {
			continue
		}
		i := slices.IndexFunc(list, func(g *gap) bool { return g.at == at })
		if i < 0 {
			i = len(list)
			list = append(list, &gap{record: r, at: at})
		}
		list[i].abis = append(list[i].abis, v.Target.ABI.Name)
	}
	return list
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
