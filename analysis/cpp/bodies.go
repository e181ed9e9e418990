package cpp

import (
	"slices"

	"abide/analysis/token"
)

// The bodies of functions make half of what a kernel driver expands to, differ
// the most between ABIs, and tell nothing about layouts. With
// Config.SkipBodies they are passed over token by token, the directives in them
// executed, and nothing is expanded. In the main file those statements stay that
// seem to define a type, in the blocks that they stand in.

// leavesOut tells whether bodies are left out.
func (p *pass) leavesOut() bool { return p.cfg.SkipBodies }

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

// skim is how far a body has been passed over.
type skim struct {
	statement
	start  int32   // of the statement; negative if that is in an earlier run of text
	blocks []Token // the braces of those that are open; the first is the body's
	shown  int     // of them are put out

	// from is where the statement begins, if that is in an earlier section and
	// no directive stands between: where sections end must change nothing.
	from place
}

// skipBody passes over a body whose opening brace was read last, and puts out
// its braces and what stays between them. It is false if there is no end to it.
// What cannot be told statement by statement is left to the caller, from there
// on to the end of the body.
func (p *pass) skipBody() bool {
	open := raw(p.sec, &p.sec.Lex.Tokens[p.i-1])
	main := p.frame.parent == nil
	end, ended := p.endOfBody()
	if ended && !(main && anyStays(p.sec.Lex.Tokens[p.i:end])) {
		p.put(open)
		p.put(raw(p.sec, &p.sec.Lex.Tokens[end]))
		p.i = end + 1
		return true
	}
	source := fileSource{p}
	p.exp = nil // what follows is no invocation's; that before may be in others' hands
	var back place
	if !ended {
		if p.frame.rewinds >= maxRewinds {
			return false
		}
		back = source.note()
	}
	s := skim{start: p.i, blocks: []Token{open}}
	p.show(&s)
	p.quiet++ // an #include in a body is too much: it is read as it stands
	defer func() { p.quiet-- }()
	for {
		switch p.skimRun(&s, main) {
		case bodyEnds, bodyStays:
			return true
		case bodyUnclear:
			source.reset(back)
			return false
		}
		p.exp = nil // the sections that follow are no invocation's
		switch {
		case !main || s.n == 0 || !p.sectionEnds():
			s.from = place{}
		case s.start >= 0:
			s.from = source.note()
			s.from.cursor.i = s.start
		}
		if t := p.next(); t.Kind == token.EOF {
			source.reset(back)
			return false
		}
		p.i--
		s.start = -1
		if s.n == 0 {
			s.start = p.i
		}
	}
}

// bodyState is what a run of text says about the body that it belongs to.
type bodyState uint8

const (
	bodyGoesOn bodyState = iota
	bodyEnds
	bodyStays   // from here on
	bodyUnclear // it has to be read anew
)

// skimRun passes over what a run of text has of a body. keep tells that
// some statements may stay.
func (p *pass) skimRun(s *skim, keep bool) bodyState {
	for p.i < p.end {
		t := &p.sec.Lex.Tokens[p.i]
		e := s.step(t)
		p.i++
		if e == goesOn {
			continue
		}
		if to := p.i - e.excludes(); s.stay && keep {
			if state := p.keep(s, to); state != bodyGoesOn {
				return state
			}
		}
		switch e {
		case opensBlock:
			s.blocks = append(s.blocks, raw(p.sec, t))
		case closesBlock:
			n := len(s.blocks) - 1
			if s.shown > n {
				p.put(raw(p.sec, t))
				s.shown = n
			}
			if s.blocks = s.blocks[:n]; n == 0 {
				return bodyEnds
			}
		}
		s.statement, s.start, s.from = statement{}, p.i, place{}
	}
	if s.stay && keep && !(p.sectionEnds() && (s.start >= 0 || s.from.far)) {
		return p.leave(s)
	}
	return bodyGoesOn
}

// keep puts out the statement that ends before a token of the run.
func (p *pass) keep(s *skim, to int32) bodyState {
	at, sec, n := p.i, p.sec, p.frame.sec
	if !p.again(s) {
		return bodyUnclear
	}
	if !s.plain() || p.inFirstColumn(p.i) {
		return p.leave(s)
	}
	p.show(s)
	from := len(p.out)
	p.quiet--
	for p.textBefore(sec, to); p.frame.sec < n && !p.dead; p.textBefore(sec, to) {
		if t := p.next(); t.Kind == token.EOF {
			break
		}
		p.i--
	}
	p.quiet++
	switch {
	case p.sec != sec || p.i != to: // an invocation reaches over the end
		return bodyStays
	case slices.ContainsFunc(p.out[from:], isPragma): // what undoes it must not be lost
		return bodyStays
	}
	p.i = at
	return bodyGoesOn
}

// leave leaves the body to the caller from the statement on.
func (p *pass) leave(s *skim) bodyState {
	if !p.again(s) {
		return bodyUnclear
	}
	p.show(s)
	return bodyStays
}

// again goes back to the start of the statement. It is false if a directive
// stands in it.
func (p *pass) again(s *skim) bool {
	if s.start >= 0 {
		p.i = s.start
		return true
	}
	if !s.from.far {
		return false
	}
	rewinds := p.frame.rewinds
	fileSource{p}.restore(s.from)
	p.frame.rewinds = rewinds
	s.start, s.from = s.from.cursor.i, place{}
	return true
}

// sectionEnds tells whether nothing but the end of a section stands between the
// run of text and the next.
func (p *pass) sectionEnds() bool {
	if p.item < len(p.sec.items) {
		return false
	}
	sections := p.frame.file.sections
	for k := p.frame.sec + 1; k < len(sections); k++ {
		p.look(k)
		sections[k].prepare()
		if items := sections[k].items; len(items) > 0 {
			return items[0].kind == dirText
		}
	}
	p.look(len(sections))
	return false
}

// show puts out the braces of the blocks around a statement.
func (p *pass) show(s *skim) {
	for ; s.shown < len(s.blocks); s.shown++ {
		p.put(s.blocks[s.shown])
	}
}

func isPragma(t Token) bool { return t.Kind == token.Pragma }

// inFirstColumn tells whether a token stands there, where a definition is more
// likely one of the file: braces are missing before it.
func (p *pass) inFirstColumn(i int32) bool {
	at, text := p.sec.Lex.Tokens[i].Start, p.sec.Lex.Text
	return at == 0 || text[at-1] == '\n' || text[at-1] == '\r'
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
