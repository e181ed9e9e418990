package cpp

import (
	"abide/analysis/abi"
	"abide/analysis/token"
)

// value is a number of an #if expression: intmax_t, or uintmax_t if unsigned.
type value struct {
	n        uint64
	unsigned bool
}

func (v value) true() bool { return v.n != 0 }

func truth(b bool) value {
	if b {
		return value{n: 1}
	}
	return value{}
}

// condition evaluates the expression of an #if or #elif.
func (p *pass) condition(it *item) bool {
	e := &evaluator{toks: p.conditionTokens(it), char: p.cfg.ABI}
	for i := range e.toks {
		p.rec.needs.abi = p.rec.needs.abi || e.toks[i].Kind == token.Char
	}
	if len(e.toks) == 0 {
		p.directiveProblem(it, "#"+p.directiveName(it)+" with no expression")
		return false
	}
	v := e.comma()
	if e.err == "" && e.pos < len(e.toks) {
		e.err = `token "` + e.toks[e.pos].Text() + `" is not expected in a preprocessor expression`
	}
	if e.err != "" {
		p.directiveProblem(it, e.err)
		return false
	}
	return v.true()
}

// conditionTokens expands an expression, with defined evaluated.
func (p *pass) conditionTokens(it *item) []Token {
	var out []Token
	p.operands(it, func(x *expander) {
		for {
			t := x.get()
			switch {
			case t.Kind == kindPadding:
				continue
			case t.Kind == token.EOF:
				return
			case t.Kind == token.Ident && t.Sym == token.SymDefined:
				v, ok := p.defined()
				if !ok {
					p.directiveProblem(it, `operator "defined" requires an identifier`)
					out = nil
					return
				}
				t = Token{Kind: token.Number, Sym: zero, Sec: nowhere}
				if v {
					t.Sym = one
				}
			}
			out = append(out, t)
			if len(out) > maxInvocation {
				return
			}
		}
	})
	return out
}

var zero, one = token.Intern("0"), token.Intern("1")

// defined evaluates the operator whose name has been read.
func (p *pass) defined() (value, ok bool) {
	t := p.plainToken()
	paren := op(&t, token.LParen)
	if paren {
		t = p.plainToken()
	}
	if t.Kind != token.Ident {
		return false, false
	}
	value = p.lookup(t.Sym) != nil
	if paren {
		if end := p.plainToken(); !op(&end, token.RParen) {
			return false, false
		}
	}
	return value, true
}

// operands runs read over the operands of a directive, which are all there is
// to read.
func (p *pass) operands(it *item, read func(*expander)) {
	x := &p.expander
	quiet, directing, exp, depth := x.quiet, x.directing, x.exp, len(x.ctx)
	x.quiet, x.directing, x.exp = 0, true, nil
	if depth == 0 && quiet == 0 {
		x.begin()
		x.arena.reset()
	}
	toks := make([]Token, 0, it.to-it.from)
	for k := it.from; k < it.to; k++ {
		toks = append(toks, raw(p.sec, &p.sec.Lex.Tokens[k]))
	}
	x.push(context{toks: toks, barrier: true})
	read(x)
	for len(x.ctx) > depth {
		x.pop()
	}
	x.quiet, x.directing, x.exp = quiet, directing, exp
}

// maxOperators bounds how deep an expression may nest.
const maxOperators = 2000

// evaluator computes an expression by precedence climbing.
type evaluator struct {
	toks  []Token
	pos   int
	depth int
	dead  int // > 0 in operands that are not evaluated
	err   string
	char  *abi.ABI
}

func (e *evaluator) fail(message string) value {
	if e.err == "" {
		e.err = message
	}
	e.pos = len(e.toks)
	return value{}
}

func (e *evaluator) peek() *Token {
	if e.pos < len(e.toks) {
		return &e.toks[e.pos]
	}
	return &Token{Kind: token.EOF}
}

func (e *evaluator) accept(sym token.Sym) bool {
	if t := e.peek(); op(t, sym) {
		e.pos++
		return true
	}
	return false
}

func (e *evaluator) comma() value {
	v := e.conditional()
	for e.accept(token.Comma) {
		v = e.conditional()
	}
	return v
}

func (e *evaluator) conditional() value {
	if e.depth++; e.depth > maxOperators {
		return e.fail("the expression is nested too deeply")
	}
	defer func() { e.depth-- }()
	cond := e.binary(0)
	if !e.accept(token.Question) {
		return cond
	}
	skip := func(b bool, f func() value) value {
		if b {
			e.dead++
			defer func() { e.dead-- }()
		}
		return f()
	}
	a := skip(!cond.true(), e.comma)
	if !e.accept(token.Colon) {
		return e.fail("'?' without following ':'")
	}
	b := skip(cond.true(), e.conditional)
	v := b
	if cond.true() {
		v = a
	}
	v.unsigned = a.unsigned || b.unsigned
	return v
}

