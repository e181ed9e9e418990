package token

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestInternConcurrently(t *testing.T) {
	const n = 20000 // several pages and table sizes
	var syms [4][n]Sym
	var wg sync.WaitGroup
	for g := range syms {
		wg.Go(func() {
			for i := range n {
				k := (i*7 + g*5003) % n
				s := fmt.Sprintf("concurrent_%d", k)
				syms[g][k] = Intern(s)
				if got := syms[g][k].String(); got != s {
					t.Errorf("%q became %q", s, got)
				}
			}
		})
	}
	wg.Wait()
	seen := map[Sym]bool{}
	for i := range n {
		if syms[0][i] != syms[1][i] || syms[0][i] != syms[2][i] || syms[0][i] != syms[3][i] || seen[syms[0][i]] {
			t.Fatalf("spelling %d has the symbols %d %d %d %d", i, syms[0][i], syms[1][i], syms[2][i], syms[3][i])
		}
		seen[syms[0][i]] = true
	}
}

// TestLimits checks that no input makes the table of symbols grow without end.
func TestLimits(t *testing.T) {
	long := strings.Repeat("x", maxSpelling)
	if tok := Lex(long).Tokens[0]; tok.Kind != Ident || tok.Sym.String() != long {
		t.Errorf("an identifier of %d bytes has kind %d", len(long), tok.Kind)
	}
	for _, s := range []string{long + "x", long + "é", "1" + long} {
		if lx := Lex(s); lx.Tokens[0].Kind != Other || int(lx.Tokens[0].End) != len(s) {
			t.Errorf("a word of %d bytes is lexed as %v", len(s), lx.Tokens)
		}
	}
	in := newInterner()
	in.count = maxSymbols
	if _, ok := in.add("one too many", false); ok {
		t.Error("the number of symbols has no limit")
	}
	in = newInterner()
	in.bytes = maxInterned
	if _, ok := in.add("one too many", false); ok {
		t.Error("the size of all symbols has no limit")
	}
	if sym, ok := in.add("needed", true); !ok || in.spelling(sym) != "needed" {
		t.Error("Intern is limited")
	}
}

// TestHostile lexes input that is made to be slow; a quadratic lexer would
// take minutes.
func TestHostile(t *testing.T) {
	const n = 1 << 18
	for _, s := range []string{
		strings.Repeat("\\\n", n),
		strings.Repeat("a\\\n", n),
		strings.Repeat("+\\\n", n),
		strings.Repeat("\\u00\\\n", n),
		strings.Repeat("\"\\\n", n),
		"\"" + strings.Repeat("x\\\n", n),
		strings.Repeat("R\"(", n),
		strings.Repeat("R\"x(\n", n),
		strings.Repeat("/\\\n", n),
		strings.Repeat("/*", n),
		strings.Repeat("*\\\n", n),
		strings.Repeat("'", n),
		strings.Repeat("\\ ", n),
		"a" + strings.Repeat("+"+strings.Repeat("\\\n", 1000), n/1000),
		strings.Repeat("a\\"+strings.Repeat(" ", 1000)+"b", n/1000),
	} {
		lx := Lex(s)
		if end := lx.Tokens[len(lx.Tokens)-1].End; int(end) != len(s) {
			t.Errorf("%.20q…: ends at %d of %d", s, end, len(s))
		}
	}
}
