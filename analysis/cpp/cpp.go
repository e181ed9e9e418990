// Package cpp is the C preprocessor: include search, conditionals, macro
// expansion, pragmas, as GNU C has them, for one ABI at a time. Every token it
// puts out knows where it was spelled and which invocation it came out of. A
// missing include is recorded, never a stop. It knows macros and directives,
// but no declarations and no types.
//
// Files are cut into sections (runs of whole lines). What a section expands to
// is kept together with the macros that it asked for, and used again wherever
// those have the same meaning: in the next version of the document, in another
// translation unit, for another ABI.
package cpp

import (
	"abide/analysis/text"
	"abide/analysis/token"
)

// Section is a run of whole lines, lexed once and shared by content. Offsets
// in it are relative to its first byte, so it keeps its identity when the text
// before it changes.
type Section struct {
	Lex *token.Lexed
	sectionState
}

// Token is a preprocessed token. Sec, Start and End say where it was spelled
// (relative to the section; use Result.Loc for a place in a file). Exp is the
// outermost macro invocation that produced it, nil outside of macros.
type Token struct {
	Kind       token.Kind
	Flags      token.Flags
	Sym        token.Sym
	Start, End uint32
	Sec        *Section
	Exp        *Expansion
}

// Expansion is one macro invocation that is written in a file (not in another
// macro's body).
type Expansion struct {
	Macro      *Macro
	Sec        *Section // where the invocation is written
	Start, End uint32   // from the macro's name to its closing parenthesis

	// Later sections that the invocation goes on in, and where it ends in the
	// last one of them.
	over    []*Section
	overEnd uint32
}

// Macro is one definition. Definitions are canonical: one #define line is one
// *Macro for every translation unit and ABI that meets it.
type Macro struct {
	Name     token.Sym
	FuncLike bool
	Variadic bool        // the last parameter takes the rest (__VA_ARGS__ or a GNU name)
	Params   []token.Sym // with __VA_ARGS__ or the GNU name last when Variadic
	Body     []Token
	Sec      *Section // nil for predefined macros
	Start    uint32   // span of the name in Sec
	End      uint32
	macroState
}

// Segment is a run of output tokens, the unit that decl caches by identity.
// One Segment may stand in the results of many ABIs and document versions.
type Segment struct {
	Tokens  []Token
	pragmas []*Token
	attachment
}

// Loc is a span of bytes in a file. Path is as it was opened.
type Loc struct {
	Path string
	text.Span
}

// Include is one #include that was met and active.
type Include struct {
	Name  string // as written, without the delimiters
	Angle bool
	Next  bool
	Loc   Loc    // the directive's file name, quotes or brackets included
	Path  string // the file that was opened; empty if Err is set
	Err   string // why it was not: "file not found", "nested too deeply", "is a directory", …
}

// Problem is something the preprocessor has to say at a place: #error, an
// unterminated conditional, a limit that was reached.
type Problem struct {
	Loc     Loc
	Message string
}
