package usercopy

import (
	"encoding/binary"
	"slices"

	"abide/analysis/decl"
)

// Named is an expression that is a payload, or an array of payloads.
type Named struct {
	Function string // as Copy.Function
	Expr     Expr
}

// Name says what copies name, each once: what is said first of it.
func Name(copies []Copy) []Named {
	var list []Named
	met := make(map[string]bool, len(copies))
	for _, c := range copies {
		e := c.Expr
		if c.Role != Sized {
			e.Steps = append(slices.Clip(e.Steps), Step{Op: Deref})
		}
		e = e.simple()
		if key := e.key(); !met[key] {
			met[key] = true
			list = append(list, Named{c.Function, e})
		}
	}
	return list
}

// simple leaves out an & with the * behind it, and a * of a root that is
// declared as a pointer or an array.
func (e Expr) simple() Expr {
	var steps []Step
	for _, st := range e.Steps {
		if st.Op == Deref && len(steps) > 0 && steps[len(steps)-1].Op == Addr {
			steps = steps[:len(steps)-1]
			continue
		}
		if st.Op == Deref && len(steps) == 0 {
			if elem := element(e.Root); elem != nil {
				e.Root = elem
				continue
			}
		}
		steps = append(steps, st)
	}
	e.Steps = steps
	return e
}

// element is what a pointer points to or an array consists of; nil for other types.
func element(t decl.Type) decl.Type {
	switch t := t.(type) {
	case *decl.Pointer:
		return t.Elem
	case *decl.Array:
		return t.Elem
	}
	return nil
}

// key is the same for expressions of one meaning. An array is not told from its
// elements where nothing is done with it.
func (e Expr) key() string {
	var key []byte
	typ := e.Root
	for elem := element(typ); elem != nil; typ, elem = elem, element(elem) {
		if _, pointer := typ.(*decl.Pointer); pointer {
			key = append(key, '*')
		} else if len(e.Steps) > 0 {
			key = append(key, '[')
		}
	}
	switch t := typ.(type) {
	case *decl.RecordRef:
		kind := byte('s')
		if t.Union {
			kind = 'u'
		}
		key = binary.AppendUvarint(append(key, kind), uint64(t.Tag))
	case *decl.TypedefRef:
		key = binary.AppendUvarint(append(key, 't'), uint64(t.Name))
	}
	for _, st := range e.Steps {
		key = binary.AppendUvarint(append(key, '.', byte(st.Op)), uint64(st.Name))
	}
	return string(key)
}
