package token

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"abide/analysis/text"
)

// Lex cuts src into tokens as GNU C does (gnu11 to gnu17): identifiers with $
// and characters beyond ASCII, digraphs, raw strings, line splices with blanks
// after the backslash; trigraphs are not replaced. Lines end at \n, \r\n or a
// lone \r. Of a text longer than 4 GiB the rest is left out.
func Lex(src string) *Lexed {
	if len(src) > math.MaxUint32 {
		src = src[:math.MaxUint32]
	}
	lx := lexers.Get().(*lexer)
	lx.lex(src)
	// Exact copies: the estimates stay with the lexer for the next text.
	out := &Lexed{
		Text:        src,
		Tokens:      slices.Clone(lx.tokens),
		Comments:    slices.Clone(lx.comments),
		OpenComment: lx.openComment,
		OpenRaw:     lx.noRaw,
	}
	if cap(lx.tokens) <= maxPooled && cap(lx.comments) <= maxPooled {
		lexers.Put(lx)
	}
	return out
}

// maxPooled is how many tokens or comments a lexer that waits for its next use
// may have room for.
const maxPooled = 1 << 18

var lexers = sync.Pool{New: func() any { return &lexer{tokens: make([]Token, 0, 4096)} }}

type lexer struct {
	tokens      []Token
	comments    []text.Span
	openComment int
	noRaw       bool // a raw string before did not end: do not look for the end of others
}

// ByteOrderMark is ignored at the start of a text.
const ByteOrderMark = "\ufeff"

func (lx *lexer) lex(src string) {
	lx.tokens, lx.comments, lx.openComment, lx.noRaw = lx.tokens[:0], lx.comments[:0], -1, false
	flags := FirstOnLine
	i := 0
	if strings.HasPrefix(src, ByteOrderMark) {
		i = len(ByteOrderMark)
	}
	for i < len(src) {
		switch classes[src[i]] {
		case classSpace:
			flags |= SpaceBefore
			i++
			continue
		case classNewline:
			flags |= SpaceBefore | FirstOnLine
			i++
			continue
		case classSlash:
			if end := lx.comment(src, i); end > i {
				flags |= SpaceBefore
				i = end
				continue
			}
		case classBackslash:
			if end := splice(src, i); end > i {
				i = end
				continue
			}
		}
		t, end := lx.scan(src, i, true)
		if end < 0 {
			t, end = lx.scanSpliced(src, i)
		}
		t.Flags |= flags
		t.Start, t.End = uint32(i), uint32(end)
		lx.tokens = append(lx.tokens, t)
		flags = 0
		i = end
	}
	lx.tokens = append(lx.tokens, Token{Kind: EOF, Flags: flags, Start: uint32(i), End: uint32(i)})
}

// splice is the end of a line splice at s[i], a backslash: blanks may stand
// between it and the line break, and the end of the text counts as one. It is
// i if there is none.
func splice(s string, i int) int {
	for j := i + 1; ; j++ {
		switch {
		case j >= len(s):
			return len(s)
		case s[j] == '\n':
			return j + 1
		case s[j] == '\r':
			if j+1 < len(s) && s[j+1] == '\n' {
				j++
			}
			return j + 1
		case classes[s[j]] != classSpace:
			return i
		}
	}
}

// splices is the end of all splices that follow at s[i].
func splices(s string, i int) int {
	for i < len(s) && s[i] == '\\' {
		end := splice(s, i)
		if end == i {
			break
		}
		i = end
	}
	return i
}

// comment is the end of a comment at src[i], a slash, which it puts on the
// list; i if there is none.
func (lx *lexer) comment(src string, i int) int {
	j := splices(src, i+1)
	if j >= len(src) {
		return i
	}
	end, closed := 0, true
	switch src[j] {
	case '/':
		end = lineComment(src, j+1)
	case '*':
		end, closed = blockComment(src, j+1)
	default:
		return i
	}
	if !closed {
		lx.openComment = i
	}
	lx.comments = append(lx.comments, text.Span{Start: i, End: end})
	return end
}

func lineComment(s string, i int) int {
	for i < len(s) {
		switch s[i] {
		case '\n', '\r':
			return i
		case '\\':
			if end := splice(s, i); end > i {
				i = end
				continue
			}
		}
		i++
	}
	return i
}

func blockComment(s string, i int) (end int, closed bool) {
	for {
		star := strings.IndexByte(s[i:], '*')
		if star < 0 {
			return len(s), false
		}
		i += star + 1
		if j := splices(s, i); j < len(s) && s[j] == '/' {
			return j + 1, true
		}
	}
}

