package decl

import "modernc.org/cc/v4"

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
	sep, first := s.last, c.next(s.last)
	for l := d.InitDeclaratorList; l != nil; l = l.InitDeclaratorList {
		attrs := s.attrs.clone()
		if l.Token.Seq() != 0 {
			c.after(sep, &attrs)
			first = sep + 1
		}
		if sep = c.at(d.Token); l.InitDeclaratorList != nil {
			sep = c.at(l.InitDeclaratorList.Token)
		}
		t, name := c.declarator(l.InitDeclarator.Declarator, s.typ)
		t = c.ofType(first, name, sep, t)
		c.ofName(first, name, sep, &attrs)
		t = attrs.onBase(t)
		attrs.Mode, attrs.VectorSize = "", nil
		if typedef {
			attrs.Packed = false // gcc ignores it there
			attrs.Aligned = attrs.Aligned[attrs.replaced:]
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
