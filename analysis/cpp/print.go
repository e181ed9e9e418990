package cpp

import (
	"bufio"
	"io"

	"abide/analysis/token"
)

// Print writes the tokens as `gcc -E -P` does: a line for about every line of
// the sources, one space where white space stood or where two tokens would run
// together, pragmas on lines of their own. Read again, the text gives the same
// tokens.
func (r *Result) Print(w io.Writer) error {
	out := printer{w: bufio.NewWriter(w), joins: map[[2]token.Sym]bool{}}
	for seg := range r.Segments() {
		for i := range seg.Tokens {
			out.token(&seg.Tokens[i])
		}
	}
	if out.before != nil {
		out.w.WriteByte('\n')
	}
	return out.w.Flush()
}

type printer struct {
	w      *bufio.Writer
	before *Token
	joins  map[[2]token.Sym]bool
}

func (p *printer) token(t *Token) {
	switch {
	case p.before == nil:
	case t.Flags&token.FirstOnLine != 0 || t.Kind == token.Pragma || p.before.Kind == token.Pragma:
		p.w.WriteByte('\n')
	case t.Flags&token.SpaceBefore != 0 || p.together(p.before, t):
		p.w.WriteByte(' ')
	}
	if t.Kind == token.Pragma {
		p.w.WriteByte('#')
		if !identPragma(t) {
			p.w.WriteString("pragma ")
		}
	}
	p.w.WriteString(t.Text())
	p.before = t
}

// together tells whether two tokens without a space between them would be read
// as something else.
func (p *printer) together(a, b *Token) bool {
	if a.Sym == 0 || b.Sym == 0 {
		return runTogether(a.Text(), b.Text())
	}
	key := [2]token.Sym{a.Sym, b.Sym}
	glue, ok := p.joins[key]
	if !ok {
		glue = runTogether(a.Text(), b.Text())
		if len(p.joins) < 1<<16 {
			p.joins[key] = glue
		}
	}
	return glue
}

func runTogether(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if last, first := a[len(a)-1], b[0]; identByte(last) != identByte(first) && last != '.' && first != '.' &&
		first != '"' && first != '\'' && first != '+' && first != '-' {
		return false
	}
	if a == "." && b == "." {
		return true // a third one may follow
	}
	lx := token.Lex(a + b)
	return len(lx.Tokens) != 3 || int(lx.Tokens[0].End) != len(a) || len(lx.Comments) > 0
}

// identPragma tells whether a pragma stands for an #ident line.
func identPragma(t *Token) bool { return t.Flags&token.Unterminated != 0 }
