package layout_test

import (
	"abide/analysis/decl"
	"abide/analysis/token"
)

// scope is a decl.Scope made by hand.
type scope struct {
	typedefs map[token.Sym]*decl.Typedef
	records  map[token.Sym]*decl.Record
	enums    map[token.Sym]*decl.Enum
	values   map[token.Sym]*decl.Enumerator
	objects  map[token.Sym]*decl.Object
}

func newScope() *scope {
	return &scope{
		map[token.Sym]*decl.Typedef{},
		map[token.Sym]*decl.Record{},
		map[token.Sym]*decl.Enum{},
		map[token.Sym]*decl.Enumerator{},
		map[token.Sym]*decl.Object{},
	}
}

func (s *scope) Typedef(name token.Sym) *decl.Typedef       { return s.typedefs[name] }
func (s *scope) Enum(tag token.Sym) *decl.Enum              { return s.enums[tag] }
func (s *scope) Enumerator(name token.Sym) *decl.Enumerator { return s.values[name] }
func (s *scope) Object(name token.Sym) *decl.Object         { return s.objects[name] }

func (s *scope) Record(union bool, tag token.Sym) *decl.Record {
	if r := s.records[tag]; r != nil && r.Union == union {
		return r
	}
	return nil
}

func (s *scope) typedef(name string, t decl.Type, a decl.Attrs) *decl.TypedefRef {
	sym := token.Intern(name)
	s.typedefs[sym] = &decl.Typedef{Name: sym, Type: t, Attrs: a}
	return &decl.TypedefRef{Name: sym}
}

func (s *scope) enum(tag string, a decl.Attrs, values map[string]decl.Expr, order ...string) *decl.EnumRef {
	e := &decl.Enum{Tag: token.Intern(tag), Attrs: a}
	for i, name := range order {
		x := &decl.Enumerator{Name: token.Intern(name), Enum: e, Index: i, Value: values[name]}
		e.Values = append(e.Values, x)
		s.values[x.Name] = x
	}
	s.enums[e.Tag] = e
	return &decl.EnumRef{Tag: e.Tag}
}
