package cpp

import (
	"slices"
	"sync"

	"abide/analysis/token"
)

// Bounds of a translation unit. What goes beyond them is left out, with a
// Problem at the line.
const (
	maxDepth     = 200      // nested includes, as in gcc
	maxIncludes  = 50_000   // files entered
	maxTokens    = 16 << 20 // of output
	maxNestedIfs = 10_000   // conditionals in each other, per file
	maxProblems  = 1000
	maxRewinds   = 32 // unterminated invocations, per file, after which reading goes on
)

const tooManyTokens = "the translation unit expands to more than 16 million tokens: the rest is left out"

// pass is one run of the preprocessor over a translation unit.
type pass struct {
	c    *Cache
	fs   FS
	cfg  *Config
	res  *Result
	stop func() bool

	expander
	env     *token.MapEdit[*Macro]
	counter int
	once    token.Map[*File]   // files with #pragma once or #import, by their paths
	pushed  token.Map[*pushed] // #pragma push_macro
	defs    []*Macro           // of the main file, in order

	frame *frame
	cursor
	spread bool // an include stands in macro arguments: they end there

	space *workspace
	out   []Token
	nest  int // parentheses, brackets and braces that are open in what was put out
	rec   recorder
	// White space and line starts before the next token of output.
	pad   outPadding
	start bool

	entered int // includes
	emitted int // tokens
	ticks   int
	joint   *joint // where to take over from an earlier result
	effects int    // see checkpoint
	lined   int
	// sinceCheckpoint counts #include lines of the main file.
	sinceCheckpoint int

	dead    bool // given up: a limit was reached
	stopped bool // given up: stop said so

	found map[string]location // angle includes that were searched for
}

// workspace is memory that passes hand on to each other.
type workspace struct {
	ctx           []context
	args          []argument
	arena         arena
	disabled      bitset
	out           []Token
	reads, writes []binding
	seen          []uint32
	run           uint32
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// maxWorkspace is the number of tokens of output up to which memory is handed
// on.
const maxWorkspace = 64 << 10

// acquire takes memory over, release gives it back.
func (p *pass) acquire() {
	w := workspaces.Get().(*workspace)
	p.ctx, p.expander.args, p.arena, p.disabled, p.out = w.ctx[:0], w.args[:0], w.arena, w.disabled, w.out[:0]
	p.rec.reads, p.rec.writes, p.rec.seen, p.rec.run = w.reads, w.writes, w.seen, w.run
	*w = workspace{}
	p.space = w
}

func (p *pass) release() {
	if cap(p.out) > maxWorkspace || len(p.ctx) > 0 || p.dead {
		return
	}
	p.arena.holding = 0
	*p.space = workspace{p.ctx, p.expander.args, p.arena, p.disabled, p.out, p.rec.reads, p.rec.writes, p.rec.seen, p.rec.run}
	workspaces.Put(p.space)
}

// cursor is a place in a section: the item that is read next, and the tokens
// left of the one before it.
type cursor struct {
	sec    *Section
	item   int
	i, end int32
}

// frame is a file that is being read.
type frame struct {
	parent *frame
	file   *File
	dir    int // where in the search path it was found; -1 elsewhere
	depth  int
	sec    int // index of the current section
	conds  []cond
	low    int // conds below this one are as they were when the run began
	// #line's effect.
	presumed string
	shift    int
	rewinds  int
}

// cond is an open conditional.
type cond struct {
	skip     bool // its current group is left out
	done     bool // all later groups are
	seenElse bool
	at       int // offset of the #if in the file
}

// pushed is the stack of definitions that #pragma push_macro saved.
type pushed struct {
	macro *Macro
	below *pushed
}

func (f *frame) skipping() bool {
	n := len(f.conds)
	return n > 0 && f.conds[n-1].skip
}

func (f *frame) presumedPath() string {
	if f.presumed != "" {
		return f.presumed
	}
	return f.file.Path
}

// line is the presumed number of the line that an offset is in.
func (f *frame) line(offset int) int { return f.file.Text.LineOf(offset) + 1 + f.shift }

// run reads a file to its end.
func (p *pass) run(f *frame) {
	outer := p.frame
	p.frame = f
	if f.parent != nil {
		p.nest = max(p.nest, 0)
	}
	for f.sec < len(f.file.sections) && !p.quit() {
		if p.rejoin(f) {
			p.frame = outer
			return
		}
		p.checkpoint()
		p.section()
	}
	p.checkpoint()
	for i := len(f.conds) - 1; i >= 0 && !p.dead; i-- {
		p.problemAt(f.file, f.conds[i].at, f.conds[i].at+1, "unterminated conditional directive: an #endif is missing")
	}
	p.frame = outer
}

// quit polls the caller's wish to stop.
func (p *pass) quit() bool {
	if p.stop != nil && !p.dead {
		if p.ticks++; p.ticks&15 == 0 && p.stop() {
			p.dead, p.stopped = true, true
		}
	}
	return p.dead
}

// section reads the current section of the frame, and further ones if macro
// arguments reach into them.
func (p *pass) section() {
	f := p.frame
	s := f.file.sections[f.sec]
	s.prepare()
	include := s.loneInclude()
	switch {
	case include != nil && f.skipping():
	case include != nil:
		p.enterSection(s)
		p.item = 1
		p.directive(include)
	case p.replay(f, s):
	default:
		p.enterSection(s)
		p.begin(true)
		p.read()
		p.finish()
	}
	f.sec++
}

func (p *pass) enterSection(s *Section) { p.cursor = cursor{sec: s} }

// read puts out what is left of the section.
func (p *pass) read() {
	for {
		p.text()
		if !p.advance() {
			return
		}
	}
}

// text puts out the tokens up to the next directive.
func (p *pass) text() {
	for p.i < p.end {
		t := &p.sec.Lex.Tokens[p.i]
		p.i++
		if t.Kind == token.Ident && p.c.ever.has(t.Sym) {
			if m := p.lookup(t.Sym); m != nil {
				p.invoke(m, t)
				if p.emitted+len(p.out) > maxTokens && !p.dead {
					p.give(p.sec, t.Start, tooManyTokens)
				}
				if p.dead {
					return
				}
				continue
			}
		}
		if t.Sym == token.LBrace && p.nest == 0 && p.leavesOut() && p.afterDeclarator() && p.skipBody() {
			continue
		}
		p.out = append(p.out, Token{Kind: t.Kind, Flags: t.Flags, Sym: t.Sym, Start: t.Start, End: t.End, Sec: p.sec})
		if p.pad.any || p.start {
			p.settle(&p.out[len(p.out)-1])
		}
		if t.Kind == token.Punct && p.cfg.SkipBodies {
			p.nestings(&p.out[len(p.out)-1])
		}
	}
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
			p.abandon(name, "macro expansion is too large: the rest of it is left out")
		}
	}
}

