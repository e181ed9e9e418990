package analysis

import (
	"abide/analysis/decl"
	"abide/analysis/token"
	"abide/analysis/usercopy"
)

// copies finds what the file's function bodies move across the boundary.
func (s *Snapshot) copies(targets []*Target) []usercopy.Copy {
	return usercopy.Find(s.Code(), typeNames(targets))
}

// typeNames tells which identifiers are typedefs, on whatever target.
func typeNames(targets []*Target) func(token.Sym) bool {
	known := map[token.Sym]bool{}
	return func(name token.Sym) bool {
		is, ok := known[name]
		if !ok {
			for _, t := range targets {
				if t.Unit.Typedef(name) != nil {
					is = true
					break
				}
			}
			known[name] = is
		}
		return is
	}
}

// copied is the payload that a copier's argument names; nil if it names none.
func (t *Target) copied(c *usercopy.Copy) *decl.Record {
	typ := c.Expr.Root
	for _, st := range c.Expr.Steps {
		if typ = t.apply(typ, st); typ == nil {
			return nil
		}
	}
	if c.Role == usercopy.Sized {
		return t.recordOf(typ)
	}
	return t.pointee(typ)
}

// pointee is the record that a type points to or is an array of.
func (t *Target) pointee(typ decl.Type) *decl.Record {
	elem := t.apply(typ, usercopy.Step{Op: usercopy.Deref})
	if elem == nil {
		return nil
	}
	return t.recordOf(elem)
}

func (t *Target) apply(typ decl.Type, st usercopy.Step) decl.Type {
	switch st.Op {
	case usercopy.Addr:
		return &decl.Pointer{Elem: typ}
	case usercopy.Arrow:
		if typ = t.apply(typ, usercopy.Step{Op: usercopy.Deref}); typ == nil {
			return nil
		}
	}
	switch r := t.resolve(typ).(type) {
	case *decl.Pointer:
		if st.Op == usercopy.Deref {
			return r.Elem
		}
	case *decl.Array:
		if st.Op == usercopy.Deref {
			return r.Elem
		}
	case *decl.RecordRef:
		if st.Op == usercopy.Member || st.Op == usercopy.Arrow {
			if f := t.fieldNamed(t.recordOf(r), st.Name, 0); f != nil {
				return f.Type
			}
		}
	}
	return nil
}

// fieldNamed finds a member, in anonymous ones too.
func (t *Target) fieldNamed(d *decl.Record, name token.Sym, depth int) *decl.Field {
	if d == nil || depth > maxNesting {
		return nil
	}
	for _, f := range d.Fields {
		if f.Name == name {
			return f
		}
		if f.Anonymous() {
			if inner := t.fieldNamed(t.recordOf(f.Type), name, depth+1); inner != nil {
				return inner
			}
		}
	}
	return nil
}
