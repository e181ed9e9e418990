package usercopy

import (
	"abide/analysis/decl"
	"abide/analysis/token"
)

// variable is what a declaration says about a name, as far as it matters here.
type variable struct {
	typ  decl.Type // *decl.RecordRef or *decl.TypedefRef, under pointers and arrays
	user bool      // the pointer carries __user
}

func (v variable) expr() Expr { return Expr{Root: v.typ, user: v.user} }

type scope map[token.Sym]variable

// scan goes through a file's tokens, keeps the variables in scope that have a
// record type, and takes the arguments of copiers apart.
type scan struct {
	reader
	found []Copy

	scopes []scope // file scope first
	params scope   // of the function that may be about to open
	deep   int     // braces open beyond maxScopes
	parens int     // open in the statement
	start  bool    // a declaration may start here
}

func (s *scan) run() {
	for i := 0; i < len(s.tokens) && len(s.found) < maxFound; i++ {
		switch s.at(i) {
		case token.LBrace:
			s.open()
			s.start, s.parens = true, 0
		case token.RBrace:
			s.close()
			s.start, s.parens = true, 0
		case token.Semicolon:
			if len(s.scopes) == 1 {
				s.params = scope{}
			}
			s.start = true
		case token.Colon:
			s.start = true
		case token.LParen:
			s.parens++
			s.start = true
		case token.RParen:
			s.parens = max(0, s.parens-1)
			s.start = false
		case token.Comma:
			s.start = s.parens > 0
		default:
			s.word(i)
		}
	}
}

func (s *scan) open() {
	if len(s.scopes) >= maxScopes {
		s.deep++
		return
	}
	inner := scope{}
	if len(s.scopes) == 1 {
		inner, s.params = s.params, scope{}
	}
	s.scopes = append(s.scopes, inner)
}

func (s *scan) close() {
	switch {
	case s.deep > 0:
		s.deep--
	case len(s.scopes) > 1:
		s.scopes = s.scopes[:len(s.scopes)-1]
	}
}

func (s *scan) lookup(name token.Sym) (variable, bool) {
	for i := len(s.scopes) - 1; i >= 0; i-- {
		if v, ok := s.scopes[i][name]; ok {
			return v, true
		}
	}
	return variable{}, false
}

// word looks at a token that is no bracket or separator: a declaration may
// start at it, it may name a copier.
func (s *scan) word(i int) {
	sym := s.at(i)
	if !s.isIdent(i) {
		s.start = false
		return
	}
	if s.start {
		if qualifiers[sym] {
			return
		}
		if typ, next := s.specifier(i); typ != nil {
			s.declare(typ, i, next)
		}
		s.start = false
	}
	called := s.at(i+1) == token.LParen
	if n, ok := makers[sym]; ok && called {
		if args := s.arguments(i + 2); n < len(args) {
			s.add(sym, Sized, args[n])
		}
	}
	if len(s.scopes) == 1 || !called || s.isMember(i) {
		return
	}
	if c, ok := copiers[sym]; ok {
		s.call(sym, c, s.arguments(i+2))
	}
	if givers[sym] {
		s.given(sym, i)
	}
}

// declare reads the declarators behind a specifier; from is where the
// declaration starts. A parameter has one declarator.
func (s *scan) declare(typ decl.Type, from, i int) {
	user, parameter := s.at(from-1) == symUser, s.parens > 0
	for range maxArguments {
		var v variable
		v, i = s.pointers(variable{typ, user}, i)
		if !s.isIdent(i) {
			return
		}
		name := s.at(i)
		v, i = s.dimensions(v, i+1)
		switch s.at(i) {
		case token.Assign, token.Comma, token.Semicolon, token.RParen, token.Colon:
		default:
			if !s.isIdent(i) { // an attribute may stand here
				return
			}
		}
		s.put(name, v, parameter)
		if parameter {
			return
		}
		if i = s.declaratorEnd(i); s.at(i) != token.Comma {
			return
		}
		i++
	}
}

// put brings a variable into scope, and notes what a __user pointer points to.
func (s *scan) put(name token.Sym, v variable, parameter bool) {
	to := s.scopes[len(s.scopes)-1]
	if parameter && len(s.scopes) == 1 {
		to = s.params
	}
	to[name] = v
	if _, pointer := v.typ.(*decl.Pointer); pointer && v.user && len(s.found) < maxFound {
		s.found = append(s.found, Copy{userPointer, Rooted, v.expr()})
	}
}

// declaratorEnd goes behind a declarator's initializer: to the separator, or
// to the bracket that closes around it.
func (s *scan) declaratorEnd(i int) int {
	for i < len(s.tokens) {
		switch sym := s.at(i); {
		case sym == token.Comma || sym == token.Semicolon || sym.Nesting() < 0:
			return i
		case sym.Nesting() > 0:
			i = s.skip(i)
		default:
			i++
		}
	}
	return i
}
