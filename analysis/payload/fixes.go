package payload

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/fix"
	"abide/analysis/text"
	"abide/analysis/token"
)

// editor plans one fix of a record.
type editor struct {
	*Record
	source *fix.Record
	plan   *fix.Plan
	draft  *cause.Draft
	style  fix.Style
	names  map[string]bool // members that the record has already
	unit   string          // of the new type, for the title
	note   string          // what the title ends in, before the cost
	more   []text.Edit     // outside of the record
	bad    bool
}

func (r *Record) editor() *editor {
	read := r.pass.Memo(sourceKey{r}, func() any { return r.read() }).(*source)
	return &editor{
		Record: r,
		source: read.Record,
		plan:   read.Plan(),
		draft:  cause.NewDraft(r.Report.Views),
		style:  r.style(),
		names:  maps.Clone(read.names),
		bad:    !r.Named() && r.Views[0].Decl.Parent == nil, // the type of a variable, whose initializer stays
	}
}

// source is a record's text, read once for all fixes.
type source struct {
	*fix.Record
	names map[string]bool // that no member can be called
}

type sourceKey struct{ *Record }

func (r *Record) read() *source {
	s := &source{fix.Read(r.pass.Text(), r.Span), map[string]bool{}}
	for _, v := range r.Views {
		d := v.Decl
		for d.Parent != nil && d.ParentField != nil && d.ParentField.Anonymous() {
			d = d.Parent
		}
		addNames(s.names, d)
	}
	return s
}

// addNames collects the names of a record's members, those of anonymous records
// in it too, which share one name space.
func addNames(names map[string]bool, d *decl.Record) {
	for _, f := range d.Fields {
		if f.Name != 0 {
			names[f.Name.String()] = true
			continue
		}
		if ref, ok := f.Type.(*decl.RecordRef); ok && ref.Def != nil {
			addNames(names, ref.Def)
		}
	}
}

type styleKey struct{}

func (r *Record) style() fix.Style {
	file := r.pass.Memo(styleKey{}, func() any { return fix.StyleOf(r.pass.Text()) }).(fix.Style)
	return file.Within(r.pass.Text().Content()[r.Span.Start:r.Span.End])
}

// member gives a member's spans to the plan; ok is false if an edit there is
// not sensible, or would do something else on another view.
func (e *editor) member(m *cause.Member) (out fix.Member, ok bool) {
	for i, f := range m.Fields {
		if f == nil {
			continue
		}
		this, located := e.source.Locate(e.Views[i].Target.Result, f.Decl)
		if !located || ok && out != this {
			return out, false
		}
		out, ok = this, true
	}
	return out, ok
}

// integer is how the file would spell a fixed-width integer; a plain C type
// where it knows no such name.
func (e *editor) integer(bits int, signed bool) string {
	spell := func(s fix.Style) string {
		if signed {
			return s.Signed(bits)
		}
		return s.Unsigned(bits)
	}
	for _, s := range append([]fix.Style{e.style}, fix.Styles()...) {
		if name := spell(s); e.knows(name) {
			return name
		}
	}
	plain := map[int]string{8: "char", 16: "short", 32: "int", 64: "long long"}[bits]
	if signed {
		return "signed " + plain
	}
	return "unsigned " + plain
}

// knows tells whether a type name means something on every view.
func (e *editor) knows(name string) bool {
	sym := token.Intern(name)
	for _, v := range e.Views {
		if v.Target.Unit.Typedef(sym) == nil && v.Target.Result.Macro(sym) == nil {
			return false
		}
	}
	return true
}

var padBits = map[abi.Kind]int{abi.UChar: 8, abi.UShort: 16, abi.UInt: 32, abi.ULongLong: 64}

