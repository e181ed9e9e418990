// Package pointerfield is the rule pointer-field: a pointer in a payload.
package pointerfield

import (
	_ "embed"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/payload"
	"abide/analysis/decl"
)

//go:embed doc.md
var doc string

// Check reports data and function pointers, and arrays of them.
var Check = &analysis.Check{
	Name:     "pointer-field",
	Summary:  "a pointer in a payload",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,
}

func run(p *analysis.Pass) {
	for _, r := range payload.Records(p) {
		idiom := r.Union && holdsWide(r)
		for _, m := range r.Pointers {
			if idiom && !r.IsArray(m) {
				continue
			}
			message := payload.Quoted(m) + " is " + noun(r, m)
			sizes := r.Groups(func(i int) int64 { return r.ElementSize(m, i) })
			if len(sizes) > 1 {
				message += ": " + payload.Each(sizes, figure(r, m))
			} else {
				message += ": programs of another word size have another layout"
			}
			f := r.Finding(m, analysis.Warning, message)
			f.ABIs = r.Names(func(i int) bool { return r.ElementSize(m, i) != sizes[0].Value })
			f.Related = append(r.HoleBefore(m), r.Consequences(m)...)
			f.Plan = func() []analysis.Fix { return r.IntegerFixes(m, false) }
			p.Report(f)
		}
	}
}

// figure says the size of a pointer; of each, in an array.
func figure(r *payload.Record, m *cause.Member) func(int64) string {
	if !r.IsArray(m) {
		return payload.Bytes
	}
	return func(n int64) string { return payload.Bytes(n) + " each" }
}

// holdsWide tells whether a union has a 64-bit integer beside its pointer, so
// that every ABI reserves the same room.
func holdsWide(r *payload.Record) bool {
	for _, m := range r.Members {
		wide := !m.IsRecord()
		for i, f := range m.Fields {
			if f == nil || f.Bitfield || f.BitSize != 64 || !r.Integer(m, i) {
				wide = false
			}
		}
		if wide {
			return true
		}
	}
	return false
}

func noun(r *payload.Record, m *cause.Member) string {
	what := "a pointer"
	t := r.Element(m)
	if pointer, ok := t.(*decl.Pointer); ok {
		if resolved, err := r.Views[0].Target.Engine.Resolve(pointer.Elem); err == nil {
			if _, ok := resolved.(*decl.Func); ok {
				what = "a function pointer"
			}
		}
	}
	if r.IsArray(m) {
		return "an array of pointers"
	}
	return what
}
