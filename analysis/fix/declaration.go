package fix

import (
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// Member is one member of a record, by where the file spells it.
type Member struct {
	Decl  text.Span // its declaration, from the specifiers to the semicolon
	Name  text.Span // if it has none, an empty span where its declarator starts
	Macro bool      // Decl is a macro invocation that makes the whole declaration
	Type  text.Span // the invocation's argument that is the type; empty if none is
}

// declaration is the tokens of one member declaration. All fields but parts
// are indexes of tokens.
type declaration struct {
	first     int
	semicolon int
	declare   int // the first declarator's first token; the specifiers end before it
	parts     []part
	directive bool // a preprocessor directive stands inside
	body      bool // a record or enum is defined in the specifiers
}

// part is one declarator, with its bit width and attributes.
type part struct {
	first, end int // end is the comma or semicolon
}

// invocation reads a macro invocation as a declaration.
func (r *Record) invocation(s text.Span) *declaration {
	first, end := r.tokenAt(s.Start), r.tokenAt(s.End)
	if first >= end || r.start(first) != s.Start || r.end(end-1) != s.End {
		return nil
	}
	if r.is(end, token.Semicolon) {
		end++
	}
	return &declaration{first: first, semicolon: end - 1, declare: end - 1, parts: []part{{end - 1, end - 1}}}
}

// declaration reads the declaration between two offsets; nil if the text
// there is none.
func (r *Record) declaration(s text.Span) *declaration {
	first, end := r.tokenAt(s.Start), r.tokenAt(s.End)
	if first >= end || r.start(first) != s.Start || r.end(end-1) != s.End || !r.is(end-1, token.Semicolon) {
		return nil
	}
	d := &declaration{first: first, semicolon: end - 1}
	depth, from := 0, first
	for i := first; i < end; i++ {
		if t := r.tokens[i]; t.Kind == token.Other || t.Flags&token.Unterminated != 0 {
			return nil
		}
		sym := r.tokens[i].Sym
		d.body = d.body || sym == token.LBrace && depth == 0
		depth += sym.Nesting()
		switch sym {
		case token.Hash:
			d.directive = d.directive || r.startsLine(i)
		case token.Comma, token.Semicolon:
			if depth == 0 {
				d.parts = append(d.parts, part{from, i})
				from = i + 1
			}
		}
	}
	if depth != 0 || len(d.parts) == 0 || d.parts[len(d.parts)-1].end != d.semicolon {
		return nil
	}
	d.declare = r.declarator(first, d.parts[0].end)
	d.parts[0].first = d.declare
	return d
}

// declarator is where, between the first token of a declaration and the end
// of its first declarator, that declarator starts: at the first * or ( that is
// not the argument of an attribute or typeof, else at the name.
func (r *Record) declarator(first, end int) int {
	name := end
	words := 0
	for i := first; i < end; i++ {
		switch r.tokens[i].Sym {
		case token.Star:
			return i
		case token.Colon, token.LBracket:
			return min(name, i)
		case token.LBrace:
			i = r.closing(i, end)
			name, words = end, 1
			continue
		case token.LParen:
			if r.declares(i, end) {
				return i
			}
			i = r.closing(i, end)
			continue
		}
		if r.tokens[i].Kind != token.Ident {
			continue
		}
		if words++; words > 1 && r.mayBeName(i, name) {
			name = i
		}
	}
	return name
}

// mayBeName tells whether the word at i can be the declared name rather than
// the one found before it. A last word like __packed behind a name is an
// attribute.
func (r *Record) mayBeName(i, name int) bool {
	s := r.tokens[i].Sym
	if typeWord(s) || r.is(i-1, token.SymStruct) || r.is(i-1, token.SymUnion) || r.is(i-1, token.SymEnum) {
		return false
	}
	if r.is(i+1, token.LParen) && attributeWord(s) {
		return false
	}
	return name >= i || name != i-1 || !strings.HasPrefix(s.String(), "__")
}

// declares tells whether the parenthesis at i belongs to a declarator, as in
// (*f)(int), and not to an attribute or typeof.
func (r *Record) declares(i, end int) bool {
	if i > 0 && (attributeWord(r.tokens[i-1].Sym) || typeofWord(r.tokens[i-1].Sym)) {
		return false
	}
	for close := r.closing(i, end); i < close; i++ {
		if r.is(i, token.Star) {
			return true
		}
	}
	return false
}

// closing is the token that closes the bracket at i; end if none does.
func (r *Record) closing(i, end int) int {
	depth := 0
	for ; i < end; i++ {
		n := r.tokens[i].Sym.Nesting()
		if depth += n; n < 0 && depth == 0 {
			return i
		}
	}
	return end
}
