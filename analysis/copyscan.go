package analysis

import (
	"abide/analysis/decl"
	"abide/analysis/token"
)

// The spellings that the scan of function bodies looks for.
var (
	symOpenBrace    = token.Intern("{")
	symCloseBrace   = token.Intern("}")
	symOpenParen    = token.Intern("(")
	symCloseParen   = token.Intern(")")
	symOpenBracket  = token.Intern("[")
	symCloseBracket = token.Intern("]")
	symSemicolon    = token.Intern(";")
	symComma        = token.Intern(",")
	symStar         = token.Intern("*")
	symAmp          = token.Intern("&")
	symDot          = token.Intern(".")
	symArrow        = token.Intern("->")
	symAssign       = token.Intern("=")
	symColon        = token.Intern(":")
	symHash         = token.Intern("#")
	symStruct       = token.Intern("struct")
	symUnion        = token.Intern("union")
	symSizeof       = token.Intern("sizeof")
	symStructSize   = token.Intern("struct_size")
	symUser         = token.Intern("__user")

	symCopiers    = internCopiers()
	symQualifiers = internAll("const", "volatile", "static", "extern", "register", "restrict",
		"__restrict", "__maybe_unused", "__aligned_u64", "__packed", "__iomem", "__user", "__kernel",
		"__force", "__rcu", "__percpu", "__ro_after_init", "__read_mostly", "__initdata")
)

func internCopiers() map[token.Sym]copier {
	m := make(map[token.Sym]copier, len(copiers))
	for name, c := range copiers {
		m[token.Intern(name)] = c
	}
	return m
}

func internAll(names ...string) map[token.Sym]bool {
	m := make(map[token.Sym]bool, len(names))
	for _, name := range names {
		m[token.Intern(name)] = true
	}
	return m
}

// Limits of the scan, far beyond real code.
const (
	maxScopes    = 256
	maxArguments = 32
	maxArgument  = 4096 // tokens
	maxCopied    = 1 << 16
	maxCast      = 16 // tokens
)

// copyScan reads the tokens of a file as written, without preprocessing: most
// copiers are macros that would be gone after it. It keeps the variables in
// scope that have a record type, and takes the arguments of copiers apart.
type copyScan struct {
	tokens []token.Token
	isType func(token.Sym) bool
	found  []copied

	scopes []map[token.Sym]*variable // file scope first
	params map[token.Sym]*variable   // of the function that may be about to open
	deep   int                       // braces open beyond maxScopes
}

func (s *copyScan) run() {
	s.tokens = withoutDirectives(s.tokens)
	s.scopes = []map[token.Sym]*variable{{}}
	s.params = map[token.Sym]*variable{}
	parens := 0
	start := true // a declaration may start here
	for i := 0; i < len(s.tokens) && len(s.found) < maxCopied; i++ {
		t := s.tokens[i]
		switch t.Sym {
		case symOpenBrace:
			s.open()
			start, parens = true, 0
			continue
		case symCloseBrace:
			s.close()
			start, parens = true, 0
			continue
		case symSemicolon, symColon:
			if len(s.scopes) == 1 && t.Sym == symSemicolon {
				s.params = map[token.Sym]*variable{}
			}
			start = true
			continue
		case symOpenParen:
			parens++
			start = true
			continue
		case symCloseParen:
			parens = max(0, parens-1)
			start = false
			continue
		case symComma:
			start = parens > 0
			continue
		}
		if t.Kind != token.Ident {
			start = false
			continue
		}
		if start {
			if symQualifiers[t.Sym] {
				continue
			}
			if typ, next := s.specifier(i); typ != nil {
				s.declare(typ, i, next, parens > 0)
			}
			start = false
		}
		if n, ok := makers[t.Sym]; ok && s.at(i+1) == symOpenParen {
			if args := s.arguments(i + 2); n < len(args) {
				if e, ok := s.expr(args[n]); ok {
					s.found = append(s.found, copied{function: t.Sym.String(), role: sized, expr: e})
				}
			}
		}
		if len(s.scopes) == 1 || s.at(i+1) != symOpenParen || s.at(i-1) == symDot || s.at(i-1) == symArrow {
			continue
		}
		if c, ok := symCopiers[t.Sym]; ok {
			s.call(t.Sym.String(), c, s.arguments(i+2))
		}
		if givers[t.Sym] {
			s.given(t.Sym.String(), i)
		}
	}
}

// withoutDirectives leaves out preprocessor lines: half a #define is no code.
func withoutDirectives(tokens []token.Token) []token.Token {
	out := make([]token.Token, 0, len(tokens))
	directive := false
	for _, t := range tokens {
		if t.Flags&token.FirstOnLine != 0 {
			directive = t.Sym == symHash
		}
		if !directive {
			out = append(out, t)
		}
	}
	return out
}

func (s *copyScan) at(i int) token.Sym {
	if i < 0 || i >= len(s.tokens) {
		return 0
	}
	return s.tokens[i].Sym
}

