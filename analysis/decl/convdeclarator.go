package decl

import (
	"abide/analysis/abi"

	"modernc.org/cc/v4"
)

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
		// Attributes behind the parenthesis make a new type of what it is around.
		if _, function := t.(*Func); !function {
			var a Attrs
			c.after(c.at(d.Token), &a)
			t = a.onType(t)
		}
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