var precedence = map[token.Sym]int{
	token.OrOr: 1, token.AndAnd: 2, token.Or: 3, token.Xor: 4, token.And: 5,
	token.Eq: 6, token.NotEq: 6,
	token.Less: 7, token.Greater: 7, token.LessEq: 7, token.GreaterEq: 7,
	token.Shl: 8, token.Shr: 8,
	token.Plus: 9, token.Minus: 9,
	token.Star: 10, token.Slash: 10, token.Percent: 10,
}

func (e *evaluator) binary(min int) value {
	v := e.unary()
	for {
		t := e.peek()
		if t.Kind != token.Punct {
			return v
		}
		prec := precedence[t.Sym]
		if prec <= min {
			return v
		}
		e.pos++
		dead := t.Sym == token.OrOr && v.true() || t.Sym == token.AndAnd && !v.true()
		if dead {
			e.dead++
		}
		w := e.binary(prec)
		if dead {
			e.dead--
		}
		v = e.apply(t.Sym, v, w)
	}
}

func (e *evaluator) apply(op token.Sym, a, b value) value {
	unsigned := a.unsigned || b.unsigned
	num := func(n uint64) value { return value{n, unsigned} }
	less := func(x, y uint64) bool {
		if unsigned {
			return x < y
		}
		return int64(x) < int64(y)
	}
	switch op {
	case token.OrOr:
		return truth(a.true() || b.true())
	case token.AndAnd:
		return truth(a.true() && b.true())
	case token.Or:
		return num(a.n | b.n)
	case token.Xor:
		return num(a.n ^ b.n)
	case token.And:
		return num(a.n & b.n)
	case token.Eq:
		return truth(a.n == b.n)
	case token.NotEq:
		return truth(a.n != b.n)
	case token.Less:
		return truth(less(a.n, b.n))
	case token.Greater:
		return truth(less(b.n, a.n))
	case token.LessEq:
		return truth(!less(b.n, a.n))
	case token.GreaterEq:
		return truth(!less(a.n, b.n))
	case token.Shl:
		return a.shift(b, true)
	case token.Shr:
		return a.shift(b, false)
	case token.Plus:
		return num(a.n + b.n)
	case token.Minus:
		return num(a.n - b.n)
	case token.Star:
		return num(a.n * b.n)
	}
	if b.n == 0 {
		if e.dead > 0 {
			return num(0)
		}
		return e.fail("division by zero in #if")
	}
	switch {
	case op == token.Slash && unsigned:
		return num(a.n / b.n)
	case op == token.Slash:
		return num(uint64(int64(a.n) / int64(b.n)))
	case unsigned:
		return num(a.n % b.n)
	}
	return num(uint64(int64(a.n) % int64(b.n)))
}

// shift has a's type, and goes the other way for negative counts.
func (a value) shift(b value, left bool) value {
	n := b.n
	if !b.unsigned && int64(n) < 0 {
		n, left = -n, !left
	}
	switch {
	case left && n < 64:
		a.n <<= n
	case left:
		a.n = 0
	case a.unsigned && n < 64:
		a.n >>= n
	case a.unsigned:
		a.n = 0
	default:
		a.n = uint64(int64(a.n) >> min(n, 63))
	}
	return a
}

func (e *evaluator) unary() value {
	if e.depth++; e.depth > maxOperators {
		return e.fail("the expression is nested too deeply")
	}
	defer func() { e.depth-- }()
	t := e.peek()
	e.pos++
	switch t.Kind {
	case token.EOF:
		return e.fail("an operand is missing at the end of the expression")
	case token.Number:
		return e.number(t)
	case token.Char:
		return e.charConstant(t)
	case token.Ident:
		return value{} // also true and false, which C before C23 does not know
	case token.Punct:
		switch t.Sym {
		case token.LParen:
			v := e.comma()
			if !e.accept(token.RParen) {
				return e.fail("missing ')' in expression")
			}
			return v
		case token.Plus:
			return e.unary()
		case token.Minus:
			v := e.unary()
			v.n = -v.n
			return v
		case token.Tilde:
			v := e.unary()
			v.n = ^v.n
			return v
		case token.Not:
			return truth(!e.unary().true())
		case token.Hash:
			return e.assertion()
		}
	}
	return e.fail(`token "` + t.Text() + `" is not valid in preprocessor expressions`)
}

// assertion passes #name(tokens), which is never true: nobody asserts it.
func (e *evaluator) assertion() value {
	if e.peek().Kind != token.Ident {
		return e.fail("assertion without predicate")
	}
	e.pos++
	if e.accept(token.LParen) {
		for depth := 1; depth > 0; e.pos++ {
			switch t := e.peek(); {
			case t.Kind == token.EOF:
				return e.fail("missing ')' to complete an assertion")
			case op(t, token.LParen):
				depth++
			case op(t, token.RParen):
				depth--
			}
		}
	}
	return value{}
}
