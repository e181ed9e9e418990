// Package token cuts C source text into tokens. It keeps every byte: tokens
// carry their span, comments are listed beside them, white space is what lies
// between. It is error-tolerant and never fails, and it knows nothing of
// macros or directives.
//
//	lx := token.Lex("int a; // sum\n")
//	lx.Tokens[1].Sym.String() // "a"
package token

import "abide/analysis/text"

// Kind says what a token is.
type Kind uint8

const (
	EOF    Kind = iota
	Ident       // identifiers and keywords; Sym is set
	Number      // preprocessing numbers; Sym is set
	Punct       // operators and punctuators; Sym is set, digraphs under the usual spelling
	Char        // character constants with their prefix; Sym is 0
	String      // string literals with their prefix; Sym is 0
	Other       // any stray byte or code point
	Pragma      // made by the preprocessor only: a #pragma or _Pragma line, its text normalised
)

// Flags tell how a token stands in its line.
type Flags uint8

const (
	FirstOnLine  Flags = 1 << iota // a newline (outside comments and splices) precedes it
	SpaceBefore                    // white space or a comment precedes it
	Spliced                        // its bytes hold a line splice or trigraph: spelling != bytes
	Unterminated                   // a string or character constant that ends at the line's end
	NoExpand                       // made by the preprocessor only: never a macro name again
)

// Token is one lexeme. Start and End are byte offsets into the lexed text.
type Token struct {
	Kind       Kind
	Flags      Flags
	Sym        Sym
	Start, End uint32
}

// Lexed is the result of Lex: all tokens in order, the last one EOF, and all
// comments in order.
type Lexed struct {
	Text     string
	Tokens   []Token
	Comments []text.Span
	// OpenComment is the start of a comment that the text does not end, or -1.
	OpenComment int
}

// Sym is an interned spelling. Two tokens with equal Sym are spelled alike.
// The zero Sym is the empty string.
type Sym uint32
