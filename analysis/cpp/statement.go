package cpp

import "abide/analysis/token"

// statement follows one statement in a function's body, token by token, as it
// is written: no macro is known. What it takes for one may be more, never less
// than the declarations that a record or an enum is defined in; the heads of
// if, for, while and switch count as statements.
type statement struct {
	stayScan
	n      int // tokens so far
	parens int // open: parentheses and brackets
	braces int // of records, enums, initializers, and statement expressions
	first  token.Sym
	call   bool // it begins IDENT (
	called int  // its length with the ) of that; 0 before
	asks   bool // it has a ?, so that a : does not end a label

	stay bool // it has to be put out
}

// ending is what a token says about a statement.
type ending uint8

const (
	goesOn      ending = iota
	endsWith           // the token
	opensBlock         // the statement, perhaps an empty one, ends before the token
	closesBlock        // likewise
)

// excludes is how many tokens the statement ended before.
func (e ending) excludes() int32 {
	if e == opensBlock || e == closesBlock {
		return 1
	}
	return 0
}

// plain tells whether the statement's end is certain as far as parentheses say.
func (s *statement) plain() bool { return s.parens == 0 }

// heads are the words that begin with their parentheses a statement.
var heads = map[token.Sym]bool{token.SymIf: true, token.SymFor: true, token.SymWhile: true, token.SymSwitch: true}

// step looks at the next token.
func (s *statement) step(t *token.Token) ending {
	i := s.n
	s.n++
	s.stay = s.stay || s.stays(t)
	if t.Kind != token.Punct {
		if i == 0 && t.Kind == token.Ident {
			s.first = t.Sym
			if t.Sym == token.SymElse || t.Sym == token.SymDo {
				return endsWith
			}
		}
		return goesOn
	}
	outside := s.parens == 0 && s.braces == 0
	switch t.Sym {
	case token.LParen:
		if i == 1 && s.first != 0 && s.first != token.SymReturn {
			s.call = true
		}
		s.parens++
	case token.LBracket:
		s.parens++
	case token.RParen, token.RBracket:
		s.parens = max(s.parens-1, 0)
		if s.call && s.called == 0 && s.parens == 0 && s.braces == 0 {
			s.called = s.n
			if heads[s.first] {
				return endsWith
			}
		}
	case token.LBrace:
		if outside && (i == 0 || s.called == i) {
			return opensBlock
		}
		s.braces++
	case token.RBrace:
		if s.braces == 0 {
			return closesBlock
		}
		s.braces--
	case token.Question:
		s.asks = true
	case token.Colon:
		if outside && !s.asks && !s.open {
			return endsWith
		}
	case token.Semicolon:
		if outside {
			return endsWith
		}
	}
	return goesOn
}

// stayScan looks for what a statement stays for, token by token: the definition
// of a record, an enum or a typedef, or a pragma.
type stayScan struct{ open bool }

// stays tells whether t begins one.
func (r *stayScan) stays(t *token.Token) bool {
	switch {
	case t.Sym == token.SymTypedef || t.Sym == token.SymPragmaOperator:
		return true
	case t.Sym == token.SymStruct || t.Sym == token.SymUnion || t.Sym == token.SymEnum:
		r.open = true
	case t.Kind == token.Ident:
	case r.open && (t.Sym == token.LBrace || t.Sym == token.LParen): // an attribute may be in parentheses
		return true
	case t.Sym != token.Colon: // one may stand before an enum's type
		r.open = false
	}
	return false
}

// anyStays tells whether one of the statements that tokens make stays.
func anyStays(toks []token.Token) bool {
	var scan stayScan
	for i := range toks {
		if scan.stays(&toks[i]) {
			return true
		}
	}
	return false
}
