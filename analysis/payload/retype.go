package payload

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/token"
)

// IntegerFixes offers a 64-bit integer for a member, with the padding that then
// has to stand in front of it.
func (r *Record) IntegerFixes(m *cause.Member, signed bool) []analysis.Fix {
	if r.boundVaries() {
		return nil
	}
	e := r.editor()
	uses, others := e.wrapUses(m)
	if uses > 0 {
		e.unit = " with " + toPointer + "() at clear uses"
	}
	if others {
		e.note = usesLeft
	}
	return r.addWhole(e.change(m, e.integer(64, signed), integers[64], true))
}

// usesLeft is what a title says where the file may use a member that becomes
// an integer as the pointer that it was.
const usesLeft = "; look after its uses"

// WordFixes offers fixed-width integers for one that is as wide as a word: 64
// bits, or 32 where that leaves no new gap.
func (r *Record) WordFixes(m *cause.Member) []analysis.Fix {
	signed := true
	for i, f := range m.Fields {
		signed = signed && (f == nil || r.Signed(m, i))
	}
	if r.boundVaries() {
		return nil
	}
	wide, narrow := r.editor(), r.editor()
	fixes := wide.change(m, wide.integer(64, signed), integers[64], true)
	typ := narrow.integer(32, signed)
	narrow.retype(m, typ, integers[32])
	if !r.Partial && narrow.draft.Compact() {
		fixes = append(fixes, narrow.fix(narrow.title(m, typ), false)...)
	}
	return r.addWhole(fixes)
}

// boundVaries tells whether an array's bound makes up for something that
// differs, such as the size of a member that a fix would change.
func (r *Record) boundVaries() bool {
	return r.Moved != nil && len(r.Groups(func(i int) int64 { return r.Size(r.Moved, i) })) > 1
}

// FixedFixes offers for a member the integer of the width that it has.
func (r *Record) FixedFixes(m *cause.Member, unsigned bool) []analysis.Fix {
	sizes := r.Groups(func(i int) int64 { return 8 * r.ElementSize(m, i) })
	if len(sizes) != 1 || integers[int(sizes[0].Value)] == nil {
		return nil
	}
	bits := int(sizes[0].Value)
	e := r.editor()
	typ := e.integer(bits, !unsigned || r.negative(m))
	e.retype(m, typ, integers[bits])
	return e.fix(e.title(m, typ), unsigned)
}

// negative tells whether an enum has a negative value.
func (r *Record) negative(m *cause.Member) bool {
	ref, ok := r.Element(m).(*decl.EnumRef)
	if !ok || ref.Def == nil {
		return false
	}
	engine := r.Views[0].Target.Engine
	return slices.ContainsFunc(ref.Def.Values, func(v *decl.Enumerator) bool {
		n, err := engine.Eval(&decl.Name{Name: v.Name})
		return err == nil && !r.Views[0].Target.ABI.Unsigned(n.Type) && int64(n.Hi) < 0
	})
}

// TimeFixes offers times that have 64 bits everywhere.
func (r *Record) TimeFixes(m *cause.Member) []analysis.Fix {
	name := r.Known(m)
	tag, isStruct := strings.CutPrefix(name, "struct ")
	switch {
	case r.asks("__KERNEL__") || r.boundVaries():
		return nil // the other side of the boundary has a definition of its own
	case !isStruct:
		return r.IntegerFixes(m, true)
	}
	var fixes []analysis.Fix
	wide := "__kernel_timespec"
	if strings.Contains(tag, "itimer") {
		wide = "__kernel_itimerspec"
	}
	if r.knowsTag(wide) {
		fixes = r.editor().change(m, "struct "+wide, &decl.RecordRef{Tag: token.Intern(wide)}, true)
	}
	if wide == "__kernel_timespec" {
		e := r.editor()
		e.unit = " (nanoseconds)"
		if nano := e.change(m, e.integer(64, true), integers[64], false); e.draft.Compact() {
			fixes = append(fixes, nano...)
		}
	}
	return fixes
}

// knowsTag tells whether a struct is defined on every view.
func (r *Record) knowsTag(tag string) bool {
	for _, v := range r.Views {
		if v.Target.Unit.Record(false, token.Intern(tag)) == nil {
			return false
		}
	}
	return true
}

// change gives a member another type, which is aligned to 8 bytes where ABIs
// align integers of 64 bits so, and the padding that has to stand before it.
func (e *editor) change(m *cause.Member, spelling string, typ decl.Type, preferred bool) []analysis.Fix {
	e.retype(m, spelling, typ)
	title := e.title(m, spelling)
	var added []string
	pads, _ := e.pads()
	for _, p := range pads {
		if p.Before == m {
			added = append(added, "'"+e.pad(p)+"'")
		}
	}
	if len(added) > 0 {
		title += " and insert " + strings.Join(added, " and ") + " before it"
	}
	return e.fix(title, preferred)
}

// title says that a member's type changes.
func (e *editor) title(m *cause.Member, typ string) string {
	return fmt.Sprintf("Change %s from '%s' to '%s'%s", Quoted(m), e.TypeName(m), e.declared(m, typ), e.unit)
}

// widen makes a member a 64-bit integer, or an array of them.
func (e *editor) widen(m *cause.Member, signed bool) string {
	typ := e.integer(64, signed)
	e.retype(m, typ, integers[64])
	return typ
}

// integers are unsigned integers by their width; signed ones lie alike.
var integers = map[int]decl.Type{
	8:  &decl.Basic{Kind: abi.UChar},
	16: &decl.Basic{Kind: abi.UShort},
	32: &decl.Basic{Kind: abi.UInt},
	64: &decl.Basic{Kind: abi.ULongLong},
}

// declared is a type with the array bounds that the member has.
func (e *editor) declared(m *cause.Member, typ string) string {
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		engine := e.Views[i].Target.Engine
		t := f.Decl.Type
		for range maxDimensions {
			resolved, err := engine.Resolve(t)
			array, ok := resolved.(*decl.Array)
			if err != nil || !ok {
				break
			}
			bound := ""
			if n, err := engine.Eval(array.Len); array.Len != nil && err == nil {
				bound = strconv.FormatUint(n.Lo, 10)
			}
			typ += "[" + bound + "]"
			t = array.Elem
		}
		break
	}
	return typ
}
