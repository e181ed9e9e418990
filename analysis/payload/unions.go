package payload

import (
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/layout"
)

// Unwritten tells whether writing one member of a union can leave bytes of
// another as they were: members differ in size (in bits, on the first view), no
// integer or array of integers covers all of it, and no record around it has a
// member that could tell which one is in use. What only commands carry that take
// it from the program, too, the program has filled.
func (r *Record) Unwritten() (small, large int64, ok bool) {
	for _, m := range r.Members {
		n := r.Size(m, 0)
		if n < 0 || r.Moved != nil || r.covers(m) {
			return 0, 0, false
		}
		if n == 0 { // a flexible array
			continue
		}
		if small == 0 || n < small {
			small = n
		}
		large = max(large, n)
	}
	return small, large, small < large && !r.tagged() && !r.filled()
}

// filled tells whether every command that carries the union, or a record around
// it, has the program write it first, and nothing but commands makes it cross.
func (r *Record) filled() bool {
	if !strings.HasPrefix(r.Reason, "ioctl ") && !strings.HasPrefix(r.Reason, "member of ") {
		return false
	}
	carried := false
	for _, x := range append([]*Record{r}, r.Containers()...) {
		for _, c := range x.Commands {
			for _, v := range c.Values {
				if v != nil && v.Err == nil {
					if v.Code.Dir&ioctl.Write == 0 {
						return false
					}
					carried = true
				}
			}
		}
	}
	return carried
}

// covers tells whether a member is plain integers as large as the union.
func (r *Record) covers(m *cause.Member) bool {
	for i, v := range r.Views {
		if m.Fields[i] == nil || !r.Integer(m, i) || r.Size(m, i) != 8*v.Layout.Size {
			return false
		}
	}
	return true
}

// tagged tells whether every record that the union stands in has an integer or
// enum beside it.
func (r *Record) tagged() bool {
	if len(r.Commands) > 0 {
		return false
	}
	d := r.Views[0].Decl
	if p := d.Parent; p != nil {
		for p.Parent != nil && p.ParentField != nil && p.ParentField.Anonymous() && !scalars(r.Views[0].Target, p) {
			p = p.Parent
		}
		return scalars(r.Views[0].Target, p)
	}
	around := r.Containers()
	for _, x := range around {
		if !x.Union && !scalars(x.Views[0].Target, x.Views[0].Decl) {
			return false
		}
	}
	return len(around) > 0
}

// scalars tells whether a struct has a single integer or enum.
func scalars(t *analysis.Target, d *decl.Record) bool {
	if d.Union {
		return false
	}
	for _, f := range d.Fields {
		resolved, err := t.Engine.Resolve(f.Type)
		if err != nil || f.Name == 0 {
			continue
		}
		switch x := resolved.(type) {
		case *decl.Basic:
			if !x.Complex && x.Kind >= abi.Bool && x.Kind <= abi.UInt128 {
				return true
			}
		case *decl.EnumRef:
			return true
		}
	}
	return false
}

// RawFixes offers a member of plain integers as large as the union, which
// changes no layout.
func (r *Record) RawFixes() []analysis.Fix {
	size := r.Views[0].Layout.Size
	for _, u := range []struct {
		kind  abi.Kind
		bytes int64
	}{{abi.ULongLong, 8}, {abi.UInt, 4}, {abi.UShort, 2}, {abi.UChar, 1}} {
		if size%u.bytes != 0 || !r.each(func(l *layout.Layout) bool { return l.Size == size }) {
			continue
		}
		e := r.editor()
		p := cause.Pad{After: r.Members[len(r.Members)-1], Kind: u.kind, Count: size / u.bytes, Bits: 8 * size}
		if p.Count == 1 {
			p.Count = 0
		}
		e.style.Pad = "reserved"
		title := "Insert '" + e.pad(p) + "'"
		if e.cost() != "" {
			continue
		}
		return e.fix(title, false)
	}
	return nil
}

func (r *Record) each(holds func(*layout.Layout) bool) bool {
	for _, v := range r.Views {
		if !holds(v.Layout) {
			return false
		}
	}
	return true
}

// Overlaid tells whether the record is a struct that nothing but a member of a
// union names, and another member of that union is as large as it is on every
// view: what lies behind its last member is then that member's, and alike.
func (r *Record) Overlaid() bool {
	if r.Named() {
		return false
	}
	sizes := map[int64]bool{}
	for _, v := range r.Views {
		p := v.Decl.Parent
		if p == nil || !p.Union {
			return false
		}
		l, err := v.Target.Engine.Record(p)
		if err != nil || !slices.ContainsFunc(l.Fields, func(f layout.Field) bool {
			return f.BitSize == 8*l.Size && (f.Sub == nil || f.Sub.Record != v.Decl && f.Sub.TailBits == 0)
		}) {
			return false
		}
		sizes[l.Size] = true
	}
	return len(sizes) == 1
}
