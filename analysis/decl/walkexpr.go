package decl

import "abide/analysis/token"

// maxExpression bounds the tokens of one expression, and with them the
// recursion of those who look at it.
const maxExpression = 4096

// operators are the binary ones and the assignments.
var operators = symSet("*", "/", "%", "+", "-", "<<", ">>", "<", ">", "<=", ">=", "==", "!=", "&", "^", "|", "&&", "||",
	"=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|=")

var unaries = symSet("+", "-", "~", "!", "*", "&", "&&", "++", "--")

func symSet(spellings ...string) map[token.Sym]bool {
	m := make(map[token.Sym]bool)
	for _, s := range spellings {
		m[token.Intern(s)] = true
	}
	return m
}

// opaque are the operators whose operands are more than expressions and that
// have no value here.
var opaque = map[token.Sym]string{
	token.SymBuiltinVaArg: "va_arg is not constant",
}

// expression walks an expression, with comma operators if comma is set.
func (w *walker) expression(comma bool) bool {
	if !w.enter() {
		return false
	}
	defer w.leave()
	operand := true // one is wanted
	questions := 0
	for start := w.k; w.k < w.end; {
		if w.k-start > maxExpression {
			return w.fail("expression too long")
		}
		if operand {
			ok, more := w.operand()
			if !ok {
				return false
			}
			operand = more
			continue
		}
		switch s := w.sym(); {
		case s == token.Question:
			w.pass()
			questions++
			operand = w.sym() != token.Colon // GNU's a ?: b
		case s == token.Colon && questions > 0:
			w.pass()
			questions--
			operand = true
		case s == token.Comma && comma, operators[s]:
			w.pass()
			operand = true
		case s == token.LBracket:
			w.pass()
			if !w.expression(true) || !w.expect(token.RBracket) {
				return false
			}
		case s == token.LParen:
			if !w.call() {
				return false
			}
		case s == token.Dot || s == token.Arrow:
			w.pass()
			if w.tok(0).Kind != token.Ident {
				return w.fail("expected a member's name")
			}
			w.f.value(w.k)
			w.k++
		case s == token.Inc || s == token.Dec:
			w.pass()
		case questions > 0:
			return w.fail("expected ':'")
		default:
			return true
		}
	}
	if operand || questions > 0 {
		return w.fail("expected an expression")
	}
	return true
}

// operand walks a primary expression or a prefix; more tells that an operand
// is still wanted.
func (w *walker) operand() (ok, more bool) {
	f, t := w.f, w.tok(0)
	switch t.Kind {
	case token.Number:
		f.emit(w.k, "1")
		w.k++
		return true, false
	case token.Char:
		f.emit(w.k, "'a'")
		w.k++
		return true, false
	case token.String:
		for w.tok(0).Kind == token.String {
			f.emit(w.k, `""`)
			w.k++
		}
		return true, false
	case token.Ident:
		return w.word()
	}
	switch {
	case t.Sym == token.LParen:
		return w.parenthesis()
	case unaries[t.Sym]:
		w.pass()
		return true, true
	}
	return w.fail("expected an expression"), false
}

// word walks an operand that starts with an identifier or keyword.
func (w *walker) word() (ok, more bool) {
	f, t := w.f, w.tok(0)
	switch wordOf(t.Sym) {
	case wordSizeof, wordAlignof:
		f.emit(w.k, "sizeof")
		w.k++
		if w.sym() != token.LParen {
			return true, true
		}
		w.k++
		isType := w.startsTypeName() || w.unknownType()
		w.k--
		if !isType {
			return true, true
		}
		w.pass()
		if !w.abstractType() || !w.expect(token.RParen) {
			return false, false
		}
		w.literal()
		return true, false
	case wordNone, wordNote:
	default:
		return w.fail("'" + t.Sym.String() + "' cannot stand here"), false
	}
	if what, found := opaque[t.Sym]; found {
		f.mark(f.index(w.k), what)
		f.emit(w.k, "1")
		if w.k++; w.sym() == token.LParen {
			w.skipBrackets()
		}
		return true, false
	}
	switch t.Sym {
	case token.SymBuiltinOffsetof:
		return w.offsetof(), false
	case token.SymBuiltinTypesCompatibleP:
		return w.compatible(), false
	case token.SymGeneric:
		return w.generic(), false
	case token.SymReal2, token.SymReal4, token.SymImag2, token.SymImag4:
		f.mark(f.index(w.k), t.Sym.String()+" is not supported")
		f.emit(w.k, "-")
		w.k++
		return true, true
	}
	f.value(w.k)
	w.k++
	return true, false
}

// offsetof feeds __builtin_offsetof(T, path) as ( & ( ( T * ) 0 ) -> path ).
func (w *walker) offsetof() bool {
	f := w.f
	f.emit(w.k, "(")
	if w.k++; w.sym() != token.LParen {
		return w.fail("expected '('")
	}
	for _, s := range []string{"&", "(", "("} {
		f.emit(w.k, s)
	}
	w.k++
	if !w.abstractType() {
		return false
	}
	if w.sym() != token.Comma {
		return w.fail("expected ','")
	}
	for _, s := range []string{"*", ")", "1", ")", "->"} {
		f.emit(w.k, s)
	}
	w.k++
	if w.tok(0).Kind != token.Ident {
		return w.fail("expected a member's name")
	}
	f.value(w.k)
	w.k++
	for w.sym() == token.Dot || w.sym() == token.LBracket {
		if w.sym() == token.Dot {
			w.pass()
			if w.tok(0).Kind != token.Ident {
				return w.fail("expected a member's name")
			}
			f.value(w.k)
			w.k++
			continue
		}
		w.pass()
		if !w.expression(true) || !w.expect(token.RBracket) {
			return false
		}
	}
	return w.expect(token.RParen)
}

