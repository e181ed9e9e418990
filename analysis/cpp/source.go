package cpp

import (
	"slices"

	"abide/analysis/token"
)

// next reads a token of the file: the source under the expander's contexts.
func (p *pass) next() Token {
	for {
		if p.i < p.end {
			t := &p.sec.Lex.Tokens[p.i]
			p.i++
			return raw(p.sec, t)
		}
		if p.spread {
			return Token{Kind: token.EOF}
		}
		if p.advance() || p.spread {
			continue
		}
		f := p.frame
		if p.dead || f.sec+1 >= len(f.file.sections) {
			p.look(len(f.file.sections))
			return Token{Kind: token.EOF}
		}
		f.sec++
		p.look(f.sec)
		s := f.file.sections[f.sec]
		s.prepare()
		p.enterSection(s)
		if p.exp != nil {
			p.exp.over = append(p.exp.over, s)
		}
	}
}

// paren tells whether the next token of the file is a (. A directive in
// between means no.
func (s *pass) parenAhead() bool {
	if s.i < s.end {
		t := &s.sec.Lex.Tokens[s.i]
		return t.Kind == token.Punct && t.Sym == token.LParen
	}
	if s.item < len(s.sec.items) {
		return false
	}
	sections := s.frame.file.sections
	for k := s.frame.sec + 1; k < len(sections); k++ {
		s.look(k)
		sec := sections[k]
		sec.prepare()
		if len(sec.items) > 0 {
			t := &sec.Lex.Tokens[0]
			return sec.items[0].kind == dirText && t.Kind == token.Punct && t.Sym == token.LParen
		}
	}
	s.look(len(sections))
	return false
}

// fileSource makes the pass a source.
type fileSource struct{ *pass }

func (s fileSource) next() Token { return s.pass.next() }
func (s fileSource) paren() bool { return s.parenAhead() }

// place is a state of the reading to go back to.
type place struct {
	far                                        bool // the others are set
	frame                                      frame
	cursor                                     cursor
	env                                        token.Map[*Macro]
	pushed                                     token.Map[*pushed]
	once                                       token.Map[*File]
	exp                                        *Expansion
	over                                       []*Section
	out, problems, defs, writes, counter, nest int
	pushes                                     int
	sum, onceSum                               uint64
}

// mark notes where the arguments of an invocation begin. Only if they go over
// a directive or a section's end it costs anything.
func (s fileSource) mark() place {
	depth := 1
	for k := s.i; k < s.end; k++ {
		t := &s.sec.Lex.Tokens[k]
		if t.Kind != token.Punct {
			continue
		}
		switch t.Sym {
		case token.LParen:
			depth++
		case token.RParen:
			if depth--; depth == 0 {
				return place{}
			}
		}
	}
	pl := s.note()
	pl.cursor.i--
	return pl
}

// note is a full mark.
func (s fileSource) note() place {
	pl := place{
		far: true, frame: *s.frame, cursor: s.cursor, env: s.pass.env.Done(), pushed: s.pushed, once: s.once,
		exp: s.exp, over: s.exp.sectionsOver(), sum: s.pass.env.sum, onceSum: s.onceSum, pushes: s.pushes,
		counter: s.counter, nest: s.nest, out: len(s.out), problems: len(s.cur.problems), defs: len(s.cur.defs), writes: len(s.rec.writes),
	}
	pl.frame.conds = slices.Clone(s.frame.conds)
	return pl
}

// reset goes back to the arguments of an invocation that nothing ends, so that
// it costs no more than itself; likewise to a body.
func (s fileSource) reset(pl place) {
	s.spread = false
	if !pl.far || pl.frame.rewinds >= maxRewinds {
		return
	}
	s.restore(pl)
	s.frame.rewinds++
}

func (s fileSource) restore(pl place) {
	*s.frame = pl.frame
	s.frame.low = min(s.frame.low, len(s.frame.conds))
	s.cursor = pl.cursor
	s.pass.env = definitions{pl.env.Edit(), pl.sum}
	if pl.exp != nil {
		pl.exp.over = pl.over
	}
	s.pushed, s.pushes, s.once, s.onceSum, s.counter, s.nest = pl.pushed, pl.pushes, pl.once, pl.onceSum, pl.counter, pl.nest
	s.out, s.cur.defs = s.out[:pl.out], s.cur.defs[:pl.defs]
	s.problems -= len(s.cur.problems) - pl.problems
	s.cur.problems = s.cur.problems[:pl.problems]
	s.rec.writes = s.rec.writes[:pl.writes]
	s.rec.uncacheable = true
}

func (e *Expansion) sectionsOver() []*Section {
	if e == nil {
		return nil
	}
	return e.over
}