func (s *copyScan) isIdent(i int) bool {
	return i >= 0 && i < len(s.tokens) && s.tokens[i].Kind == token.Ident
}

func (s *copyScan) open() {
	if len(s.scopes) >= maxScopes {
		s.deep++
		return
	}
	scope := map[token.Sym]*variable{}
	if len(s.scopes) == 1 {
		scope, s.params = s.params, map[token.Sym]*variable{}
	}
	s.scopes = append(s.scopes, scope)
}

func (s *copyScan) close() {
	switch {
	case s.deep > 0:
		s.deep--
	case len(s.scopes) > 1:
		s.scopes = s.scopes[:len(s.scopes)-1]
	}
}

func (s *copyScan) lookup(name token.Sym) *variable {
	for i := len(s.scopes) - 1; i >= 0; i-- {
		if v := s.scopes[i][name]; v != nil {
			return v
		}
	}
	return nil
}

// specifier reads `struct tag` or a typedef's name at i; next is what follows.
func (s *copyScan) specifier(i int) (typ decl.Type, next int) {
	switch sym := s.at(i); {
	case (sym == symStruct || sym == symUnion) && s.isIdent(i+1) && s.at(i+2) != symOpenBrace:
		return &decl.RecordRef{Union: sym == symUnion, Tag: s.at(i + 1)}, i + 2
	case s.isIdent(i) && s.isType(sym):
		return &decl.TypedefRef{Name: sym}, i + 1
	}
	return nil, i
}

// declare reads the declarators after a specifier; from is where the
// declaration starts. A parameter has one declarator.
func (s *copyScan) declare(typ decl.Type, from, i int, parameter bool) {
	user := s.at(from-1) == symUser
	for range maxArguments {
		v := &variable{typ: typ, user: user}
		for ; i < len(s.tokens); i++ {
			switch sym := s.at(i); {
			case sym == symStar:
				v.typ = &decl.Pointer{Elem: v.typ}
				continue
			case symQualifiers[sym]:
				v.user = v.user || sym == symUser
				continue
			}
			break
		}
		if !s.isIdent(i) {
			return
		}
		name := s.at(i)
		i++
		for s.at(i) == symOpenBracket {
			v.typ = &decl.Array{Elem: v.typ}
			i = s.skip(i)
		}
		switch s.at(i) {
		case symAssign, symComma, symSemicolon, symCloseParen, symColon:
		default:
			if !s.isIdent(i) { // an attribute may stand here
				return
			}
		}
		s.put(name, v, parameter)
		if _, pointer := v.typ.(*decl.Pointer); pointer && v.user && len(s.found) < maxCopied {
			s.found = append(s.found, copied{function: userPointer, role: rooted, expr: expr{root: v}})
		}
		if parameter {
			return
		}
		for i < len(s.tokens) && s.at(i) != symComma && s.at(i) != symSemicolon {
			switch s.at(i) {
			case symOpenParen, symOpenBracket, symOpenBrace:
				i = s.skip(i)
			case symCloseParen, symCloseBracket, symCloseBrace:
				return
			default:
				i++
			}
		}
		if s.at(i) != symComma {
			return
		}
		i++
	}
}

func (s *copyScan) put(name token.Sym, v *variable, parameter bool) {
	if parameter && len(s.scopes) == 1 {
		s.params[name] = v
		return
	}
	s.scopes[len(s.scopes)-1][name] = v
}

