package usercopy

import (
	"abide/analysis/decl"
	"abide/analysis/token"
)

// Limits of what is read, far beyond real code.
const (
	maxScopes    = 256
	maxNesting   = 64 // of an expression
	maxArguments = 32
	maxArgument  = 4096 // tokens
	maxFound     = 1 << 16
	maxCast      = 16 // tokens
)

// reader looks at tokens by index; outside of them there is the empty symbol.
type reader struct {
	tokens []token.Token
	isType func(token.Sym) bool
}

func (r *reader) at(i int) token.Sym {
	if i < 0 || i >= len(r.tokens) {
		return 0
	}
	return r.tokens[i].Sym
}

func (r *reader) isIdent(i int) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].Kind == token.Ident
}

// isMember tells whether the name at i stands behind . or ->.
func (r *reader) isMember(i int) bool {
	return r.at(i-1) == token.Dot || r.at(i-1) == token.Arrow
}

// specifier reads `struct tag` or a typedef's name at i; next is what follows.
func (r *reader) specifier(i int) (typ decl.Type, next int) {
	switch sym := r.at(i); {
	case (sym == token.SymStruct || sym == token.SymUnion) && r.isIdent(i+1) && r.at(i+2) != token.LBrace:
		return &decl.RecordRef{Union: sym == token.SymUnion, Tag: r.at(i + 1)}, i + 2
	case r.isIdent(i) && r.isType(sym):
		return &decl.TypedefRef{Name: sym}, i + 1
	}
	return nil, i
}

// pointers reads the stars and qualifiers behind a specifier.
func (r *reader) pointers(v variable, i int) (variable, int) {
	for ; ; i++ {
		switch sym := r.at(i); {
		case sym == token.Star:
			v.typ = &decl.Pointer{Elem: v.typ}
		case qualifiers[sym]:
			v.user = v.user || sym == symUser
		default:
			return v, i
		}
	}
}

// dimensions reads the brackets of an array.
func (r *reader) dimensions(v variable, i int) (variable, int) {
	for r.at(i) == token.LBracket {
		v.typ = &decl.Array{Elem: v.typ}
		i = r.skip(i)
	}
	return v, i
}

// skip goes from an opening bracket behind the closing one.
func (r *reader) skip(i int) int {
	depth := 0
	for end := min(len(r.tokens), i+maxArgument); i < end; i++ {
		if depth += r.at(i).Nesting(); depth == 0 {
			return i + 1
		}
	}
	return i
}

// arguments cuts a call's arguments; i is behind the opening parenthesis.
func (r *reader) arguments(i int) [][]token.Token {
	var args [][]token.Token
	depth, start := 0, i
	for end := min(len(r.tokens), i+maxArgument); i < end && len(args) < maxArguments; i++ {
		sym := r.at(i)
		depth += sym.Nesting()
		switch {
		case sym == token.RParen && depth < 0:
			return append(args, r.tokens[start:i])
		case sym == token.Comma && depth == 0:
			args = append(args, r.tokens[start:i])
			start = i + 1
		case sym == token.Semicolon:
			return nil
		}
	}
	return nil
}
