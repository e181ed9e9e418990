package token

import (
	"fmt"
	"strings"
	"testing"
)

// show writes tokens as kind:spelling (e end, i identifier, n number, p
// punctuator, c character, s string, o other) after their flags: ^ first on
// its line, _ space before, ~ spliced, ! unterminated.
func show(lx *Lexed) string {
	var words []string
	for _, t := range lx.Tokens {
		flags := ""
		for i, c := range []string{"^", "_", "~", "!"} {
			if t.Flags>>i&1 != 0 {
				flags += c
			}
		}
		words = append(words, fmt.Sprintf("%s%c:%s", flags, "einpcso"[t.Kind], Spelling(lx, t)))
	}
	return strings.Join(words, " ")
}

func TestLex(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"", "^e:"},
		{"int a;\n", "^i:int _i:a p:; ^_e:"},
		{"\ufeffint", "^i:int e:"},
		{"$a a$1 _9", "^i:$a _i:a$1 _i:_9 e:"},
		{"é\\u00e9 = aé", "^~i:éé _p:= _i:aé e:"},
		{"\\U000000e9\\u0041", "^~i:é o:\\ i:u0041 e:"},
		{"\u0300a \u00a0", "^o:\u0300 i:a _o:\u00a0 e:"},
		{"1e+5 0x1p-3 .5 1..2 1'000 0x1+1 1.e-", "^n:1e+5 _n:0x1p-3 _n:.5 _n:1..2 _n:1 !c:'000 0x1+1 1.e- e:"},
		{`L"a" u8"\"" U'\'' u'x' x"y"`, `^s:L"a" _s:u8"\"" _c:U'\'' _c:u'x' _i:x s:"y" e:`},
		{"R\"x(a\n)\" )x\" R\"(\\\n)\"", "^s:R\"x(a\n)\" )x\" _s:R\"(\\\n)\" e:"},
		{"R\"(a\nb", "^i:R !s:\"(a ^_i:b e:"},
		{"\"a\n'b\r\nc", "^!s:\"a ^_!c:'b ^_i:c e:"},
		{"<: :> <% %> %: %:%: %:% <::", "^p:<: _p::> _p:<% _p:%> _p:%: _p:%:%: _p:%: p:% _p:<: p:: e:"},
		{"a+++b...c..d->e>>=f", "^i:a p:++ p:+ i:b p:... i:c p:. p:. i:d p:-> i:e p:>>= i:f e:"},
		{"??= ??/\n", "^p:? p:? p:= _p:? p:? p:/ ^_e:"},
		{"a // b \\\n c\nd", "^i:a ^_i:d e:"},
		{"a /* \n */ b\n/* x */ c", "^i:a _i:b ^_i:c e:"},
		{"#define X /* \n */ 1\n", "^p:# i:define _i:X _n:1 ^_e:"},
		{"a /* b", "^i:a _e:"},
		{"a /*/ b */ c", "^i:a _i:c e:"},
		{"a /\\\n* b *\\\n/ c /\\\n/ d\ne", "^i:a _i:c ^_i:e e:"},
		{"#def\\\nine A\\ \t\r\nB", "^p:# ~i:define _~i:AB e:"},
		{"a\\\n", "^i:a e:"},
		{"a\\", "^i:a e:"},
		{"a \\\n b", "^i:a _i:b e:"},
		{"a \\ b", "^i:a _o:\\ _i:b e:"},
		{"\"a\\\nb\\\\\nn\" '\\\\\n''", "^~s:\"ab\\n\" _~c:'\\'' e:"},
		{"+\\\n\\\n= <\\\n<\\\n= .\\\n5 1e\\\n+5", "^~p:+= _~p:<<= _~n:.5 _~n:1e+5 e:"},
		{"L\\\n\"a\" \\\\\n\nb", "^~s:L\"a\" _o:\\ ^_i:b e:"},
		{"\\u00\\\ne9 x\\u\\\n00e9", "^~i:é _~i:xé e:"},
		{"a\rb", "^i:a ^_i:b e:"},
		{"\x00 @ ` \xff \x80a", "^o:\x00 _o:@ _o:` _o:\xff _o:\x80 i:a e:"},
		{"#error don't\nx", "^p:# i:error _i:don !c:'t ^_i:x e:"},
	} {
		if got := show(Lex(tt.src)); got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.src, got, tt.want)
		}
	}
}

func TestWellKnown(t *testing.T) {
	seen := map[string]bool{}
	for i, s := range wellKnown {
		if (s == "") != (i == 0) || seen[s] {
			t.Errorf("symbol %d is %q", i, s)
		}
		seen[s] = true
		if Intern(s) != Sym(i) || Sym(i).String() != s {
			t.Errorf("symbol %d is %q, Intern gives %d", i, Sym(i), Intern(s))
		}
	}
	for s := LBrace; s <= HashHash; s++ {
		lx := Lex(s.String())
		if tok := lx.Tokens[0]; tok.Kind != Punct || tok.Sym != s || len(lx.Tokens) != 2 {
			t.Errorf("%s is lexed as %s", s, show(lx))
		}
	}
	for digraph, s := range map[string]Sym{"<:": LBracket, ":>": RBracket, "<%": LBrace, "%>": RBrace, "%:": Hash, "%:%:": HashHash} {
		if tok := Lex(digraph).Tokens[0]; tok.Sym != s {
			t.Errorf("%s is %s", digraph, tok.Sym)
		}
	}
}
