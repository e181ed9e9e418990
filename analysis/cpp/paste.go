package cpp

import (
	"strings"

	"abide/analysis/token"
)

// pasteAll does the ## operators in a list.
func (x *expander) pasteAll(toks []Token) []Token {
	depth := len(x.ctx)
	x.push(context{toks: toks, barrier: true})
	var out []Token
	for len(x.ctx) > depth {
		c := &x.ctx[len(x.ctx)-1]
		if c.pos == len(c.toks) {
			x.ctx = x.ctx[:len(x.ctx)-1]
			continue
		}
		t := c.toks[c.pos]
		c.pos++
		if t.Flags&pasteLeft != 0 {
			x.paste(t)
			continue
		}
		out = append(out, t)
	}
	return out
}

// stringify makes a string literal of an argument (C11 6.10.3.2).
func (x *expander) stringify(toks []Token) Token {
	var b strings.Builder
	b.WriteByte('"')
	space, any := 0, false // 0: as the next token has it; 1: none; 2: one
	for i := range toks {
		t := &toks[i]
		if t.Kind == kindPadding {
			if space == 0 || space == 1 && t.Sym == 0 {
				space = t.space()
			}
			continue
		}
		if any && (space == 2 || space == 0 && t.Flags&token.SpaceBefore != 0) {
			b.WriteByte(' ')
		}
		space, any = 0, true
		spelling := t.Text()
		if t.Kind != token.String && t.Kind != token.Char {
			b.WriteString(spelling)
			continue
		}
		for k := 0; k < len(spelling); k++ {
			switch c := spelling[k]; c {
			case '\\', '"':
				b.WriteByte('\\')
				b.WriteByte(c)
			case '\n':
				b.WriteString(`\n`)
			default:
				b.WriteByte(c)
			}
		}
		if b.Len() > x.limit {
			break
		}
	}
	s := b.String()
	// A stray backslash at the end would escape the closing quote.
	if n := len(s) - len(strings.TrimRight(s, `\`)); n%2 == 1 {
		s = s[:len(s)-1]
	}
	x.work += len(s) / 16
	return x.scratch.token(token.String, s+`"`)
}

// space is what a padding says: 0 nothing, 1 no white space, 2 white space.
func (t *Token) space() int {
	switch {
	case t.Sym == 0:
		return 0
	case t.Flags&token.SpaceBefore == 0:
		return 1
	}
	return 2
}

// paste joins a token with what follows it in the context on top, and puts
// the result in a context of its own.
func (x *expander) paste(lhs Token) {
	for {
		c := &x.ctx[len(x.ctx)-1]
		rhs := -1
		for k := c.pos; k < len(c.toks); k++ {
			if c.toks[k].Kind != kindPadding {
				rhs = k
				break
			}
		}
		if rhs < 0 {
			lhs.Flags &^= pasteLeft
			break
		}
		t := c.toks[rhs]
		joined, ok := x.join(&lhs, &t)
		if !ok {
			x.env.problem(lhs, `pasting "`+lhs.Text()+`" and "`+t.Text()+`" does not give a valid preprocessing token`)
			lhs.Flags &^= pasteLeft
			break
		}
		c.pos = rhs + 1
		joined.Flags |= lhs.Flags & token.SpaceBefore
		more := t.Flags&pasteLeft != 0
		lhs = joined
		if !more {
			break
		}
	}
	x.push(context{toks: x.arena.keep([]Token{lhs}), line: x.ctx[len(x.ctx)-1].line})
	x.spend(1, lhs)
}

// join gives the token that two spellings make together.
func (x *expander) join(a, b *Token) (Token, bool) {
	left, right := a.Text(), b.Text()
	if len(left)+len(right) > maxPaste {
		return Token{}, false
	}
	if a.Kind == token.Ident && b.Kind == token.Ident && len(left) > 2 {
		t := Token{Kind: token.Ident, Sym: token.Intern(left + right), Sec: nowhere}
		x.env.made(t.Sym)
		return t, true
	}
	text := left + right
	lx := token.Lex(text)
	if len(lx.Tokens) != 2 || len(lx.Comments) > 0 || lx.Tokens[0].Start != 0 || int(lx.Tokens[0].End) != len(text) {
		return Token{}, false
	}
	t := &lx.Tokens[0]
	if t.Sym == 0 {
		if t.Kind == token.Other || t.Flags&token.Unterminated != 0 {
			return Token{}, false
		}
		return x.scratch.token(t.Kind, text), true
	}
	if t.Kind == token.Ident {
		x.env.made(t.Sym)
	}
	return Token{Kind: t.Kind, Sym: t.Sym, Sec: nowhere}, true
}
