package token

import (
	"slices"
	"strings"
	"testing"
)

var seeds = []string{
	"#define X(a, ...) a ## __VA_ARGS__ /* c\n */ \\\n\tL\"x\\\ny\" // z\nint é = 0x1p-3 + '\\'';\n",
	"\\u00e9\\\n\\U0000\\\n00e9 %:%\\\n: R\"a(\")a\" \"\\\\\n\n",
	"\\ \\\n/\\\n/ a\\\n\nb /\\\n* *\\\n/ .\\\n.\\\n. 1e\\\n+'x",
	"a\rb\r\n\xff\x00\ufeff\u0300 `@\\",
}

func FuzzLex(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		lx := Lex(src)
		checkSpans(t, lx)
		for _, tok := range lx.Tokens {
			checkAlone(t, lx, tok)
		}
		checkLineEnds(t, lx)
	})
}

// checkSpans fails unless tokens are in order and nothing but white space,
// comments and splices is between them.
func checkSpans(t *testing.T, lx *Lexed) {
	t.Helper()
	at := uint32(0)
	comments := 0
	for i, tok := range lx.Tokens {
		if tok.Start < at || tok.End < tok.Start || (tok.End == tok.Start) != (tok.Kind == EOF) || (tok.Kind == EOF) != (i == len(lx.Tokens)-1) {
			t.Fatalf("token %d has the span %d-%d after %d", i, tok.Start, tok.End, at)
		}
		gap := Lex(lx.Text[at:tok.Start])
		if len(gap.Tokens) != 1 {
			t.Fatalf("%q stands between tokens", gap.Text)
		}
		for _, c := range gap.Comments {
			if lx.Comments[comments].Start != c.Start+int(at) || lx.Comments[comments].End != c.End+int(at) {
				t.Fatalf("comment %d is %v, want %v after %d", comments, lx.Comments[comments], c, at)
			}
			comments++
		}
		at = tok.End
	}
	if int(at) != len(lx.Text) || comments != len(lx.Comments) {
		t.Fatalf("the text ends at %d, not %d, or has %d comments, not %d", at, len(lx.Text), comments, len(lx.Comments))
	}
}

// checkAlone fails unless a token's spelling is that token.
func checkAlone(t *testing.T, lx *Lexed, tok Token) {
	t.Helper()
	s := Spelling(lx, tok)
	if strings.HasSuffix(strings.TrimRight(s, " \t\v\f"), "\\") || strings.HasPrefix(s, ByteOrderMark) {
		return // alone, it would be a splice or a byte order mark
	}
	alone := Lex(s).Tokens
	if want := (Token{Kind: tok.Kind, Sym: tok.Sym}); tok.Kind != EOF &&
		(len(alone) != 2 || alone[0].Kind != want.Kind || alone[0].Sym != want.Sym || int(alone[0].End) != len(s)) {
		t.Fatalf("%q alone is %v, want %v", s, alone, want)
	}
}

// checkLineEnds fails unless \r\n and \r mean what \n means.
func checkLineEnds(t *testing.T, lx *Lexed) {
	t.Helper()
	if strings.Contains(lx.Text, "\r") {
		return
	}
	for _, end := range []string{"\r\n", "\r"} {
		other := Lex(strings.ReplaceAll(lx.Text, "\n", end))
		if !slices.EqualFunc(lx.Tokens, other.Tokens, func(a, b Token) bool {
			return a.Kind == b.Kind && a.Sym == b.Sym && a.Flags == b.Flags
		}) {
			t.Fatalf("with line ends %q: %s\nwant %s", end, show(other), show(lx))
		}
	}
}