// emit puts a token out.
func (p *pass) emit(t Token) {
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

// advance goes to the next run of text of the section and executes the
// directives before it. It is false at the section's end.
func (p *pass) advance() bool {
	for p.item < len(p.sec.items) && !p.dead {
		it := &p.sec.items[p.item]
		switch {
		case p.frame.skipping():
			p.skip(it)
		case it.kind == dirText:
			p.item++
			p.i, p.end = it.from, it.to
			return true
		case it.kind.include() && p.quiet > 0:
			p.spread = true
			return false
		default:
			p.item++
			p.directive(it)
		}
	}
	return false
}

// skip passes an item that is left out.
func (p *pass) skip(it *item) {
	p.item++
	switch {
	case it.kind.opens():
		// A whole nested conditional is left out at once.
		items, k := p.sec.items, p.item-1
		for k < len(items) && items[k].kind != dirEndif {
			k = int(items[k].next)
		}
		if k < len(items) {
			p.item = k + 1
			return
		}
		p.open(it, cond{skip: true, done: true})
	case it.kind.conditional():
		p.directive(it)
	}
}

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
		exp: s.exp, over: s.exp.sectionsOver(),
		counter: s.counter, nest: s.nest, out: len(s.out), problems: len(s.res.Problems), defs: len(s.defs), writes: len(s.rec.writes),
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
	*s.frame = pl.frame
	s.frame.rewinds++
	s.frame.low = min(s.frame.low, len(s.frame.conds))
	s.cursor = pl.cursor
	s.pass.env = pl.env.Edit()
	if pl.exp != nil {
		pl.exp.over = pl.over
	}
	s.pushed, s.once, s.counter, s.nest = pl.pushed, pl.once, pl.counter, pl.nest
	s.out, s.defs = s.out[:pl.out], s.defs[:pl.defs]
	s.res.Problems = s.res.Problems[:pl.problems]
	s.rec.writes = s.rec.writes[:pl.writes]
	s.rec.uncacheable = true
}

// lookup gives the macro of a name, nil if it is none now.
func (p *pass) lookup(name token.Sym) *Macro {
	if !p.c.ever.has(name) {
		return nil
	}
	m, _ := p.env.Get(name)
	p.rec.read(name, m)
	return m
}

// define gives a name a meaning; nil takes it away.
func (p *pass) define(name token.Sym, m *Macro) {
	p.effects++
	p.rec.write(name, m, p.c.ever.add(name))
	p.disabled.clear(name)
	if m == nil {
		p.env.Delete(name)
		return
	}
	p.env.Set(name, m)
	if p.frame.parent == nil && p.frame.file == p.res.Main {
		p.defs = append(p.defs, m)
	}
}

// problem notes something at a token of the file, or at the invocation that
// it comes out of.
func (p *pass) problem(at Token, message string) {
	f := p.frame
	if f == nil {
		return
	}
	sec, start, end := at.Sec, at.Start, at.End
	e := at.Exp
	if e == nil && !p.directing && len(p.ctx) > 0 {
		e = p.exp
	}
	if e != nil && !e.spells(&at) {
		sec, start, end = e.Sec, e.Start, e.End
	}
	for k := f.sec; k >= 0 && k >= f.sec-64; k-- {
		if f.file.sections[k] == sec {
			base := f.file.bases[k]
			p.problemAt(f.file, base+int(start), base+int(end), message)
			return
		}
	}
	base := f.file.bases[f.sec]
	if k := p.item - 1; k >= 0 && k < len(p.sec.items) {
		base += int(p.sec.Lex.Tokens[p.sec.items[k].hash].Start)
	}
	p.problemAt(f.file, base, base, message)
}

func (p *pass) problemAt(f *File, start, end int, message string) {
	if n := len(p.res.Problems); n < maxProblems {
		p.res.Problems = append(p.res.Problems, Problem{Loc: loc(f, start, end), Message: message})
	}
}

// made notes a name that no text spells.
func (p *pass) made(name token.Sym) {
	if p.rec.on && !p.c.ever.has(name) {
		p.rec.made = append(p.rec.made, name)
	}
}

func (e *Expansion) sectionsOver() []*Section {
	if e == nil {
		return nil
	}
	return e.over
}
