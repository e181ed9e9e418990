package usercopy

import "abide/analysis/token"

// add notes an expression, if it is one of the shape of Expr.
func (s *scan) add(function token.Sym, role Role, tokens []token.Token) {
	if e, ok := s.expr(tokens); ok {
		s.found = append(s.found, Copy{function.String(), role, e})
	}
}

// expr understands prefix & and *, parentheses and casts, a name or a type,
// and then members and elements. Anything else is not for us to judge.
func (s *scan) expr(tokens []token.Token) (e Expr, ok bool) {
	p := exprScan{reader: reader{tokens, s.isType}, lookup: s.lookup}
	e, ok = p.unary(0)
	return e, ok && p.i == len(tokens)
}

// call notes what the arguments of a copier name.
func (s *scan) call(function token.Sym, c copier, args [][]token.Token) {
	if c.data >= 0 && c.data < len(args) {
		s.add(function, Pointed, args[c.data])
	}
	if c.user >= 0 && c.user < len(args) {
		if e, ok := s.expr(args[c.user]); ok && e.user {
			s.found = append(s.found, Copy{function.String(), Rooted, Expr{Root: e.Root}})
		}
	}
	if c.size >= 0 && c.size < len(args) {
		s.sizes(function, args[c.size])
	}
}

// sizes notes the operands of sizeof, and what struct_size(p, …) measures.
func (s *scan) sizes(function token.Sym, arg []token.Token) {
	for i, t := range arg {
		if t.Sym != token.SymSizeof && t.Sym != symStructSize || i+1 >= len(arg) {
			continue
		}
		rest := reader{arg[i+1:], s.isType}
		operand := rest.tokens
		if rest.at(0) == token.LParen {
			list := rest.arguments(1)
			if len(list) == 0 {
				continue
			}
			operand = list[0]
		}
		if e, ok := s.expr(operand); ok {
			if t.Sym == symStructSize {
				e.Steps = append(e.Steps, Step{Op: Deref})
			}
			s.found = append(s.found, Copy{function.String(), Sized, e})
		}
	}
}

// given notes what the variable in front of a giver at i points to, or what
// its result is cast to.
func (s *scan) given(function token.Sym, i int) {
	switch s.at(i - 1) {
	case token.RParen:
		for k := i - 2; k >= max(0, i-maxCast); k-- {
			if s.at(k) == token.LParen {
				s.add(function, Pointed, s.tokens[k+1:i-1])
				return
			}
		}
	case token.Assign:
		if s.isIdent(i-2) && !s.isMember(i-2) {
			s.add(function, Pointed, s.tokens[i-2:i-1])
		}
	}
}