// compatible feeds __builtin_types_compatible_p(A, B) as
// ( sizeof ( A ) ^ sizeof ( B ) ).
func (w *walker) compatible() bool {
	f := w.f
	f.emit(w.k, "(")
	if w.k++; w.sym() != token.LParen {
		return w.fail("expected '('")
	}
	f.emit(w.k, "sizeof")
	f.emit(w.k, "(")
	w.k++
	if !w.abstractType() {
		return false
	}
	if w.sym() != token.Comma {
		return w.fail("expected ','")
	}
	for _, s := range []string{")", "^", "sizeof", "("} {
		f.emit(w.k, s)
	}
	w.k++
	if !w.abstractType() {
		return false
	}
	if w.sym() != token.RParen {
		return w.fail("expected ')'")
	}
	f.emit(w.k, ")")
	f.emit(w.k, ")")
	w.k++
	return true
}

// generic feeds _Generic(x, T: a, default: b) as v ( x , sizeof ( T ) , a , 1 , b ).
func (w *walker) generic() bool {
	f := w.f
	f.value(w.k)
	if w.k++; w.sym() != token.LParen {
		return w.fail("expected '('")
	}
	w.pass()
	if !w.expression(false) {
		return false
	}
	for w.sym() == token.Comma {
		w.pass()
		if w.sym() == token.SymDefault {
			f.emit(w.k, "1")
			w.k++
		} else {
			f.emit(w.k, "sizeof")
			f.emit(w.k, "(")
			if !w.abstractType() {
				return false
			}
			f.emit(w.k, ")")
		}
		if w.sym() != token.Colon {
			return w.fail("expected ':'")
		}
		f.emit(w.k, ",")
		w.k++
		if !w.expression(false) {
			return false
		}
	}
	return w.expect(token.RParen)
}

// parenthesis walks a cast, a compound literal, a statement expression or an
// expression in parentheses.
func (w *walker) parenthesis() (ok, more bool) {
	f := w.f
	if _, statement := f.bad[f.index(w.k)]; statement {
		f.emit(w.k, "1")
		w.skipBrackets()
		return true, false
	}
	w.pass()
	if w.startsTypeName() {
		if !w.abstractType() || !w.expect(token.RParen) {
			return false, false
		}
		return true, !w.literal()
	}
	return w.expression(true) && w.expect(token.RParen), false
}

// literal steps over the braces of a compound literal.
func (w *walker) literal() bool {
	if w.sym() != token.LBrace {
		return false
	}
	for _, s := range []string{"{", "1", "}"} {
		w.f.emit(w.k, s)
	}
	w.skipBrackets()
	return true
}

// call walks the arguments of a call.
func (w *walker) call() bool {
	w.pass()
	if w.sym() == token.RParen {
		w.pass()
		return true
	}
	for {
		if !w.expression(false) {
			return false
		}
		if w.sym() != token.Comma {
			return w.expect(token.RParen)
		}
		w.pass()
	}
}

// startsTypeName tells whether what comes is a type name, not an expression.
// A name that nobody declared counts as a type where it can be nothing else.
func (w *walker) startsTypeName() bool {
	t := w.tok(0)
	if word := wordOf(t.Sym); word != wordNone && word != wordNote {
		return word.startsType()
	}
	if t.Kind != token.Ident {
		return false
	}
	if w.f.isType(t.Sym) || t.Sym == token.SymBool || t.Sym == token.SymBuiltinVaList {
		return true
	}
	next, then := w.tok(1), w.tok(2)
	if (next.Sym == token.Star || next.Sym == token.RParen) && w.f.ask(t.Sym) != nameUnknown {
		return false
	}
	switch next.Sym {
	case token.Star:
		return then.Sym == token.RParen || then.Sym == token.Star
	case token.RParen:
		return then.Kind == token.Number || then.Kind == token.String || then.Kind == token.Char || isName(then)
	}
	return false
}

// unknownType tells whether the operand of a sizeof, all of it, is a name that
// nobody declared. Most likely that is a type whose header is missing.
func (w *walker) unknownType() bool {
	if !isName(w.tok(0)) || w.tok(1).Sym != token.RParen || w.f.ask(w.tok(0).Sym) != nameUnknown {
		return false
	}
	switch w.tok(2).Sym {
	case token.Dot, token.Arrow, token.LBracket, token.LParen, token.Inc, token.Dec:
		return false
	}
	return true
}

// argument walks the argument of an attribute, whose tokens are not among the
// kept ones yet.
func (w *walker) argument(a argument) bool {
	f := w.f
	w.k = len(f.kept)
	for i := a.first; i <= a.last; i++ {
		if f.toks[i].Kind != token.Pragma && wordOf(f.toks[i].Sym) != wordDrop {
			f.kept = append(f.kept, i)
		}
	}
	w.end = len(f.kept)
	if a.sizeof && w.startsTypeName() {
		return w.abstractType() && w.k == w.end
	}
	return w.expression(a.sizeof) && w.k == w.end
}
