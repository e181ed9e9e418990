package layout

import (
	"abide/analysis/decl"
)

// resolve follows typedefs, typeof and attributes. The error is an *Error.
func (w *walk) resolve(t decl.Type) (decl.Type, error) {
	if err := w.enter(); err != nil {
		return nil, err
	}
	defer w.leave()
	switch t := t.(type) {
	case *decl.TypedefRef:
		td := w.namedType(t.Name)
		if td == nil {
			return nil, unknown("unknown type name '%s'", t.Name)
		}
		return w.resolveAttributed(td.Type, &td.Attrs)
	case *decl.Attributed:
		return w.resolveAttributed(t.Type, &t.Attrs)
	case *decl.Typeof:
		if t.Type != nil {
			return w.resolve(t.Type)
		}
		x, err := w.typeOf(t.Expr)
		if err != nil {
			return nil, err
		}
		return w.resolve(x)
	case *decl.RecordRef:
		if t.Def == nil {
			if def := w.definition(t); def != nil {
				return &decl.RecordRef{Union: t.Union, Tag: t.Tag, Def: def}, nil
			}
		}
	case *decl.EnumRef:
		if t.Def == nil {
			if def := w.enumDefinition(t); def != nil {
				return &decl.EnumRef{Tag: t.Tag, Def: def}, nil
			}
		}
	case nil:
		return nil, errorf("the type is not known")
	}
	return t, nil
}

func (w *walk) resolveAttributed(t decl.Type, a *decl.Attrs) (decl.Type, error) {
	if a.Mode != "" {
		var err error
		if t, err = w.withMode(t, a.Mode); err != nil {
			return nil, err
		}
	}
	r, err := w.resolve(t)
	if err != nil || a.VectorSize == nil {
		return r, err
	}
	switch r := r.(type) {
	case *decl.Array:
		return &decl.Array{Elem: &decl.Attributed{Type: r.Elem, Attrs: decl.Attrs{VectorSize: a.VectorSize}}, Len: r.Len}, nil
	case *decl.Basic:
		// A vector has the layout of an array of its elements.
		size := &decl.Binary{Op: "/", X: a.VectorSize, Y: &decl.Sizeof{Type: r}}
		return &decl.Array{Elem: r, Len: size}, nil
	}
	return r, nil
}
