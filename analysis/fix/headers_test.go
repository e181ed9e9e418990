package fix

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"abide/analysis/text"
	"abide/analysis/token"
)

// headers gives installed UAPI headers to f, a part of them in short mode.
func headers(t *testing.T, f func(path, src string)) {
	files, _ := filepath.Glob("/usr/include/linux/*.h")
	if len(files) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("no headers in /usr/include/linux")
		}
		t.Skip("no headers in /usr/include/linux")
	}
	for i, path := range files {
		if testing.Short() && i%10 != 0 {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f(path, string(data))
	}
}

// records finds record definitions.
func records(src string) []*Record {
	var list []*Record
	f, tokens := text.New(src), token.Lex(src).Tokens
	for i, tok := range tokens {
		if tok.Sym != token.SymStruct && tok.Sym != token.SymUnion {
			continue
		}
		open := i + 1
		if tokens[open].Kind == token.Ident {
			open++
		}
		if tokens[open].Sym != token.LBrace {
			continue
		}
		depth := 0
		for j := open; j < len(tokens); j++ {
			switch tokens[j].Sym {
			case token.LBrace:
				depth++
			case token.RBrace:
				depth--
			}
			if depth == 0 {
				list = append(list, Read(f, text.Span{Start: int(tok.Start), End: int(tokens[j].End)}))
				break
			}
		}
	}
	return list
}

// declared gives the member declarations of a record that no directive divides.
func (r *Record) declared() []*declaration {
	var list []*declaration
	first := slices.IndexFunc(r.tokens, func(t token.Token) bool { return t.Sym == token.LBrace }) + 1
	depth := 0
	for i := first; i < len(r.tokens); i++ {
		if depth == 0 && r.is(i, token.Hash) && r.startsLine(i) {
			for i++; i < len(r.tokens) && !r.startsLine(i); i++ {
			}
			first = i
			i--
			continue
		}
		switch r.tokens[i].Sym {
		case token.LBrace, token.LParen, token.LBracket:
			depth++
		case token.RBrace, token.RParen, token.RBracket:
			depth--
		case token.Semicolon:
			if depth == 0 {
				if d := r.declaration(text.Span{Start: r.start(first), End: r.end(i)}); d != nil {
					list = append(list, d)
				}
				first = i + 1
			}
		}
	}
	return list
}

func comments(src string) []string {
	lx := token.Lex(src)
	var list []string
	for _, c := range lx.Comments {
		list = append(list, src[c.Start:c.End])
	}
	return list
}

func spellings(src string) []string {
	lx := token.Lex(src)
	var list []string
	for _, t := range lx.Tokens {
		list = append(list, token.Spelling(lx, t))
	}
	return list
}

// TestInsertInHeaders puts a member behind and in front of every member of
// real headers: nothing else changes but white space.
func TestInsertInHeaders(t *testing.T) {
	count := 0
	headers(t, func(path, src string) {
		before, notes := spellings(src), comments(src)
		lx := token.Lex(src)
		for n, r := range records(src) {
			list := r.declared()
			if len(list) == 0 {
				continue
			}
			d := list[n%len(list)] // one of each record
			for _, behind := range []bool{true, false} {
				p := r.Plan()
				m := Member{Decl: text.Span{Start: r.start(d.first), End: r.end(d.semicolon)}}
				at := m.Decl.Start
				if behind {
					at = m.Decl.End
					m.Name.Start = r.start(d.parts[len(d.parts)-1].first)
					m.Name.End = m.Name.Start
					p.InsertAfter(m, pad)
				} else {
					p.InsertBefore(m, pad)
				}
				got := apply(t, src, p)
				k := slices.IndexFunc(lx.Tokens, func(t token.Token) bool { return int(t.Start) >= at })
				want := slices.Insert(slices.Clone(before), k, pad.Type, pad.Declarator, ";")
				if !slices.Equal(spellings(got), want) || !slices.Equal(comments(got), notes) {
					t.Errorf("%s:%d: behind %v:\n%s", path, r.file.LineOf(at)+1, behind, text.Unified("a", "b", text.New(src), text.New(got)))
				}
				count++
			}
		}
	})
	t.Logf("%d insertions", count)
}

// pointerNames lists the names of parts with a pointer in front.
func (r *Record) pointerNames(d *declaration) []text.Span {
	var list []text.Span
	for _, p := range d.parts {
		pointer := false
		for i := p.first; i < p.end; i++ {
			switch tok := r.tokens[i]; {
			case tok.Sym == token.Star:
				pointer = true
				continue
			case tok.Kind != token.Ident, qualifierWord(tok.Sym):
				continue
			case pointer:
				list = append(list, text.Span{Start: int(tok.Start), End: int(tok.End)})
			}
			break
		}
	}
	return list
}

// TestRetypeInHeaders turns all pointers of real headers into integers, which
// a compiler must like.
func TestRetypeInHeaders(t *testing.T) {
	gcc, err := exec.LookPath("gcc")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("gcc is not installed")
		}
		t.Skip("gcc is not installed")
	}
	dir := t.TempDir()
	compiles := func(path, src string) error {
		file := filepath.Join(dir, filepath.Base(path))
		if err := os.WriteFile(file, []byte("#include <linux/types.h>\n#include <sys/socket.h>\n"+src), 0o666); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(gcc, "-fsyntax-only", "-w", "-I/usr/include/linux", file).CombinedOutput(); err != nil {
			return fmt.Errorf("%s", out)
		}
		return nil
	}
	count := 0
	headers(t, func(path, src string) {
		notes := comments(src)
		f := text.New(src)
		var edits []text.Edit
		for _, r := range records(src) {
			p := r.Plan()
			for _, d := range r.declared() {
				if d.body {
					continue
				}
				for _, name := range r.pointerNames(d) {
					p.Retype(Member{Decl: text.Span{Start: r.start(d.first), End: r.end(d.semicolon)}, Name: name}, "__u64")
					count++
				}
			}
			list, err := p.Edits()
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			edits = append(edits, list...)
		}
		if len(edits) == 0 || compiles(path, src) != nil {
			return
		}
		g, err := f.Apply(edits...)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		if !slices.Equal(comments(g.Content()), notes) {
			t.Errorf("%s: comments changed", path)
		}
		if err := compiles(path, g.Content()); err != nil && !strings.Contains(src, "inline") {
			t.Errorf("%s: %v\n%s", path, err, text.Unified("a", "b", f, g))
		}
	})
	t.Logf("%d pointers", count)
}