// pad adds a padding member and says how it is declared.
func (e *editor) pad(p cause.Pad) string {
	name := e.style.PadName(func(s string) bool { return e.names[s] })
	e.names[name] = true
	e.draft.Insert(p)
	d := fix.Decl{Type: e.integer(padBits[p.Kind], false), Declarator: name}
	switch {
	case p.Width > 0:
		d.Declarator += fmt.Sprintf("%s%d", e.colon(p.After), p.Width)
	case p.Count > 0:
		d.Declarator += fmt.Sprintf("[%d]", p.Count)
	}
	at, before := p.After, false
	if at == nil {
		at, before = p.Before, true
	}
	m, ok := e.member(at)
	switch {
	case !ok:
		e.bad = true
	case before:
		e.plan.InsertBefore(m, d)
	default:
		e.plan.InsertAfter(m, d)
	}
	return d.Type + " " + d.Declarator
}

// colon is what stands between a bit-field's name and its width, blanks included.
func (e *editor) colon(m *cause.Member) string {
	if span, ok := e.Place(m); ok {
		rest := e.pass.Text().Content()[span.End:]
		behind := strings.TrimLeft(rest, " \t")
		if width, ok := strings.CutPrefix(behind, ":"); ok {
			return rest[:len(rest)-len(strings.TrimLeft(width, " \t"))]
		}
	}
	return " : "
}

// retype gives a member, or its elements, another type: how the file spells
// it, and what it is.
func (e *editor) retype(m *cause.Member, spelling string, typ decl.Type) {
	at, ok := e.member(m)
	if !ok {
		e.bad = true
		return
	}
	e.plan.Retype(at, spelling)
	e.draft.Retype(m, typ)
}

// fix finishes the plan; nil if it cannot be carried out.
func (e *editor) fix(title string, preferred bool) []analysis.Fix {
	if e.bad {
		return nil
	}
	edits, err := e.plan.Edits()
	if err != nil || len(edits) == 0 {
		return nil
	}
	edits = append(edits[:len(edits):len(edits)], e.more...)
	slices.SortStableFunc(edits, func(a, b text.Edit) int { return a.Span.Start - b.Span.Start })
	return []analysis.Fix{{Title: title + e.note + e.cost(), Edits: edits, Preferred: preferred}}
}

// cost says behind a title on which ABIs the edit changes what programs that
// are built already know: the place of a member, or the size of the record, of
// one that contains it, and with it the number of a command.
func (e *editor) cost() string {
	if shipped := e.pass.Config().Shipped; shipped != nil && !shipped(e.Record.Record) {
		return ""
	}
	changed := e.draft.Changed(func(view int) []*decl.Record {
		var list []*decl.Record
		for _, x := range e.Containers() {
			for _, v := range x.Views {
				if v.Target == e.Views[view].Target {
					list = append(list, v.Decl)
				}
			}
		}
		return list
	})
	names := e.Names(func(view int) bool { return changed[view] })
	if len(names) == 0 {
		return ""
	}
	return changes(names)
}

// PadFixes offers explicit padding for a gap, and what else cures it.
func (r *Record) PadFixes(g *cause.Gap) []analysis.Fix {
	var fixes []analysis.Fix
	if pads, _ := r.pads(); len(pads) > 0 {
		e := r.editor()
		var added []string
		for _, p := range pads {
			if p.Before == g.Before && (p.After == g.After || g.Before != nil) {
				added = append(added, "'"+e.pad(p)+"'")
			}
		}
		if len(added) > 0 {
			fixes = e.fix("Insert "+strings.Join(added, " and ")+where(g), true)
		}
	}
	fixes = r.addWhole(fixes)
	return append(fixes, r.alignFix(g)...)
}

func where(g *cause.Gap) string {
	switch {
	case g.After != nil && g.After.Decl().Name != 0:
		return " after " + Quoted(g.After)
	case g.Before != nil && g.Before.Decl().Name != 0:
		return " before " + Quoted(g.Before)
	}
	return ""
}

// maxPadded bounds how many members a record may have that padding is planned
// for: each pad is tried on all of them.
const maxPadded = 400

type padsKey struct{ *Record }

type plannedPads struct {
	pads []cause.Pad
	ok   bool
}

