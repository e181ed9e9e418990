package analysis

import (
	"context"
	"maps"
	"slices"
	"sync"

	"abide/analysis/decl"
	"abide/analysis/token"
	"abide/analysis/usercopy"
)

// copies finds what the file's function bodies move across the boundary.
func (s *Snapshot) copies(ctx context.Context) ([]usercopy.Named, error) {
	v, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	return usercopy.Name(usercopy.Find(s.Code(), v.isType)), nil
}

// typeNames is which of some identifiers are typedefs, on whatever target.
type typeNames struct {
	mu    sync.Mutex
	known map[token.Sym]bool
}

func (v *version) isType(name token.Sym) bool {
	v.types.mu.Lock()
	defer v.types.mu.Unlock()
	is, ok := v.types.known[name]
	if !ok {
		is = slices.ContainsFunc(v.targets, func(t *Target) bool { return t.Unit.Typedef(name) != nil })
		if v.types.known == nil {
			v.types.known = map[token.Sym]bool{}
		}
		v.types.known[name] = is
	}
	return is
}

// inheritTypes takes over what the version before knew of names that no target
// has declared anew.
func (v *version) inheritTypes(base *version) {
	if base == nil || len(base.targets) != len(v.targets) {
		return
	}
	var changed []token.Sym
	for _, t := range v.targets {
		names, ok := t.Unit.Changed()
		if !ok || base.target(t.ABI) == nil {
			return
		}
		changed = append(changed, names...)
	}
	base.types.mu.Lock()
	v.types.known = maps.Clone(base.types.known)
	base.types.mu.Unlock()
	for _, name := range changed {
		delete(v.types.known, name)
	}
}

// copied is the payload that a copier's argument names; nil if it names none.
func (t *Target) copied(c *usercopy.Named) *decl.Record {
	typ := c.Expr.Root
	for _, st := range c.Expr.Steps {
		if typ = t.apply(typ, st); typ == nil {
			return nil
		}
	}
	return t.recordOf(typ)
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