// scan reads the token at s[i], which is no white space. With splits set s is
// source text: the result is negative if a splice may stand inside of the
// token. Otherwise s has been cleaned of them.
func (lx *lexer) scan(s string, i int, splits bool) (t Token, end int) {
	switch classes[s[i]] {
	case classIdent:
		j := i + 1
		for j < len(s) && inIdent[s[j]] {
			j++
		}
		if j >= len(s) {
			return word(Ident, s[i:j], j)
		}
		switch classes[s[j]] {
		case classQuote:
			if j-i <= len("u8R") {
				if t, end, ok := lx.prefixed(s, i, j, splits); ok {
					return t, end
				}
			}
		case classBackslash, classHigh:
			return identifier(s, i, splits)
		}
		return word(Ident, s[i:j], j)
	case classDigit:
		return number(s, i, splits)
	case classDot:
		if i+1 < len(s) && classes[s[i+1]] == classDigit {
			return number(s, i, splits)
		}
		return operator(s, i, splits)
	case classPunct, classSlash:
		return operator(s, i, splits)
	case classQuote:
		return literal(s, i, splits)
	case classHigh, classBackslash:
		if _, n := extended(s, i, true); n > 0 || splits && s[i] == '\\' && mayName(s, i) {
			return identifier(s, i, splits)
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		return Token{Kind: Other}, i + n
	}
	return Token{Kind: Other}, i + 1
}

// mayName tells whether the backslash at s[i] could start a universal
// character name that a splice cuts.
func mayName(s string, i int) bool {
	const longest = len(`\U0010ffff`)
	for n := 0; n < longest && i < len(s); n++ {
		if s[i] == '\\' && n > 0 {
			return splice(s, i) > i
		}
		if s[i] != '\\' && !inIdent[s[i]] {
			return false
		}
		i++
	}
	return false
}

// word is a token of a spelling that is worth a symbol.
func word(k Kind, spelling string, end int) (Token, int) {
	sym, ok := symbols.find(spelling)
	if !ok {
		if len(spelling) > maxSpelling {
			return Token{Kind: Other}, end
		}
		if sym, ok = symbols.add(spelling, false); !ok {
			return Token{Kind: Other}, end
		}
	}
	return Token{Kind: k, Sym: sym}, end
}

// cut tells whether a splice follows at s[i] and text goes on after it.
func cut(s string, i int, splits bool) bool {
	return splits && i < len(s) && s[i] == '\\' && splice(s, i) > i
}

// identifier reads one with characters beyond ASCII.
func identifier(s string, i int, splits bool) (Token, int) {
	var clean []byte // the spelling, once it differs from the bytes
	j := i
	for j < len(s) {
		if inIdent[s[j]] {
			if clean != nil {
				clean = append(clean, s[j])
			}
			j++
			continue
		}
		if splits && s[j] == '\\' && (splice(s, j) > j || mayName(s, j)) {
			return Token{}, -1
		}
		r, n := extended(s, j, j == i)
		if n == 0 {
			break
		}
		if s[j] == '\\' && clean == nil {
			clean = append(make([]byte, 0, 64), s[i:j]...)
		}
		if clean != nil {
			clean = utf8.AppendRune(clean, r)
		}
		j += n
	}
	if clean == nil {
		return word(Ident, s[i:j], j)
	}
	t, end := word(Ident, string(clean), j)
	t.Flags |= Spliced
	return t, end
}

// number reads a preprocessing number.
func number(s string, i int, splits bool) (Token, int) {
	j := i + 1
	for j < len(s) {
		switch c := s[j]; {
		case inIdent[c] || c == '.':
			j++
		case c == '+' || c == '-':
			switch s[j-1] {
			case 'e', 'E', 'p', 'P':
				j++
				continue
			}
			return word(Number, s[i:j], j)
		default:
			if cut(s, j, splits) || splits && c == '\\' && mayName(s, j) {
				return Token{}, -1
			}
			_, n := extended(s, j, false)
			if n == 0 {
				return word(Number, s[i:j], j)
			}
			j += n
		}
	}
	return word(Number, s[i:j], j)
}

func operator(s string, i int, splits bool) (Token, int) {
	if !extends[s[i]] {
		return Token{Kind: Punct, Sym: single[s[i]]}, i + 1
	}
	sym, end := punct(s, i)
	if splits {
		// A splice at any place up to the longest punctuator may hide a longer one.
		for j := i + 1; j < len(s) && j <= i+len("%:%"); j++ {
			if s[j] == '\\' && splice(s, j) > j {
				return Token{}, -1
			}
			if !extends[s[j]] {
				break
			}
		}
	}
	return Token{Kind: Punct, Sym: sym}, end
}

// prefixed reads a literal with the prefix s[i:quote].
func (lx *lexer) prefixed(s string, i, quote int, splits bool) (t Token, end int, ok bool) {
	prefix, raw := strings.CutSuffix(s[i:quote], "R")
	switch prefix {
	case "L", "u", "U", "u8":
	case "":
		if !raw {
			return Token{}, 0, false
		}
	default:
		return Token{}, 0, false
	}
	if raw {
		if s[quote] != '"' || !splits || lx.noRaw {
			return Token{}, 0, false
		}
		end, lx.noRaw = rawString(s, quote)
		return Token{Kind: String}, end, end > quote
	}
	t, end = literal(s, quote, splits)
	return t, end, true
}

// rawString is the end of the raw string whose quote stands at s[i]; i if it
// is malformed or does not end, which open tells of.
func rawString(s string, i int) (end int, open bool) {
	const longest = 16 // C++11 lex.string: bytes of a delimiter
	paren := strings.IndexByte(s[i+1:min(len(s), i+longest+2)], '(')
	if paren < 0 {
		return i, false
	}
	delimiter := s[i+1 : i+1+paren]
	if strings.ContainsAny(delimiter, " \t\v\f\r\n\"\\)") {
		return i, false
	}
	body := i + 1 + paren + 1
	if n := strings.Index(s[body:], ")"+delimiter+`"`); n >= 0 {
		return body + n + 1 + len(delimiter) + 1, false
	}
	return i, true
}

// literal reads a string or character constant whose quote stands at s[i].
func literal(s string, i int, splits bool) (Token, int) {
	t := Token{Kind: String}
	if s[i] == '\'' {
		t.Kind = Char
	}
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case s[i]:
			return t, j + 1
		case '\n', '\r':
			t.Flags |= Unterminated
			return t, j
		case '\\':
			if cut(s, j, splits) || cut(s, j+1, splits) {
				return Token{}, -1
			}
			if j+1 < len(s) && classes[s[j+1]] != classNewline {
				j++
			}
		}
	}
	t.Flags |= Unterminated
	return t, len(s)
}
