package refactor

import (
	"fmt"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/fix"
	"abide/analysis/text"
	"abide/analysis/token"
)

// integer is what a basic type becomes.
type integer struct {
	bits   int
	signed bool
	long   bool // its width varies
}

var integers = map[abi.Kind]integer{
	abi.SChar: {8, true, false}, abi.UChar: {8, false, false},
	abi.Short: {16, true, false}, abi.UShort: {16, false, false},
	abi.Int: {32, true, false}, abi.UInt: {32, false, false},
	abi.LongLong: {64, true, false}, abi.ULongLong: {64, false, false},
	abi.Long: {64, true, true}, abi.ULong: {64, false, true},
}

var kinds = map[integer]abi.Kind{
	{64, true, true}: abi.LongLong, {64, false, true}: abi.ULongLong,
}

// retyped is one member that gets another type.
type retyped struct {
	at   fix.Member
	name string // the type's
	to   integer
}

// fixedWidth offers the file's fixed-width types for members whose types are
// spelled with C's own words; those as wide as a long in an offer of their own.
func fixedWidth(x *subject) []Action {
	if len(x.views) != len(x.record.Views) {
		return nil
	}
	source := fix.Read(x.Text(), x.record.Span)
	var members []retyped
	fields := make([]map[*decl.Field]integer, len(x.views))
	var longs []string
	for i, v := range x.views {
		fields[i] = map[*decl.Field]integer{}
		for _, f := range v.Decl.Fields {
			to, ok := integerOf(f)
			if !ok {
				continue
			}
			if _, spelled := x.TokenSpan(v.Target, f.Decl.First); !spelled {
				continue // by a macro
			}
			at, ok := source.Locate(v.Target.Result, f)
			if !ok || f.Shared && !sharedAlike(v, f, to) {
				return nil
			}
			fields[i][f] = to
			if i > 0 {
				continue
			}
			name := x.spell(to)
			if name == "" {
				return nil
			}
			members = append(members, retyped{at, name, to})
			if to.long && f.Name != 0 {
				longs = append(longs, "'"+f.Name.String()+"'")
			}
		}
	}
	var list []Action
	if len(members) > len(longs) {
		list = append(list, Action{
			Kind:  rewrite,
			Title: "Write the integers of " + x.name() + " with fixed-width types",
			Plan:  func() []text.Edit { return retype(source, members, false) },
		})
	}
	after, ok := x.changed(func(i int, d *decl.Record) {
		for k, f := range d.Fields {
			if to, ok := fields[i][f]; ok && to.long {
				g := *f
				g.Type = widen(g.Type, &decl.Basic{Kind: kinds[to]}, 0)
				d.Fields[k] = &g
			}
		}
	})
	if len(longs) > 0 && ok {
		list = append(list, Action{
			Kind:  rewrite,
			Title: fmt.Sprintf("Write the integers of %s with fixed-width types, 64 bits for %s%s", x.name(), join(longs), x.price(after)),
			Plan:  func() []text.Edit { return retype(source, members, true) },
		})
	}
	return list
}

// integerOf is what a member becomes; ok is false if it stays.
func integerOf(f *decl.Field) (to integer, ok bool) {
	t := f.Type
	for range maxDimensions {
		array, ok := t.(*decl.Array)
		if !ok {
			break
		}
		t = array.Elem
	}
	b, ok := t.(*decl.Basic)
	if !ok || b.Complex || f.NameTok == nil {
		return to, false
	}
	to, ok = integers[b.Kind]
	return to, ok && !(to.long && f.Bits != nil)
}

// maxDimensions bounds how many dimensions of an array are looked through.
const maxDimensions = 16

// sharedAlike tells whether all members of a declaration become the same.
func sharedAlike(v analysis.View, f *decl.Field, to integer) bool {
	for _, other := range v.Decl.Fields {
		if other.Decl.First == f.Decl.First {
			if this, ok := integerOf(other); !ok || this != to {
				return false
			}
		}
	}
	return true
}

// widen puts an element type into arrays of the same bounds.
func widen(t, elem decl.Type, depth int) decl.Type {
	if array, ok := t.(*decl.Array); ok && depth < maxDimensions {
		return &decl.Array{Elem: widen(array.Elem, elem, depth+1), Len: array.Len}
	}
	return elem
}

// spell is how the file spells an integer; empty if it knows none so.
func (x *subject) spell(to integer) string {
	for _, s := range append([]fix.Style{fix.StyleOf(x.Text())}, fix.Styles()...) {
		name := s.Unsigned(to.bits)
		if to.signed {
			name = s.Signed(to.bits)
		}
		sym := token.Intern(name)
		known := true
		for _, v := range x.views {
			known = known && v.Target.Unit.Typedef(sym) != nil
		}
		if known {
			return name
		}
	}
	return ""
}

// retype plans the new types; those of long only where asked for.
func retype(source *fix.Record, members []retyped, long bool) []text.Edit {
	plan := source.Plan()
	for _, m := range members {
		if long || !m.to.long {
			plan.Retype(m.at, m.name)
		}
	}
	edits, err := plan.Edits()
	if err != nil {
		return nil
	}
	return edits
}
