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
	FirstOnLine  Flags = 1 << iota // a newline (outside comments and splices) precedes it, or nothing at all
	SpaceBefore                    // white space (newlines included) or a comment precedes it
	Spliced                        // its bytes hold a line splice or a universal character name: spelling != bytes
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
	// OpenRaw tells that the text does not end a raw string, and none of those
	// behind it.
	OpenRaw bool
}

// Spelling is what a token says: its bytes without line splices, and for
// identifiers universal character names as UTF-8.
func Spelling(lx *Lexed, t Token) string {
	switch {
	case t.Flags&Spliced == 0:
		return lx.Text[t.Start:t.End]
	case t.Sym != 0 && t.Kind != Punct: // a digraph keeps its own spelling
		return t.Sym.String()
	}
	w := window{text: lx.Text[:t.End], at: int(t.Start)}
	w.grow(int(t.End - t.Start))
	return string(w.clean)
}
