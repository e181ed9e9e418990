package decl

import (
	"sort"

	"abide/analysis/token"

	"modernc.org/cc/v4"
)

// record converts the definition of a struct or union.
func (c *conv) record(n *cc.StructOrUnionSpecifier) *Record {
	kw, open, shut := c.at(n.StructOrUnion.Token), c.at(n.Token2), c.at(n.Token3)
	r := &Record{
		Range: c.span(kw, shut),
		Union: c.sym(kw) == token.SymUnion,
		Open:  c.tok(open),
		Close: c.tok(shut),
	}
	if n.Token.Seq() != 0 {
		tag := c.at(n.Token)
		r.Tag, r.TagTok = c.sym(tag), c.tok(tag)
		c.after(tag, &r.Attrs)
	}
	c.after(kw, &r.Attrs)
	if len(c.parents) > 0 {
		r.Parent = c.parents[len(c.parents)-1]
	}
	state := c.stateAt(shut)
	r.Pack, r.MSBits = state.pack, state.msStruct
	if r.Attrs.ScalarOrder == "" {
		r.Attrs.ScalarOrder = state.order
	}
	c.p.records = append(c.p.records, r)
	c.parents = append(c.parents, r)
	for l := n.StructDeclarationList; l != nil; l = l.StructDeclarationList {
		c.member(r, l.StructDeclaration, shut)
	}
	c.parents = c.parents[:len(c.parents)-1]
	r.Skipped = c.skipped(open)
	return r
}

// skipped lists the members left out of the record that opens at a brace.
func (c *conv) skipped(open int32) []Skip {
	if c.skips == nil {
		c.skips = make(map[int32][]Skip)
		for _, s := range c.f.skips {
			c.skips[s.record] = append(c.skips[s.record], Skip{Range: c.span(s.first, s.last), Reason: s.reason})
		}
	}
	return c.skips[open]
}

// stateAt gives the pragmas in force at a token. gcc lays a record out when it
// meets the closing brace (measured: the value there counts for all members).
func (c *conv) stateAt(i int32) effective {
	if !c.p.full {
		return c.p.state.effective()
	}
	if c.states == nil {
		c.states = []stateFrom{{-1, c.p.state}}
		for k := range c.f.toks {
			if t := &c.f.toks[k]; t.Kind == token.Pragma {
				c.states = append(c.states, stateFrom{int32(k), c.states[len(c.states)-1].state.apply(t)})
			}
		}
	}
	n := sort.Search(len(c.states), func(n int) bool { return c.states[n].from >= i })
	return c.states[n-1].state.effective()
}

// member converts one member declaration.
func (c *conv) member(r *Record, d *cc.StructDeclaration, shut int32) {
	if d == nil || d.SpecifierQualifierList == nil {
		return
	}
	s := c.specs(typeSpecifiers(d.SpecifierQualifierList))
	end := c.at(d.Token) // the semicolon
	stop := end
	if end < 0 {
		stop = shut
		end = shut - 1
	}
	whole := c.span(c.declStart(s.first), end)
	fresh := len(r.Fields)
	if d.StructDeclaratorList == nil {
		f := &Field{Range: c.span(c.declStart(s.first), stop-1), Decl: whole, Type: s.typ, Attrs: s.attrs.c11(), Record: r}
		switch ref := unqualified(s.typ).(type) {
		case *RecordRef:
			if ref.Tag == 0 {
				r.Fields = append(r.Fields, f)
			} else {
				r.Embedded = append(r.Embedded, Embedded{Before: len(r.Fields), Field: f})
			}
		case *TypedefRef:
			r.Embedded = append(r.Embedded, Embedded{Before: len(r.Fields), Field: f})
		}
	}
	sep := s.last
	for l := d.StructDeclaratorList; l != nil; l = l.StructDeclaratorList {
		attrs := s.attrs.clone()
		first := c.next(sep)
		if l.Token.Seq() != 0 {
			c.after(sep, &attrs)
			first = sep + 1
		}
		if sep = stop; l.StructDeclaratorList != nil {
			sep = c.at(l.StructDeclaratorList.Token)
		}
		f := &Field{Range: c.span(first, sep-1), Decl: whole, Shared: l.Token.Seq() != 0 || l.StructDeclaratorList != nil}
		var name int32
		f.Type, name = c.declarator(l.StructDeclarator.Declarator, s.typ)
		f.Name, f.NameTok = c.sym(name), c.tok(name)
		f.Type = c.ofType(first, name, sep, f.Type)
		c.ofName(first, name, sep, &attrs)
		if l.StructDeclarator.Case == cc.StructDeclaratorBitField {
			f.Bits = c.expr(l.StructDeclarator.ConstantExpression)
		}
		f.Type = attrs.onBase(f.Type)
		f.Attrs = attrs.plain()
		r.Fields = append(r.Fields, f)
	}
	for i, f := range r.Fields[fresh:] {
		f.Record = r
		if i == 0 && s.record != nil {
			s.record.ParentField = f
		}
	}
}

// enum converts the definition of an enum.
func (c *conv) enum(n *cc.EnumSpecifier) *Enum {
	kw, shut := c.at(n.Token), c.at(n.Token5)
	e := &Enum{Range: c.span(kw, shut)}
	c.after(kw, &e.Attrs)
	if n.Token2.Seq() != 0 {
		tag := c.at(n.Token2)
		e.Tag, e.TagTok = c.sym(tag), c.tok(tag)
		c.after(tag, &e.Attrs)
	}
	if n.EnumTypeSpecifier != nil {
		e.Base = c.specs(typeSpecifiers(n.EnumTypeSpecifier.SpecifierQualifierList)).typ
	}
	c.p.enums = append(c.p.enums, e)
	for l := n.EnumeratorList; l != nil; l = l.EnumeratorList {
		name := c.at(l.Enumerator.Token)
		if name < 0 {
			continue // of an empty enum
		}
		end := shut
		if l.EnumeratorList != nil {
			end = c.at(l.EnumeratorList.Enumerator.Token)
		}
		v := &Enumerator{Name: c.sym(name), Enum: e, Index: len(e.Values)}
		if l.Enumerator.Case == cc.EnumeratorExpr {
			v.Value = c.expr(l.Enumerator.ConstantExpression)
		}
		last := end - 1
		for last > name && (c.f.toks[last].Kind == token.Pragma || c.sym(last) == token.Comma) {
			last--
		}
		v.Range = c.span(name, last)
		e.Values = append(e.Values, v)
	}
	return e
}
