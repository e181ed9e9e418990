package cpp

import "abide/analysis/token"

// The bodies of functions make half of what a kernel driver expands to, differ
// the most between ABIs, and tell nothing about layouts. With
// Config.SkipBodies they are passed over token by token, the directives in them
// executed, and nothing is expanded. In the main file those stay that seem to
// define a record.

// leavesOut tells whether bodies are left out.
func (p *pass) leavesOut() bool { return p.cfg.SkipBodies }

// recordScan looks for the definition of a struct or union, token by token.
type recordScan struct{ open bool }

// defines tells whether t opens a definition.
func (r *recordScan) defines(t *token.Token) bool {
	switch {
	case t.Sym == token.SymStruct || t.Sym == token.SymUnion:
		r.open = true
	case r.open && t.Kind == token.Punct && (t.Sym == token.LBrace || t.Sym == token.LParen): // an attribute may be in parentheses
		return true
	case t.Kind != token.Ident:
		r.open = false
	}
	return false
}

// nestings follows the braces, brackets and parentheses that are open.
func (p *pass) nestings(t *Token) {
	if t.Kind == token.Punct {
		p.nest += t.Sym.Nesting()
	}
}

// attributes are the words before parentheses that do not make a declarator.
var attributeWords = map[token.Sym]bool{
	token.SymAttribute2: true, token.SymAttribute4: true, token.SymAlignas: true, token.SymAlignas1: true,
	token.SymAsm: true, token.SymAsm2: true, token.SymAsm4: true,
}

// afterDeclarator tells whether what was put out ends in the head of a
// function definition, so that a brace begins its body.
func (p *pass) afterDeclarator() bool {
	i := len(p.out) - 1
	for {
		if i < 0 || !op(&p.out[i], token.RParen) {
			return false
		}
		for depth := 0; i >= 0; i-- {
			if op(&p.out[i], token.RParen) {
				depth++
			} else if op(&p.out[i], token.LParen) {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if i--; i < 0 {
			return false
		}
		if t := &p.out[i]; t.Kind != token.Ident || !attributeWords[t.Sym] {
			return (t.Kind == token.Ident || op(t, token.RParen)) && !p.headOfRecord(i)
		}
		i--
	}
}

// headOfRecord tells whether what was put out up to i may be the head of a
// record's definition with an unknown attribute: struct s ATTRIBUTE(1) {.
func (p *pass) headOfRecord(i int) bool {
	for ; i >= 0 && p.out[i].Kind == token.Ident; i-- {
		if s := p.out[i].Sym; s == token.SymStruct || s == token.SymUnion || s == token.SymEnum {
			return true
		}
	}
	return false
}

// skipBody passes over a body whose opening brace was read last, and puts out
// its braces. It is false if there is no end to it, or if it has to stay.
func (p *pass) skipBody() bool {
	open := raw(p.sec, &p.sec.Lex.Tokens[p.i-1])
	end, ended := p.endOfBody()
	main := p.frame.parent == nil
	scan := recordScan{}
	if main {
		for k := p.i; k < end; k++ {
			if scan.defines(&p.sec.Lex.Tokens[k]) {
				return false
			}
		}
	}
	if ended {
		p.out = append(p.out, open, raw(p.sec, &p.sec.Lex.Tokens[end]))
		p.i = end + 1
		return true
	}
	if p.frame.rewinds >= maxRewinds {
		return false
	}
	source := fileSource{p}
	back := source.note()
	p.out = append(p.out, open)
	p.quiet++ // an #include in a body is too much: it is read as it stands
	for depth := 1; ; {
		t := p.next()
		switch {
		case t.Kind == token.EOF, main && scan.defines(&token.Token{Kind: t.Kind, Sym: t.Sym}):
			p.quiet--
			source.reset(back)
			return false
		case op(&t, token.LBrace):
			depth++
		case op(&t, token.RBrace):
			if depth--; depth == 0 {
				p.quiet--
				p.out = append(p.out, t)
				return true
			}
		}
	}
}

// endOfBody finds the closing brace in the same run of text, or that run's end.
func (p *pass) endOfBody() (int32, bool) {
	depth := 1
	for k := p.i; k < p.end; k++ {
		t := &p.sec.Lex.Tokens[k]
		if t.Kind != token.Punct {
			continue
		}
		switch t.Sym {
		case token.LBrace:
			depth++
		case token.RBrace:
			if depth--; depth == 0 {
				return k, true
			}
		}
	}
	return p.end, false
}
