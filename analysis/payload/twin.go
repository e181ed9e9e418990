package payload

import (
	"fmt"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// CompatNames is what the kernel's authors call the record of 32-bit programs
// for one, by its tag or typedef.
func CompatNames(name string) []string {
	base := strings.TrimSuffix(name, "_t")
	list := []string{"compat_" + base, base + "32", base + "_32"}
	if base != name {
		list = append(list, "compat_"+name, base+"32_t", base+"_32_t")
	}
	return list
}

// bases is the names that a compat record's own may be made of.
func bases(name string) []string {
	var list []string
	if base, ok := strings.CutPrefix(name, "compat_"); ok {
		list = append(list, base, base+"_t")
	}
	base := strings.TrimSuffix(name, "_t")
	for _, suffix := range []string{"_32", "32"} {
		if s, ok := strings.CutSuffix(base, suffix); ok && s != "" {
			list = append(list, s, s+"_t")
		}
	}
	return list
}

// Harm is how bad it is that ABIs disagree about the record: less so if
// somebody has seen to it.
func (r *Record) Harm() analysis.Severity {
	if r.Handled() {
		return analysis.Information
	}
	return analysis.Warning
}

// typeHarm is the same where a member's own type makes the difference, which
// programs are to be rid of: a record that they see, too, is no translation.
func (r *Record) typeHarm() analysis.Severity {
	if r.Handled() && r.translated() {
		return analysis.Information
	}
	return analysis.Warning
}

// translated tells whether the kernel has the record's compat record for itself:
// it is called so, made of compat types, or hidden from programs.
func (r *Record) translated() bool {
	for _, own := range names(r.Outer().Views) {
		for _, name := range CompatNames(own) {
			if r.Outer().hidden(name) {
				return true
			}
			for _, v := range r.Views {
				if l := recordNamed(v.Target, r.Outer().Union, token.Intern(name)); l != nil && (strings.HasPrefix(name, "compat_") || ofCompatTypes(l)) {
					return true
				}
			}
		}
	}
	return false
}

// ofCompatTypes tells whether a member's type is one that only a kernel has for
// its 32-bit programs.
func ofCompatTypes(l *layout.Layout) bool {
	return slices.ContainsFunc(l.Fields, func(f layout.Field) bool {
		t := f.Decl.Type
		for array, ok := t.(*decl.Array); ok; array, ok = t.(*decl.Array) {
			t = array.Elem
		}
		switch t := t.(type) {
		case *decl.TypedefRef:
			return strings.HasPrefix(t.Name.String(), "compat_") || t.Name.String() == "old_time32_t"
		case *decl.RecordRef:
			return t.Tag != 0 && strings.HasPrefix(t.Tag.String(), "compat_") || f.Sub != nil && t.Tag == 0 && ofCompatTypes(f.Sub)
		}
		return false
	})
}

type handledKey struct{ *Record }

// Handled tells whether a record beside this one, compat_x or x32 for x, has
// the layout of the programs that the kernel has to translate for, or whether
// the file has one under an #if that no ABI takes. What has no name is handled
// with what it stands in.
func (r *Record) Handled() bool {
	return r.pass.Memo(handledKey{r}, func() any {
		if outer := r.Outer(); outer != r {
			return outer.Handled()
		}
		for _, own := range names(r.Views) {
			for _, name := range CompatNames(own) {
				if r.twin(token.Intern(name)) || r.hidden(name) {
					return true
				}
			}
		}
		return false
	}).(bool)
}

// Outer is the record itself if it has a name, else the next around it in the
// file that has one, if that is in scope.
func (r *Record) Outer() *Record {
	best := r
	if r.Named() {
		return r
	}
	for _, x := range r.Containers() {
		if x.Named() && x.Span.Start <= r.Span.Start && r.Span.End <= x.Span.End && (best == r || x.Span.Start > best.Span.Start) {
			best = x
		}
	}
	return best
}

// names is the record's tag, or else its typedefs.
func names(views []analysis.View) []string {
	for _, v := range views {
		if v.Decl == nil {
			continue
		}
		if v.Decl.Tag != 0 {
			return []string{v.Decl.Tag.String()}
		}
		var list []string
		for _, t := range v.Decl.Typedefs {
			list = append(list, t.String())
		}
		return list
	}
	return nil
}

// hidden tells whether the file defines a record that no view knows.
func (r *Record) hidden(name string) bool {
	return r.pass.Spells(recordWord(r.Union)+" "+name) && !slices.ContainsFunc(r.Views, func(v analysis.View) bool {
		return v.Target.Unit.Record(r.Union, token.Intern(name)) != nil
	})
}

// twin tells whether the record of a name stands for this one wherever a kernel
// knows it.
func (r *Record) twin(name token.Sym) bool {
	return stands(r.Views, func(i int) *layout.Layout { return recordNamed(r.Views[i].Target, r.Union, name) })
}

// translates tells whether a record is, or stands inside of, what a kernel
// reads in the place of another one, for programs of 32 bits: it has their
// layout on purpose.
func translates(r *analysis.Record) bool {
	own := make([]*layout.Layout, len(r.Views))
	outermost, union := make([]analysis.View, len(r.Views)), false
	for i, v := range r.Views {
		if v.Decl == nil {
			continue
		}
		d := v.Decl
		for d.Parent != nil {
			d = d.Parent
		}
		own[i] = v.Layout
		if d != v.Decl {
			own[i], _ = v.Target.Engine.Record(d)
		}
		outermost[i].Decl, union = d, d.Union
	}
	for _, name := range names(outermost) {
		for _, base := range bases(name) {
			views := make([]analysis.View, len(r.Views))
			for i, v := range r.Views {
				views[i] = analysis.View{Target: v.Target, Layout: recordNamed(v.Target, union, token.Intern(base))}
			}
			if stands(views, func(i int) *layout.Layout { return own[i] }) {
				return true
			}
		}
	}
	return false
}

// stands tells whether a twin has on every ABI with 64-bit pointers that knows
// one the layout that a 32-bit partner has for the record.
func stands(views []analysis.View, twin func(view int) *layout.Layout) bool {
	found := false
	for i := range views {
		v := &views[i]
		differs, right := false, false
		var l *layout.Layout
		for k := range views {
			w := &views[k]
			if v.Layout == nil || w.Layout == nil || !slices.Contains(v.Target.ABI.Partners, w.Target.ABI.Name) ||
				v.Target.ABI.Types[abi.Pointer].Size <= w.Target.ABI.Types[abi.Pointer].Size || agree(v.Layout, w.Layout, true) {
				continue
			}
			if l == nil {
				if l = twin(i); l == nil {
					break // this kernel serves no 32-bit programs
				}
			}
			differs = true
			right = right || agree(l, w.Layout, false)
		}
		if differs && !right {
			return false
		}
		found = found || right
	}
	return found
}

// wrong notes a record that is named as this one's compat record and has
// another layout than the programs that it is for.
func (r *Record) wrong() []analysis.Related {
	if r.Handled() {
		return nil
	}
	for _, own := range names(r.Views) {
		for _, name := range CompatNames(own) {
			sym := token.Intern(name)
			for i := range r.Views {
				v := &r.Views[i]
				l := recordNamed(v.Target, r.Union, sym)
				w := r.narrower(v)
				if l == nil || w == nil || agree(v.Layout, w.Layout, true) || agree(l, w.Layout, false) {
					continue
				}
				tok := l.Record.TagTok
				if tok == nil {
					tok = l.Record.Open
				}
				loc, _ := v.Target.Result.Place(tok)
				return []analysis.Related{{Loc: loc, Message: mistake(l, w, recordWord(r.Union)+" "+name, r.Record.Name)}}
			}
		}
	}
	return nil
}

// narrower is the first view of programs with 32-bit pointers that a view's
// kernel serves; nil for none.
func (r *Record) narrower(v *analysis.View) *analysis.View {
	if v.Target.ABI.Types[abi.Pointer].Size < 8 {
		return nil
	}
	for _, name := range v.Target.ABI.Partners {
		for i := range r.Views {
			if w := &r.Views[i]; w.Target.ABI.Name == name && w.Target.ABI.Types[abi.Pointer].Size == 4 {
				return w
			}
		}
	}
	return nil
}

// mistake says how a compat record differs from what programs have.
func mistake(l *layout.Layout, w *analysis.View, compat, name string) string {
	if l.Size != w.Layout.Size {
		return fmt.Sprintf("%s is %s on %s, but programs of %s have %s", compat, Bytes(l.Size), l.ABI.Name, w.Target.ABI.Name, Bytes(w.Layout.Size))
	}
	at := map[string]int64{}
	for m := range w.Layout.Members() {
		at[m.Path] = m.BitOffset
	}
	for m := range l.Members() {
		if offset, ok := at[m.Path]; ok && offset != m.BitOffset {
			return fmt.Sprintf("'%s' lies at %s in %s on %s, but at %s in %s on %s",
				m.Path, Place(m.BitOffset), compat, l.ABI.Name, Place(offset), name, w.Target.ABI.Name)
		}
	}
	return compat + " has another layout than " + name + " on " + w.Target.ABI.Name
}

// agree tells whether two records have the same size, and the members that both
// have by name at the same places; with widths, of the same size, too.
func agree(a, b *layout.Layout, widths bool) bool {
	if a.Size != b.Size {
		return false
	}
	at := map[string]layout.Member{}
	for m := range a.Members() {
		at[m.Path] = m
	}
	for m := range b.Members() {
		other, ok := at[m.Path]
		if ok && (other.BitOffset != m.BitOffset || widths && other.Field.BitSize != m.Field.BitSize) {
			return false
		}
	}
	return true
}

// recordNamed is a record by its tag or a typedef of it, as a target lays it
// out; nil if it knows none.
func recordNamed(t *analysis.Target, union bool, name token.Sym) *layout.Layout {
	d := t.Unit.Record(union, name)
	if d == nil {
		typedef := t.Unit.Typedef(name)
		if typedef == nil {
			return nil
		}
		ref, ok := typedef.Type.(*decl.RecordRef)
		if !ok || ref.Def == nil || ref.Union != union {
			return nil
		}
		d = ref.Def
	}
	l, err := t.Engine.Record(d)
	if err != nil {
		return nil
	}
	return l
}