func (r *Record) pads() ([]cause.Pad, bool) {
	p := r.pass.Memo(padsKey{r}, func() any {
		if r.Partial || len(r.Members) > maxPadded {
			return plannedPads{}
		}
		pads, ok := r.Pads()
		if last := len(pads) - 1; last >= 0 && pads[last].Before == nil && r.endsVariable() {
			pads, ok = pads[:last:last], false
		}
		return plannedPads{pads, ok}
	}).(plannedPads)
	return p.pads, p.ok
}

type wholeKey struct{ *Record }

// addWhole adds the fix of the whole record where it does more than the first.
func (r *Record) addWhole(fixes []analysis.Fix) []analysis.Fix {
	whole := r.pass.Memo(wholeKey{r}, func() any { return r.wholeFix() }).([]analysis.Fix)
	if len(whole) == 0 || len(fixes) > 0 && slices.Equal(whole[0].Edits, fixes[0].Edits) {
		return fixes
	}
	return append(fixes, whole...)
}

// wholeFix makes the record the same on all ABIs in one step: every gap
// explicit, every pointer and every integer of varying width 64 bits wide. It
// is offered where that takes more than one change.
func (r *Record) wholeFix() []analysis.Fix {
	pads, ok := r.pads()
	if !ok || len(pads)+len(r.Pointers)+len(r.Sizes) < 2 || len(r.Report.Records) > 0 || r.Moved != nil {
		return nil
	}
	e := r.editor()
	for _, m := range r.Pointers {
		e.widen(m, false)
		if _, others := e.wrapUses(m); others {
			e.note = usesLeft
		}
	}
	for _, m := range r.Sizes {
		signed := true
		for i, f := range m.Fields {
			if f != nil && !r.Integer(m, i) {
				return nil
			}
			signed = signed && (f == nil || r.Signed(m, i))
		}
		e.widen(m, signed)
	}
	for _, p := range pads {
		e.pad(p)
	}
	title := "Make " + r.Record.Name + " the same on every ABI: "
	switch n := len(r.Pointers) + len(r.Sizes); {
	case n == 0 && r.alike():
		title = "Make all padding of " + r.Record.Name + " explicit"
	case n == 0:
		title += "explicit padding"
	case len(pads) == 0:
		title += "64-bit members"
	default:
		title += "explicit padding and 64-bit members"
	}
	return e.fix(title, false)
}

// alike tells whether no gap differs between the views.
func (r *Record) alike() bool {
	for _, g := range r.Gaps {
		if !g.Agreed() {
			return false
		}
	}
	return r.Tail == nil || r.Tail.Agreed()
}

// alignFix offers __aligned_u64 where that is the cure: the tail of a union or
// under a flexible array, which no member can fill, is then alike on all ABIs.
func (r *Record) alignFix(g *cause.Gap) []analysis.Fix {
	const aligned = "__aligned_u64"
	e := r.editor()
	if g.Before != nil || !r.Union && !r.EndsFlexible() || g.Agreed() ||
		e.style.Unsigned(64) == "uint64_t" || !e.knows(aligned) {
		return nil
	}
	for _, m := range r.Members {
		if !r.plainU64(m) || !r.AgreesAligned(m, 8) {
			continue
		}
		e.retype(m, aligned, &decl.Attributed{Type: integers[64], Attrs: decl.Attrs{
			Aligned: []decl.Align{{Expr: &decl.Int{Value: 8, Long: abi.Int, Decimal: true}}},
		}})
		return e.fix(fmt.Sprintf("Change %s to '%s': the padding stays, alike on every ABI", Quoted(m), aligned), false)
	}
	return nil
}

// plainU64 tells whether a member is a single unsigned 64-bit integer.
func (r *Record) plainU64(m *cause.Member) bool {
	for i, f := range m.Fields {
		if f == nil || f.Bitfield || f.BitSize != 64 || r.IsArray(m) || !r.Integer(m, i) || r.Signed(m, i) {
			return false
		}
	}
	return true
}
