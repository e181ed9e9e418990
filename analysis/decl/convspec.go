package decl

import (
	"slices"

	"abide/analysis/abi"
	"abide/analysis/token"

	"modernc.org/cc/v4"
)

// specs is a list of specifiers.
type specs struct {
	typ         Type
	attrs       Attrs // of everything that is declared with them
	first, last int32 // kept tokens
	record      *Record
}

// specifier is one node of either of cc's two lists of specifiers.
type specifier struct {
	typ  *cc.TypeSpecifier
	qual *cc.TypeQualifier
	stor *cc.StorageClassSpecifier
}

func declSpecifiers(l *cc.DeclarationSpecifiers) (out []specifier) {
	for ; l != nil; l = l.DeclarationSpecifiers {
		out = append(out, specifier{l.TypeSpecifier, l.TypeQualifier, l.StorageClassSpecifier})
	}
	return out
}

func typeSpecifiers(l *cc.SpecifierQualifierList) (out []specifier) {
	for ; l != nil; l = l.SpecifierQualifierList {
		out = append(out, specifier{typ: l.TypeSpecifier, qual: l.TypeQualifier})
	}
	return out
}

// specs converts a list of specifiers.
func (c *conv) specs(list []specifier) specs {
	s := specs{first: -1, last: -1}
	var quals, ofType Attrs
	var words []token.Sym
	for n, l := range list {
		var first, last int32
		attrs := &s.attrs
		switch {
		case l.qual != nil:
			first = c.at(l.qual.Token)
			last = first
			quals.qualify(c.sym(first))
		case l.stor != nil:
			first = c.at(l.stor.Token)
			last = first
		case l.typ != nil:
			t := l.typ
			switch t.Case {
			case cc.TypeSpecifierStructOrUnion:
				first = c.at(t.StructOrUnionSpecifier.StructOrUnion.Token)
				last = c.at(t.StructOrUnionSpecifier.Token3)
				s.record = c.record(t.StructOrUnionSpecifier)
				s.typ = &RecordRef{Union: s.record.Union, Tag: s.record.Tag, Def: s.record}
				attrs = &s.record.Attrs
			case cc.TypeSpecifierEnum:
				first, last = c.at(t.EnumSpecifier.Token), c.at(t.EnumSpecifier.Token5)
				e := c.enum(t.EnumSpecifier)
				s.typ = &EnumRef{Tag: e.Tag, Def: e}
				attrs = &e.Attrs
			case cc.TypeSpecifierTypeofType, cc.TypeSpecifierTypeofExpr:
				first, last = c.at(t.Token), c.at(t.Token3)
				s.typ = c.typeof(t)
			default:
				first = c.at(t.Token)
				last = first
				if typ, end := c.reference(first); typ != nil {
					s.typ, last = typ, end
				} else {
					words = append(words, c.sym(first))
				}
			}
		}
		if n == 0 {
			s.first = first
			c.before(first, -1, &s.attrs)
		}
		s.last = last
		end := last
		for _, g := range c.behind(last) {
			if end = g.last; g.brackets {
				ofType.apply(&g)
			} else {
				attrs.apply(&g)
			}
		}
		if attrs != &s.attrs { // _Alignas is one of the specifiers
			alignas := attrs.c11()
			s.attrs.Aligned = append(s.attrs.Aligned, alignas.Aligned...)
			attrs.Aligned = slices.DeleteFunc(attrs.Aligned, func(a Align) bool { return a.C11 })
		}
		if ref, ok := s.typ.(*EnumRef); ok && ref.Def != nil && attrs == &ref.Def.Attrs && attrs.late {
			attrs.Packed = false
		}
		if s.record != nil && attrs == &s.record.Attrs {
			s.record.Range = c.span(first, end)
		}
	}
	if s.typ == nil {
		s.typ = basic(words)
	}
	if quals.Const || quals.Volatile || quals.Atomic {
		s.typ = &Attributed{Type: s.typ, Attrs: quals}
	}
	s.typ = ofType.onType(s.typ)
	return s
}

// reference is the type for which cc saw T, and its last token; nil if the
// token is a word of a built-in type's name.
func (c *conv) reference(i int32) (Type, int32) {
	t := c.tok(i)
	if t == nil {
		return &Typeof{Expr: &Bad{Reason: "an unknown type"}}, i
	}
	switch wordOf(t.Sym) {
	case wordRecord, wordEnum:
		last := c.tagOf(i)
		tag := c.sym(last)
		if wordOf(t.Sym) == wordEnum {
			return &EnumRef{Tag: tag, Def: c.locals.enum(tag)}, last
		}
		union := t.Sym == token.SymUnion
		return &RecordRef{Union: union, Tag: tag, Def: c.locals.record(union, tag)}, last
	case wordAutoType:
		return &Typeof{Expr: &Bad{Reason: "__auto_type is not supported"}}, i
	case wordNone:
		if t.Kind == token.Ident {
			if t.Sym == token.SymBool && !c.f.isType(t.Sym) {
				return &Basic{Kind: abi.Bool}, i
			}
			if typ := c.locals.typ(t.Sym); typ != nil {
				return &Typeof{Type: typ}, i
			}
			return &TypedefRef{Name: t.Sym}, i
		}
	}
	return nil, i
}

// typeof converts typeof(…) and _Atomic(…).
func (c *conv) typeof(t *cc.TypeSpecifier) Type {
	atomic := wordOf(c.sym(c.at(t.Token))) == wordAtomic
	if t.Case == cc.TypeSpecifierTypeofExpr {
		return &Typeof{Expr: c.expr(t.ExpressionList)}
	}
	var quals Attrs // those at the beginning, which were not fed to cc
	for i := c.at(t.Token) + 2; ; i++ {
		word := wordOf(c.sym(i))
		if word != wordQual && (word != wordAtomic || c.sym(i+1) == token.LParen) {
			break
		}
		quals.qualify(c.sym(i))
	}
	typ := c.typeName(t.TypeName, quals)
	if atomic {
		return &Attributed{Type: typ, Attrs: Attrs{Atomic: true}}
	}
	return &Typeof{Type: typ}
}

// typeName converts the operand of a cast or sizeof. quals are qualifiers of
// its specifiers that t lacks.
func (c *conv) typeName(t *cc.TypeName, quals Attrs) Type {
	if t == nil {
		return &Typeof{Expr: &Bad{Reason: "an unknown type"}}
	}
	s := c.specs(typeSpecifiers(t.SpecifierQualifierList))
	if quals.Const || quals.Volatile || quals.Atomic {
		s.typ = &Attributed{Type: s.typ, Attrs: quals}
	}
	typ := c.abstract(t.AbstractDeclarator, s.typ)
	return s.attrs.onType(typ)
}

// basic is the built-in type that a list of words names.
func basic(words []token.Sym) Type {
	var b basicWords
	for _, w := range words {
		b.add(w.String())
	}
	return b.typ()
}
