package decl

import (
	"abide/analysis/token"
)

// declarator walks one declarator. An abstract one may lack a name.
func (w *walker) declarator(abstract bool) bool {
	if !w.enter() {
		return false
	}
	defer w.leave()
	for stars := 0; w.sym() == token.Star || w.sym() == token.Xor || wordOf(w.sym()) == wordQual || wordOf(w.sym()) == wordAtomic; {
		switch {
		case w.sym() == token.Star || w.sym() == token.Xor:
			w.f.emit(w.k, "*")
			if stars++; stars > maxNesting {
				return w.fail("nested too deeply")
			}
		case stars > 0 && wordOf(w.sym()) == wordQual:
			w.f.emit(w.k, qualifier(w.sym()))
		case stars > 0:
			w.f.emit(w.k, "const")
		default:
			return w.fail("expected a name")
		}
		w.k++
	}
	t := w.tok(0)
	switch {
	case isName(t):
		w.f.value(w.k)
		w.k++
	case t.Sym == token.LParen && !(abstract && w.startsParams()):
		w.pass()
		if !w.declarator(abstract) || !w.expect(token.RParen) {
			return false
		}
	case !abstract:
		return w.fail("expected a name")
	}
	for n := 0; ; n++ {
		if n > maxNesting {
			return w.fail("nested too deeply")
		}
		switch w.sym() {
		case token.LBracket:
			if !w.bound() {
				return false
			}
		case token.LParen:
			if !w.params() {
				return false
			}
		default:
			return true
		}
	}
}

// startsParams tells whether the parenthesis here opens a parameter list of an
// abstract declarator, not an inner declarator.
func (w *walker) startsParams() bool {
	t := w.tok(1)
	if t.Sym == token.RParen || t.Sym == token.Ellipsis || wordOf(t.Sym).startsType() {
		return true
	}
	return isName(t) && w.f.isType(t.Sym)
}

// bound walks an array's bound.
func (w *walker) bound() bool {
	w.pass()
	for wordOf(w.sym()) == wordQual {
		w.k++
	}
	if w.sym() == token.Star && w.tok(1).Sym == token.RBracket {
		w.k++
	}
	if w.sym() == token.RBracket {
		w.pass()
		return true
	}
	return w.expression(true) && w.expect(token.RBracket)
}

// params walks a parameter list.
func (w *walker) params() bool {
	if !w.enter() {
		return false
	}
	defer w.leave()
	w.pass()
	for first := true; w.sym() != token.RParen; first = false {
		if !first && !w.expect(token.Comma) {
			return false
		}
		if w.sym() == token.Ellipsis {
			if first {
				w.k++ // C23's f(...)
				break
			}
			w.pass()
			break
		}
		if !w.specifiers(inParams) || !w.declarator(true) {
			return false
		}
	}
	return w.expect(token.RParen)
}
