package cpp

import (
	"math"

	"abide/analysis/token"
)

// text puts out the tokens up to the next directive.
func (p *pass) text() { p.textUntil(math.MaxInt32) }

// textUntil puts out the tokens before one of the section, unless an invocation
// reaches over it.
func (p *pass) textUntil(to int32) { p.textBefore(p.sec, to) }

// textBefore does so with what the run has before a token of some section.
func (p *pass) textBefore(sec *Section, to int32) {
	for p.i < p.end && (p.i < to || p.sec != sec) && !p.dead {
		t := &p.sec.Lex.Tokens[p.i]
		p.i++
		if t.Kind == token.Ident && p.c.ever.has(t.Sym) {
			if m := p.lookup(t.Sym); m != nil {
				p.invoke(m, t)
				if p.emitted+len(p.out) > maxTokens && !p.dead {
					p.give(p.sec, t.Start, tooManyTokens)
				}
				continue
			}
		}
		if t.Sym == token.LBrace && p.nest == 0 && p.leavesOut() && to == math.MaxInt32 && p.afterDeclarator() && p.skipBody() {
			continue
		}
		p.put(Token{Kind: t.Kind, Flags: t.Flags, Sym: t.Sym, Start: t.Start, End: t.End, Sec: p.sec})
		if t.Flags&token.Unterminated != 0 {
			p.unterminated(t)
		}
	}
}

// put puts out a token of the text.
func (p *pass) put(t Token) {
	p.out = append(p.out, t)
	if p.pad.any || p.start {
		p.settle(&p.out[len(p.out)-1])
	}
	if t.Kind == token.Punct && p.cfg.SkipBodies {
		p.nestings(&t)
	}
}

// unterminated complains of a string or character constant that its line ends.
func (p *pass) unterminated(t *token.Token) {
	quote := `"`
	if t.Kind == token.Char {
		quote = "'"
	}
	p.problem(raw(p.sec, t), "missing terminating "+quote+" character")
}

// give stops the work at a place.
func (p *pass) give(s *Section, start uint32, message string) {
	p.problem(Token{Sec: s, Start: start, End: start + 1}, message)
	p.dead = true
}

// invoke expands the macro that a token of the file names.
func (p *pass) invoke(m *Macro, t *token.Token) {
	name := raw(p.sec, t)
	p.start = p.start || name.Flags&token.FirstOnLine != 0
	name.Flags &^= token.FirstOnLine
	if !p.enter(m, name, linePlace{p.sec, t.Start}) {
		p.emit(name)
	} else {
		p.pad.add(padding(&name))
	}
	for len(p.ctx) > 0 {
		t := p.get()
		if t.Kind == kindPadding {
			p.pad.add(t)
		} else if t.Kind != token.EOF {
			p.emit(t)
		}
		if len(p.out) > maxTokens {
			p.abandon(name, tooLarge)
		}
	}
	p.spread = false
}

// emit puts a token out.
func (p *pass) emit(t Token) {
	t.Flags &^= viaMacro
	p.out = append(p.out, t)
	if p.cfg.SkipBodies {
		p.nestings(&t)
	}
	p.settle(&p.out[len(p.out)-1])
}

// settle gives a token the white space and the line start that were found
// before it.
func (p *pass) settle(t *Token) {
	p.pad.apply(t)
	if p.start {
		t.Flags |= token.FirstOnLine
		p.start = false
	}
}

// outPadding is the white space that an expansion leaves before a token, as
// gcc prints it.
type outPadding struct {
	any   bool
	space int // see Token.space
}

func (o *outPadding) add(t Token) {
	if !o.any || o.space == 0 || o.space == 1 && t.Sym == 0 {
		o.space = t.space()
	}
	o.any = true
}

func (o *outPadding) apply(t *Token) {
	if o.any {
		switch o.space {
		case 1:
			t.Flags &^= token.SpaceBefore
		case 2:
			t.Flags |= token.SpaceBefore
		}
	}
	*o = outPadding{}
}
