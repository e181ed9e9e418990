package compat

import (
	"fmt"
	"strconv"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// member makes a member what the kernel has for it; ok is false if there is no
// type for that.
func (w *writer) member(f *decl.Field, depth int) (m member, ok bool) {
	m.of = f
	if m.attrs, ok = w.attributes(f.Attrs); !ok {
		return m, false
	}
	if f.Bits != nil {
		n, err := w.template().Engine.Eval(f.Bits)
		if err != nil {
			return m, false
		}
		m.bits = " : " + strconv.FormatUint(n.Lo, 10)
	}
	ok = w.convert(f.Type, &m, depth)
	w.spellBounds(f, &m)
	return m, ok
}

// template is the 32-bit ABI whose definitions are translated.
func (w *writer) template() *analysis.Target { return w.pairs[0].narrow }

// convert finds the kernel's type for a type, arrays taken apart.
func (w *writer) convert(t decl.Type, m *member, depth int) bool {
	for range maxNesting {
		switch x := t.(type) {
		case *decl.Array:
			if !w.bound(x, m) {
				return false
			}
			t = x.Elem
			continue
		case *decl.Attributed:
			if plainQualifiers(x.Attrs) {
				t = x.Type
				continue
			}
			return false
		case *decl.Typeof:
			if x.Type == nil {
				return false
			}
			t = x.Type
			continue
		}
		resolved, err := w.template().Engine.Resolve(t)
		if err != nil {
			return false
		}
		if array, ok := resolved.(*decl.Array); ok {
			if w.stays(t) && !vector(w.template(), t) {
				return w.keep(t, m)
			}
			t = array
			continue
		}
		return w.element(t, resolved, m, depth)
	}
	return false
}

// plainQualifiers tells whether attributes are nothing but qualifiers.
func plainQualifiers(a decl.Attrs) bool {
	return !a.Atomic && !a.Packed && len(a.Aligned) == 0 && a.Mode == "" && a.VectorSize == nil
}

// bound takes an array's bound over: as it is where it means one number, else
// the number that 32-bit programs have.
func (w *writer) bound(a *decl.Array, m *member) bool {
	d := dimension{len: make([]decl.Expr, len(w.pairs))}
	if a.Len == nil {
		m.dims = append(m.dims, d)
		return true
	}
	n, err := w.template().Engine.Eval(a.Len)
	if err != nil {
		return false
	}
	same := true
	for _, p := range w.pairs {
		narrow, err := p.narrow.Engine.Eval(a.Len)
		if err != nil || narrow.Lo != n.Lo {
			return false
		}
		wide, err := p.wide.Engine.Eval(a.Len)
		same = same && err == nil && wide.Lo == n.Lo
	}
	d.text, d.same = strconv.FormatUint(n.Lo, 10), same
	for i := range d.len {
		d.len[i] = &decl.Int{Value: n.Lo, Long: abi.Int, Decimal: true}
		if same {
			d.len[i] = a.Len
		}
	}
	m.dims = append(m.dims, d)
	return true
}

// element finds the kernel's type for one that is no array.
func (w *writer) element(t, resolved decl.Type, m *member, depth int) bool {
	switch x := resolved.(type) {
	case *decl.Pointer:
		m.spec, m.types = "compat_uptr_t", w.all(&decl.Basic{Kind: abi.UInt})
		return true
	case *decl.Basic:
		return w.basic(t, x, m)
	case *decl.EnumRef:
		if x.Tag == 0 && !named(t) {
			return w.integer("unsigned int", "int", 4, t, m)
		}
		return w.stays(t) && w.keep(t, m)
	case *decl.RecordRef:
		if x.Def == nil {
			return false
		}
		if x.Def.Tag == 0 && len(x.Def.Typedefs) == 0 {
			m.in = w.translate(x.Def, "", depth+1)
			m.types = make([]decl.Type, len(w.pairs))
			return m.in != nil
		}
		return w.inner(t, x.Def, m)
	}
	return false
}

func (w *writer) basic(t decl.Type, b *decl.Basic, m *member) bool {
	template := w.template()
	size := template.ABI.Types[b.Kind].Size
	if b.Complex {
		return w.stays(t) && w.keep(t, m)
	}
	switch {
	case w.aligned(t, 0):
		return w.stays(t) && w.keep(t, m)
	case size == 8 && (b.Kind <= abi.ULongLong || w.shifts(b.Kind)): // also where no selected ABI aligns it otherwise: headers are for all
		return w.integer("compat_u64", "compat_s64", 8, t, m)
	case w.stays(t):
		return w.keep(t, m)
	case size == 4:
		name := compatName(template, t)
		if name == "" {
			return w.integer("compat_ulong_t", "compat_long_t", 4, t, m)
		}
		return w.integer(name, name, 4, t, m)
	case size == 2:
		return w.integer("compat_ushort_t", "compat_short_t", 2, t, m)
	}
	return false
}

// shifts tells whether a kind is aligned less in a 32-bit record.
func (w *writer) shifts(k abi.Kind) bool {
	for _, p := range w.pairs {
		if p.wide.ABI.Types[k].FieldAlign != p.narrow.ABI.Types[k].FieldAlign {
			return true
		}
	}
	return false
}

// integer takes one of two names for a type, by its sign.
func (w *writer) integer(unsigned, signed string, size int64, t decl.Type, m *member) bool {
	kinds := map[int64][2]abi.Kind{2: {abi.UShort, abi.Short}, 4: {abi.UInt, abi.Int}, 8: {abi.ULongLong, abi.LongLong}}[size]
	sign := 1
	for i, p := range w.pairs {
		resolved, err := p.narrow.Engine.Resolve(t)
		if err != nil {
			return false
		}
		info, err := p.narrow.Engine.Type(t)
		if err != nil || info.Size != size {
			return false
		}
		if b, ok := resolved.(*decl.Basic); !ok || p.narrow.ABI.Unsigned(b.Kind) || b.Kind > abi.ULongLong {
			sign = 0
		}
		basic := decl.Type(&decl.Basic{Kind: kinds[sign]})
		if size == 8 && p.wide.ABI.Arch == "x86" {
			basic = &decl.Attributed{Type: basic, Attrs: decl.Attrs{
				Aligned: []decl.Align{{Expr: &decl.Int{Value: 4, Long: abi.Int, Decimal: true}}},
			}}
		}
		if i == 0 {
			m.types = nil
		}
		m.types = append(m.types, basic)
	}
	m.spec = []string{unsigned, signed}[sign]
	return true
}

// inner finds the record that stands for one that a member is.
func (w *writer) inner(t decl.Type, d *decl.Record, m *member) bool {
	if known := kernelRecords[stem(d)]; known.name != "" && !d.Union {
		m.spec, m.types = "struct "+known.name, w.all(&decl.RecordRef{Def: known.record()})
		return true
	}
	if w.stays(t) && w.alike(t) {
		return w.keep(t, m)
	}
	word := "struct "
	if d.Union {
		word = "union "
	}
	if name := w.written(d); name != "" {
		m.spec, m.types = word+name, w.all(&decl.RecordRef{Union: d.Union, Tag: token.Intern(name)})
		return w.follow(name, d.Union)
	}
	if name := w.hidden(d); name != "" { // taken to be right: who wrote it has compiled it
		r := w.translate(d, name, 0)
		if r == nil || !w.follow(name, d.Union) {
			return false
		}
		m.spec = word + name
		for i := range w.pairs {
			m.types = append(m.types, &decl.RecordRef{Union: d.Union, Def: r.built[i]})
		}
		return true
	}
	r := w.record(d)
	if r == nil {
		return false
	}
	m.spec = word + r.name
	for i := range w.pairs {
		m.types = append(m.types, &decl.RecordRef{Union: d.Union, Tag: token.Intern(r.name), Def: r.built[i]})
	}
	return true
}

// alike tells whether a record that a type is may stay as it is.
func (w *writer) alike(t decl.Type) bool {
	for _, p := range w.pairs {
		a, b := recordOf(p.wide, t), recordOf(p.narrow, t)
		if a == nil || b == nil || !same(a, b) || !w.minimal && a.Align != b.Align {
			return false
		}
	}
	return true
}

func recordOf(t *analysis.Target, typ decl.Type) *layout.Layout {
	resolved, err := t.Engine.Resolve(typ)
	if err != nil {
		return nil
	}
	ref, ok := resolved.(*decl.RecordRef)
	if !ok || ref.Def == nil {
		return nil
	}
	l, err := t.Engine.Record(ref.Def)
	if err != nil {
		return nil
	}
	return l
}

// stays tells whether a type has one size on both sides of every pair.
func (w *writer) stays(t decl.Type) bool {
	for _, p := range w.pairs {
		a, err := p.wide.Engine.Type(t)
		if err != nil {
			return false
		}
		b, err := p.narrow.Engine.Type(t)
		if err != nil || a.Size != b.Size {
			return false
		}
	}
	return true
}

// keep leaves a type as it is spelled.
func (w *writer) keep(t decl.Type, m *member) bool {
	m.spec, m.types = strings.TrimSpace(w.template().Spell(t, "")), w.all(t)
	return !strings.ContainsAny(m.spec, "?…")
}

func (w *writer) all(t decl.Type) []decl.Type {
	list := make([]decl.Type, len(w.pairs))
	for i := range list {
		list[i] = t
	}
	return list
}

// aligned tells whether somebody asked for a type's alignment.
func (w *writer) aligned(t decl.Type, depth int) bool {
	switch x := t.(type) {
	case *decl.Attributed:
		return len(x.Attrs.Aligned) > 0 || depth < maxNesting && w.aligned(x.Type, depth+1)
	case *decl.TypedefRef:
		d := w.template().Unit.Typedef(x.Name)
		return d != nil && (len(d.Attrs.Aligned) > 0 || depth < maxNesting && w.aligned(d.Type, depth+1))
	}
	return false
}

func vector(t *analysis.Target, typ decl.Type) bool {
	for range maxNesting {
		ref, ok := typ.(*decl.TypedefRef)
		if !ok {
			break
		}
		d := t.Unit.Typedef(ref.Name)
		if d == nil {
			break
		}
		if d.Attrs.VectorSize != nil {
			return true
		}
		typ = d.Type
	}
	a, ok := typ.(*decl.Attributed)
	return ok && a.Attrs.VectorSize != nil
}

func named(t decl.Type) bool {
	_, ok := t.(*decl.TypedefRef)
	return ok
}

// attributes spells the attributes of a member or record that bear on its layout.
func (w *writer) attributes(a decl.Attrs) (s string, ok bool) {
	if a.Atomic || a.VectorSize != nil {
		return "", false
	}
	if a.Packed {
		s += " __packed"
	}
	for _, x := range a.Aligned {
		n := w.template().ABI.MaxAlign
		switch {
		case x.Expr != nil:
			v, err := w.template().Engine.Eval(x.Expr)
			if err != nil {
				return "", false
			}
			n = int64(v.Lo)
		case x.Type != nil:
			info, err := w.template().Engine.Type(x.Type)
			if err != nil {
				return "", false
			}
			n = info.Align
		}
		s += fmt.Sprintf(" __aligned(%d)", n)
	}
	return s, true
}
