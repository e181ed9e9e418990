package decl

import (
	"sort"

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
	var quals Attrs
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
		end := c.after(last, attrs)
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
	return s
}

func (a *Attrs) qualify(s token.Sym) {
	switch {
	case wordOf(s) == wordAtomic:
		a.Atomic = true
	case qualifier(s) == "const":
		a.Const = true
	default:
		a.Volatile = true
	}
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
		return &Typeof{Expr: &Bad{Reason: "__auto_type"}}, i
	case wordNone:
		if t.Kind == token.Ident {
			if t.Sym == token.SymBool && !c.f.ask(t.Sym) {
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

func (l *locals) record(union bool, tag token.Sym) *Record {
	if l == nil {
		return nil
	}
	if r := l.records[tag]; r != nil && r.Union == union {
		return r
	}
	return nil
}

func (l *locals) enum(tag token.Sym) *Enum {
	if l == nil {
		return nil
	}
	return l.enums[tag]
}

func (l *locals) typ(name token.Sym) Type {
	if l == nil {
		return nil
	}
	return l.types[name]
}

// typeof converts typeof(…) and _Atomic(…).
func (c *conv) typeof(t *cc.TypeSpecifier) Type {
	atomic := wordOf(c.sym(c.at(t.Token))) == wordAtomic
	if t.Case == cc.TypeSpecifierTypeofExpr {
		return &Typeof{Expr: c.expr(t.ExpressionList)}
	}
	typ := c.typeName(t.TypeName)
	if atomic {
		return &Attributed{Type: typ, Attrs: Attrs{Atomic: true}}
	}
	return &Typeof{Type: typ}
}

// typeName converts the operand of a cast or sizeof.
func (c *conv) typeName(t *cc.TypeName) Type {
	if t == nil {
		return &Typeof{Expr: &Bad{Reason: "an unknown type"}}
	}
	s := c.specs(typeSpecifiers(t.SpecifierQualifierList))
	typ := c.abstract(t.AbstractDeclarator, s.typ)
	return s.attrs.onType(typ)
}

// onType gives a type the attributes that change a type as such.
func (a Attrs) onType(t Type) Type {
	t = a.onBase(t)
	if len(a.Aligned) == 0 {
		return t
	}
	return &Attributed{Type: t, Attrs: Attrs{Aligned: a.Aligned}}
}

// onBase moves mode and vector_size to the type they change. vector_size goes
// to what pointers, arrays and functions are made of; mode to an array's
// element, but to a pointer itself (measured with gcc 12).
func (a *Attrs) onBase(t Type) Type {
	if a.Mode != "" {
		t = a.onElement(t, Attrs{Mode: a.Mode}, false)
	}
	if a.VectorSize != nil {
		t = a.onElement(t, Attrs{VectorSize: a.VectorSize}, true)
	}
	return t
}

func (a *Attrs) onElement(t Type, attrs Attrs, deep bool) Type {
	switch x := t.(type) {
	case *Array:
		return &Array{Elem: a.onElement(x.Elem, attrs, deep), Len: x.Len}
	case *Func:
		f := *x
		f.Result = a.onElement(x.Result, attrs, deep)
		return &f
	case *Pointer:
		if deep {
			return &Pointer{Elem: a.onElement(x.Elem, attrs, deep)}
		}
	}
	return &Attributed{Type: t, Attrs: attrs}
}

// pointers wraps a type in a list of pointers.
func (c *conv) pointers(p *cc.Pointer, t Type) Type {
	for ; p != nil; p = p.Pointer {
		var a Attrs
		t = &Pointer{Elem: t}
		star := c.at(p.Token)
		c.after(star, &a)
		for q := p.TypeQualifiers; q != nil; q = q.TypeQualifiers {
			if q.TypeQualifier != nil {
				i := c.at(q.TypeQualifier.Token)
				a.qualify(c.sym(i))
				c.after(i, &a)
			}
		}
		if a.Const || a.Volatile || a.Atomic || len(a.Aligned) > 0 {
			t = &Attributed{Type: t, Attrs: Attrs{Const: a.Const, Volatile: a.Volatile, Atomic: a.Atomic, Aligned: a.Aligned}}
		}
	}
	return t
}

// declarator gives the type and the name's token that a declarator makes of a
// type.
func (c *conv) declarator(d *cc.Declarator, t Type) (Type, int32) {
	if d == nil {
		return t, -1
	}
	return c.direct(d.DirectDeclarator, c.pointers(d.Pointer, t))
}

func (c *conv) direct(d *cc.DirectDeclarator, t Type) (Type, int32) {
	if d == nil {
		return t, -1
	}
	switch d.Case {
	case cc.DirectDeclaratorIdent:
		return t, c.at(d.Token)
	case cc.DirectDeclaratorDecl:
		return c.declarator(d.Declarator, t)
	case cc.DirectDeclaratorFuncParam:
		return c.direct(d.DirectDeclarator, c.function(d.ParameterTypeList, t))
	case cc.DirectDeclaratorFuncIdent:
		return c.direct(d.DirectDeclarator, &Func{Result: t})
	}
	return c.direct(d.DirectDeclarator, c.array(d.AssignmentExpression, t))
}

func (c *conv) array(n cc.ExpressionNode, t Type) Type {
	a := &Array{Elem: t}
	if n != nil {
		a.Len = c.expr(n)
	}
	return a
}

func (c *conv) function(l *cc.ParameterTypeList, result Type) *Func {
	f := &Func{Result: result}
	if l == nil {
		return f
	}
	f.Variadic = l.Case == cc.ParameterTypeListVar
	for p := l.ParameterList; p != nil; p = p.ParameterList {
		d := p.ParameterDeclaration
		if d == nil {
			continue
		}
		s := c.specs(declSpecifiers(d.DeclarationSpecifiers))
		var q Param
		if d.Declarator != nil {
			t, name := c.declarator(d.Declarator, s.typ)
			q = Param{Name: c.sym(name), Type: t}
		} else {
			q.Type = c.abstract(d.AbstractDeclarator, s.typ)
		}
		f.Params = append(f.Params, q)
	}
	if len(f.Params) == 1 && f.Params[0].Name == 0 {
		if b, ok := f.Params[0].Type.(*Basic); ok && b.Kind == abi.Void {
			f.Params = nil
		}
	}
	return f
}

func (c *conv) abstract(d *cc.AbstractDeclarator, t Type) Type {
	if d == nil {
		return t
	}
	return c.directAbstract(d.DirectAbstractDeclarator, c.pointers(d.Pointer, t))
}

func (c *conv) directAbstract(d *cc.DirectAbstractDeclarator, t Type) Type {
	if d == nil {
		return t
	}
	switch d.Case {
	case cc.DirectAbstractDeclaratorDecl:
		return c.abstract(d.AbstractDeclarator, t)
	case cc.DirectAbstractDeclaratorFunc:
		return c.directAbstract(d.DirectAbstractDeclarator, c.function(d.ParameterTypeList, t))
	}
	return c.directAbstract(d.DirectAbstractDeclarator, c.array(d.AssignmentExpression, t))
}

// basic is the built-in type that a list of words names.
func basic(words []token.Sym) Type {
	var b basicWords
	for _, w := range words {
		b.add(w.String())
	}
	return b.typ()
}

// external converts a declaration at file scope.
func (c *conv) external(d *cc.Declaration) {
	list := declSpecifiers(d.DeclarationSpecifiers)
	s := c.specs(list)
	typedef := false
	for _, l := range list {
		if l.stor != nil && l.stor.Case == cc.StorageClassSpecifierTypedef {
			typedef = true
		}
	}
	whole := c.span(0, int32(len(c.f.toks)-1))
	sep := s.last
	for l := d.InitDeclaratorList; l != nil; l = l.InitDeclaratorList {
		attrs := s.attrs.clone()
		if l.Token.Seq() != 0 {
			c.after(sep, &attrs)
		}
		if sep = c.at(d.Token); l.InitDeclaratorList != nil {
			sep = c.at(l.InitDeclaratorList.Token)
		}
		t, name := c.declarator(l.InitDeclarator.Declarator, s.typ)
		c.before(sep, name, &attrs)
		t = attrs.onBase(t)
		attrs.Mode, attrs.VectorSize = "", nil
		if typedef {
			attrs.Packed = false // gcc ignores it there
			c.p.typedefs = append(c.p.typedefs, &Typedef{Range: whole, Name: c.sym(name), NameTok: c.tok(name), Type: t, Attrs: attrs})
			if ref, ok := unqualified(t).(*RecordRef); ok && s.record != nil && ref.Def == s.record {
				s.record.Typedefs = append(s.record.Typedefs, c.sym(name))
			}
			continue
		}
		c.p.objects = append(c.p.objects, &Object{Range: whole, Name: c.sym(name), NameTok: c.tok(name), Type: t, Attrs: attrs})
	}
}

// unqualified takes qualifiers and attributes off a type.
func unqualified(t Type) Type {
	for {
		a, ok := t.(*Attributed)
		if !ok {
			return t
		}
		t = a.Type
	}
}

// clone makes a copy that can be appended to.
func (a Attrs) clone() Attrs {
	a.Aligned = a.Aligned[:len(a.Aligned):len(a.Aligned)]
	return a
}

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
	// Without a declarator only an untagged record is a member: anything else
	// declares nothing, as long as -fms-extensions is off.
	if d.StructDeclaratorList == nil && s.record != nil && s.record.Tag == 0 {
		f := &Field{Range: c.span(c.declStart(s.first), stop-1), Decl: whole, Type: s.attrs.onBase(s.typ), Attrs: s.attrs.plain()}
		r.Fields = append(r.Fields, f)
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
		name = max(name, first-1)
		if l.StructDeclarator.Case == cc.StructDeclaratorBitField {
			f.Bits = c.expr(l.StructDeclarator.ConstantExpression)
			c.before(c.at(l.StructDeclarator.Token), name, &attrs)
		}
		c.before(sep, name, &attrs)
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

// plain is the attributes without those that onBase moves into the type.
func (a Attrs) plain() Attrs {
	a.Mode, a.VectorSize = "", nil
	return a
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
