package cpp

import "abide/analysis/token"

// Bounds of a translation unit. What goes beyond them is left out, with a
// Problem at the line.
const (
	maxDepth     = 200     // nested includes, as in gcc
	maxIncludes  = 50_000  // files entered
	maxTokens    = 4 << 20 // of output
	maxNestedIfs = 10_000  // conditionals in each other, per file
	maxProblems  = 1000
	maxRewinds   = 32 // unterminated invocations, per file, after which reading goes on
)

// pass is one run of the preprocessor over a translation unit.
type pass struct {
	c    *Cache
	fs   FS
	cfg  *Config
	res  *Result
	stop func() bool

	expander
	env     definitions
	counter int
	onceSum uint64
	once    token.Map[*File]   // files with #pragma once or #import, by their paths
	pushed  token.Map[*pushed] // #pragma push_macro
	pushes  int                // how often that changed

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

	cur      *Stretch
	before   *state         // at its beginning
	first    int            // section of the main file that it begins at
	met      map[*File]bool // headers that it has met
	problems int            // of all stretches
	moment   uint64         // see moments; 0 before the disk was asked

	dead    bool // given up: a limit was reached
	stopped bool // given up: stop said so

	found map[string]location // angle includes that were searched for
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
	dir    int    // where in the search path it was found; -1 elsewhere
	name   string // as the #include has it; empty for files of the command line
	given  string // see givenName
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
	// Where the #if stands.
	sec   *Section
	start uint32
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

// near is where a section begins that has been read not long ago.
func (f *frame) near(s *Section) (base int, ok bool) {
	const far = 64
	for k := f.sec; k >= max(0, f.sec-far); k-- {
		if f.file.sections[k] == s {
			return f.file.bases[k], true
		}
	}
	return 0, false
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
			continue
		}
		p.turn()
		p.section()
	}
	if f.parent == nil && (f.sec > p.first || len(p.res.stretches) == 0 || p.dead) {
		p.closeStretch()
	}
	if n := len(f.file.sections) - 1; n >= 0 && !p.dead {
		last := f.file.sections[n]
		last.prepare()
		if at := last.Lex.OpenComment; at >= 0 {
			at += f.file.bases[n]
			p.problemAt(f.file, at, at+len("/*"), "unterminated comment")
		}
	}
	for i := len(f.conds) - 1; i >= 0 && !p.dead; i-- {
		base, _ := f.file.base(f.conds[i].sec)
		at := base + int(f.conds[i].start)
		p.problemAt(f.file, at, at+1, "unterminated conditional directive: an #endif is missing")
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
		p.cur.opaque = true
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
		case it.kind.include() && (p.quiet > 0 || p.operand > 0):
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
		// A whole nested conditional is left out at once, if nothing in it is to
		// be told.
		items, k := p.sec.items, p.item-1
		for k < len(items) && items[k].kind != dirEndif {
			k = int(items[k].next)
		}
		if k < len(items) && !p.sec.odd {
			p.item = k + 1
			return
		}
		p.open(it, cond{skip: true, done: true})
	case it.kind.conditional():
		p.directive(it)
	}
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
	p.rec.write(name, m, p.c.ever.add(name))
	p.disabled.clear(name)
	if m == nil {
		p.env.remove(name)
		return
	}
	p.env.set(name, m)
	if p.frame.parent == nil && p.frame.file == p.res.Main {
		p.cur.defs = append(p.cur.defs, m)
	}
}

// problem notes something at a token of the file, or at the invocation that
// it comes out of.
func (p *pass) problem(at Token, message string) {
	f := p.frame
	if f == nil {
		return
	}
	e := at.Exp
	if e == nil && !p.directing && len(p.ctx) > 0 {
		e = p.exp
	}
	spelled := e == nil || e.spells(&at)
	sec, start, end := at.Sec, at.Start, at.End
	if !spelled {
		sec, start, end = e.Sec, e.Start, e.End
	}
	if base, ok := f.near(sec); ok {
		from, to := base+int(start), base+int(end)
		if !spelled && len(e.over) > 0 {
			if last, ok := f.near(e.over[len(e.over)-1]); ok {
				to = max(to, last+int(e.overEnd))
			}
		}
		p.problemAt(f.file, from, to, message)
		return
	}
	base := f.file.bases[f.sec]
	if k := p.item - 1; k >= 0 && k < len(p.sec.items) {
		base += int(p.sec.Lex.Tokens[p.sec.items[k].hash].Start)
	}
	p.problemAt(f.file, base, base, message)
}

func (p *pass) problemAt(f *File, start, end int, message string) {
	if p.problems < maxProblems {
		p.problems++
		p.cur.problems = append(p.cur.problems, placed[Problem]{what: Problem{Loc: loc(f, start, end), Message: message}})
	}
}

// made notes a name that no text spells.
func (p *pass) made(name token.Sym) {
	if p.rec.on && !p.c.ever.has(name) {
		p.rec.made = append(p.rec.made, name)
	}
}