// skip goes from an opening bracket behind the closing one.
func (s *copyScan) skip(i int) int {
	depth := 0
	for end := min(len(s.tokens), i+maxArgument); i < end; i++ {
		switch s.at(i) {
		case symOpenParen, symOpenBracket, symOpenBrace:
			depth++
		case symCloseParen, symCloseBracket, symCloseBrace:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return i
}

// arguments cuts a call's arguments; i is behind the opening parenthesis.
func (s *copyScan) arguments(i int) [][]token.Token {
	var args [][]token.Token
	depth, start := 0, i
	for end := min(len(s.tokens), i+maxArgument); i < end && len(args) < maxArguments; i++ {
		switch s.at(i) {
		case symOpenParen, symOpenBracket, symOpenBrace:
			depth++
		case symCloseBracket, symCloseBrace:
			depth--
		case symCloseParen:
			if depth--; depth < 0 {
				return append(args, s.tokens[start:i])
			}
		case symComma:
			if depth == 0 {
				args = append(args, s.tokens[start:i])
				start = i + 1
			}
		case symSemicolon:
			return nil
		}
	}
	return nil
}

// call notes what the arguments of a copier name.
func (s *copyScan) call(function string, c copier, args [][]token.Token) {
	add := func(r role, e expr) {
		s.found = append(s.found, copied{function: function, role: r, expr: e})
	}
	if c.data >= 0 && c.data < len(args) {
		if e, ok := s.expr(args[c.data]); ok {
			add(pointed, e)
		}
	}
	if c.user >= 0 && c.user < len(args) {
		if e, ok := s.expr(args[c.user]); ok && e.root.user {
			add(rooted, expr{root: e.root})
		}
	}
	if c.size >= 0 && c.size < len(args) {
		s.sizeofs(args[c.size], func(e expr) { add(sized, e) })
	}
}

// given notes what the variable in front of a giver at i points to, or what
// its result is cast to.
func (s *copyScan) given(function string, i int) {
	if s.at(i-1) == symCloseParen {
		from := max(0, i-maxCast)
		for k := i - 2; k >= from; k-- {
			if s.at(k) != symOpenParen {
				continue
			}
			if e, ok := s.expr(s.tokens[k+1 : i-1]); ok {
				s.found = append(s.found, copied{function: function, role: pointed, expr: e})
			}
			return
		}
		return
	}
	if s.at(i-1) != symAssign || !s.isIdent(i-2) || s.at(i-3) == symDot || s.at(i-3) == symArrow {
		return
	}
	if v := s.lookup(s.at(i - 2)); v != nil {
		s.found = append(s.found, copied{function: function, role: pointed, expr: expr{root: v}})
	}
}

// sizeofs finds the operands of sizeof, and what struct_size(p, …) measures.
func (s *copyScan) sizeofs(arg []token.Token, add func(expr)) {
	for i, t := range arg {
		if t.Sym != symSizeof && t.Sym != symStructSize || i+1 >= len(arg) {
			continue
		}
		sub := copyScan{tokens: arg[i+1:], isType: s.isType}
		operand := sub.tokens
		if sub.at(0) == symOpenParen {
			list := sub.arguments(1)
			if len(list) == 0 {
				continue
			}
			operand = list[0]
		}
		if e, ok := s.expr(operand); ok {
			if t.Sym == symStructSize {
				e.steps = append(e.steps, step{op: deref})
			}
			add(e)
		}
	}
}

// expr understands prefix & and *, parentheses and casts, a name or a type,
// and then members and elements. Anything else is not for us to judge.
func (s *copyScan) expr(tokens []token.Token) (e expr, ok bool) {
	p := exprScan{copyScan: copyScan{tokens: tokens, isType: s.isType}, lookup: s.lookup}
	e, ok = p.unary(0)
	return e, ok && p.i == len(tokens)
}

type exprScan struct {
	copyScan
	lookup func(token.Sym) *variable
	i      int
}

func (p *exprScan) unary(depth int) (e expr, ok bool) {
	if depth > maxNesting {
		return e, false
	}
	switch p.at(p.i) {
	case symAmp, symStar:
		op := addr
		if p.at(p.i) == symStar {
			op = deref
		}
		p.i++
		if e, ok = p.unary(depth + 1); ok {
			e.steps = append(e.steps, step{op: op})
		}
		return e, ok
	case symOpenParen:
		if v, next := p.typeName(p.i + 1); v != nil && p.at(next) == symCloseParen && next+1 < len(p.tokens) {
			p.i = next + 1 // a cast: what is cast does not matter
			if _, ok := p.unary(depth + 1); !ok {
				p.i = len(p.tokens)
			}
			return expr{root: v}, true
		}
	}
	return p.postfix(depth)
}

func (p *exprScan) postfix(depth int) (e expr, ok bool) {
	switch {
	case p.at(p.i) == symOpenParen:
		p.i++
		if e, ok = p.unary(depth + 1); !ok || p.at(p.i) != symCloseParen {
			return e, false
		}
		p.i++
	default:
		if v, next := p.typeName(p.i); v != nil {
			p.i = next
			for p.at(p.i) == symOpenBracket {
				v.typ = &decl.Array{Elem: v.typ}
				p.i = p.skip(p.i)
			}
			return expr{root: v}, true
		}
		v := p.lookup(p.at(p.i))
		if v == nil || !p.isIdent(p.i) {
			return e, false
		}
		e.root = v
		p.i++
	}
	for {
		switch p.at(p.i) {
		case symDot, symArrow:
			if !p.isIdent(p.i + 1) {
				return e, false
			}
			op := member
			if p.at(p.i) == symArrow {
				op = arrow
			}
			e.steps = append(e.steps, step{op: op, name: p.at(p.i + 1)})
			p.i += 2
		case symOpenBracket:
			p.i = p.skip(p.i)
			e.steps = append(e.steps, step{op: deref})
		default:
			return e, true
		}
	}
}

// typeName reads `struct tag __user *` and the like at i.
func (p *exprScan) typeName(i int) (v *variable, next int) {
	v = &variable{}
	for symQualifiers[p.at(i)] {
		v.user = v.user || p.at(i) == symUser
		i++
	}
	typ, i := p.specifier(i)
	if typ == nil {
		return nil, i
	}
	v.typ = typ
	for {
		switch sym := p.at(i); {
		case sym == symStar:
			v.typ = &decl.Pointer{Elem: v.typ}
		case symQualifiers[sym]:
			v.user = v.user || sym == symUser
		default:
			return v, i
		}
		i++
	}
}
