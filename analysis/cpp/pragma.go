package cpp

import (
	"strings"

	"abide/analysis/token"
)

// maxPragma is the length in bytes up to which the text of a pragma is kept.
const maxPragma = 4 << 10

// pragma executes a #pragma line, or puts it out.
func (p *pass) pragma(it *item) {
	text := p.spelling(it)
	sec, hash := p.sec, &p.sec.Lex.Tokens[it.hash]
	end := p.sec.Lex.Tokens[max(it.hash, it.to-1)].End
	t := Token{Start: hash.Start, End: end, Sec: sec}
	if !p.pragmaText(text, t) {
		p.emitPragma(text, t)
	}
}

func pragmaToken(text string, t Token) Token {
	if len(text) > maxPragma {
		text = text[:maxPragma]
	}
	t.Kind, t.Sym, t.Flags = token.Pragma, token.Intern(text), token.FirstOnLine|token.SpaceBefore
	return t
}

// emitPragma puts a pragma out. Those in macro arguments come before the
// expansion.
func (p *pass) emitPragma(text string, t Token) {
	p.out = append(p.out, pragmaToken(text, t))
	p.start = true
}

// pragmaText executes the pragmas that are the preprocessor's own; false for
// all others.
func (p *pass) pragmaText(text string, at Token) bool {
	lx := token.Lex(text)
	word := func(i int) string {
		if i < len(lx.Tokens) && lx.Tokens[i].Kind == token.Ident {
			return lx.Tokens[i].Sym.String()
		}
		return ""
	}
	switch word(0) {
	case "once":
		p.rec.once = true
		p.onlyOnce(p.frame.file)
	case "push_macro", "pop_macro":
		p.rec.uncacheable = true
		name, ok := macroOperand(lx)
		if !ok {
			p.problem(at, "invalid #pragma "+word(0)+" directive")
			return true
		}
		p.stackMacro(name, word(0) == "push_macro")
	case "GCC":
		switch word(1) {
		case "poison", "system_header", "dependency":
		case "warning", "error":
			p.problem(at, "#pragma "+text)
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// macroOperand reads ("NAME") behind the pragma's name.
func macroOperand(lx *token.Lexed) (token.Sym, bool) {
	toks := lx.Tokens
	if len(toks) < 5 || toks[1].Sym != token.LParen || toks[2].Kind != token.String || toks[3].Sym != token.RParen {
		return 0, false
	}
	name := strings.Trim(token.Spelling(lx, toks[2]), `"`)
	return token.Intern(strings.TrimSpace(name)), true
}

// stackMacro executes push_macro and pop_macro.
func (p *pass) stackMacro(name token.Sym, push bool) {
	top, _ := p.pushed.Get(name)
	e := p.pushed.Edit()
	if push {
		e.Set(name, &pushed{p.lookup(name), top})
	} else if top != nil {
		p.define(name, top.macro)
		e.Set(name, top.below)
	}
	p.pushed = e.Done()
	p.pushes++
}

// pragmaOperator executes _Pragma("text"), whose name has been read.
func (p *pass) pragmaOperator(name Token) bool {
	x := &p.expander
	if x.directing {
		return false
	}
	exp, reach := x.exp, x.exp.extent()
	x.quiet++
	open := x.paren()
	x.quiet--
	var s Token
	ok := open
	if ok {
		s = x.expandedToken()
		ok = s.Kind == token.String
	}
	if ok {
		end := x.expandedToken()
		if ok = op(&end, token.RParen); ok && len(x.ctx) == 0 && x.exp != nil {
			x.exp.extend(&end)
		}
	}
	if !ok {
		exp.shrink(reach)
		p.problem(name, "_Pragma takes a parenthesized string literal")
		return open
	}
	text := destringize(s.Text())
	at := Token{Start: name.Start, End: name.End, Sec: name.Sec, Exp: x.exp}
	lx := token.Lex(text)
	var b strings.Builder
	for i, t := range lx.Tokens[:len(lx.Tokens)-1] {
		if i > 0 && t.Flags&token.SpaceBefore != 0 {
			b.WriteByte(' ')
		}
		b.WriteString(token.Spelling(lx, t))
	}
	if p.pragmaText(b.String(), at) {
		return true
	}
	x.push(context{toks: x.arena.keep([]Token{pragmaToken(b.String(), at)})})
	return true
}

// destringize undoes what # does (C11 6.10.9).
func destringize(s string) string {
	open := strings.IndexByte(s, '"')
	if open < 0 || len(s) < open+2 {
		return ""
	}
	s = s[open+1 : len(s)-1]
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '\\' || s[i+1] == '"') {
			i++
		}
		if s[i] == '\n' {
			b.WriteByte(' ')
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// ident puts #ident "text" out as the pragma that it is to gcc.
func (p *pass) ident(it *item) {
	toks := p.sec.Lex.Tokens
	t := Token{Start: toks[it.hash].Start, End: toks[max(it.hash, it.to-1)].End, Sec: p.sec}
	if it.to-it.from != 1 || toks[it.from].Kind != token.String {
		p.directiveProblem(it, "invalid #"+p.directiveName(it)+" directive")
		return
	}
	p.emitPragma("ident "+p.spelling(it), t)
	p.out[len(p.out)-1].Flags |= token.Unterminated
}
