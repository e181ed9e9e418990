package usercopy

import "abide/analysis/token"

// exprScan reads one expression.
type exprScan struct {
	reader
	lookup func(token.Sym) (variable, bool)
	i      int
}

// unary reads prefix & and *, and casts. ok is false where the expression is
// none of the shape of Expr.
func (p *exprScan) unary(depth int) (e Expr, ok bool) {
	if depth > maxNesting {
		return e, false
	}
	switch p.at(p.i) {
	case token.And:
		return p.prefixed(Addr, depth)
	case token.Star:
		return p.prefixed(Deref, depth)
	case token.LParen:
		if v, next := p.typeName(p.i + 1); v.typ != nil && p.at(next) == token.RParen && next+1 < len(p.tokens) {
			p.i = next + 1 // a cast: what is cast does not matter
			if _, ok := p.unary(depth + 1); !ok {
				p.i = len(p.tokens)
			}
			return v.expr(), true
		}
	}
	return p.postfix(depth)
}

// prefixed reads an operator and its operand.
func (p *exprScan) prefixed(op Op, depth int) (e Expr, ok bool) {
	p.i++
	e, ok = p.unary(depth + 1)
	e.Steps = append(e.Steps, Step{Op: op})
	return e, ok
}

// postfix reads what members and elements are taken of, and them.
func (p *exprScan) postfix(depth int) (e Expr, ok bool) {
	if p.at(p.i) == token.LParen {
		p.i++
		if e, ok = p.unary(depth + 1); !ok || p.at(p.i) != token.RParen {
			return e, false
		}
	} else {
		if v, next := p.typeName(p.i); v.typ != nil {
			v, p.i = p.dimensions(v, next)
			return v.expr(), true
		}
		v, known := p.lookup(p.at(p.i))
		if !known || !p.isIdent(p.i) {
			return e, false
		}
		e = v.expr()
	}
	p.i++
	for {
		switch p.at(p.i) {
		case token.Dot, token.Arrow:
			if !p.isIdent(p.i + 1) {
				return e, false
			}
			op := Member
			if p.at(p.i) == token.Arrow {
				op = Arrow
			}
			e.Steps = append(e.Steps, Step{Op: op, Name: p.at(p.i + 1)})
			p.i += 2
		case token.LBracket:
			p.i = p.skip(p.i)
			e.Steps = append(e.Steps, Step{Op: Deref})
		default:
			return e, true
		}
	}
}

// typeName reads `struct tag __user *` and the like at i.
func (p *exprScan) typeName(i int) (v variable, next int) {
	for ; qualifiers[p.at(i)]; i++ {
		v.user = v.user || p.at(i) == symUser
	}
	if v.typ, i = p.specifier(i); v.typ == nil {
		return v, i
	}
	return p.pointers(v, i)
}
