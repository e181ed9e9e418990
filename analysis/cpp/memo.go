package cpp

import (
	"slices"
	"sync"

	"abide/analysis/abi"
	"abide/analysis/token"
)

// fewMemos is how many results a section remembers, besides one for each set of
// predefined macros that there is: ABIs differ, and so do the places that a
// header is included at. maxOver is how many more sections a run may look at
// that is remembered.
const (
	fewMemos = 20
	maxOver  = 16
)

// memory is what a section remembers of earlier runs.
type memory struct {
	mu    sync.Mutex
	memos []*memo

	identsOnce sync.Once
	idents     []token.Sym // of the section, each once
}

// memo is what a run of a section did, and all that this depended on.
type memo struct {
	// The names that the run asked for, and what they meant before it. Names
	// that were never a macro when it asked are not among them: known says up
	// to which of Cache.ever's names that was looked after.
	reads []binding
	known uint64
	made  []token.Sym // names that ## made and that were no macros
	// The sections behind that the run looked at, and whether it saw the end of
	// the file behind them; how many of them it read.
	over []*Section
	last bool
	more int

	// The conditionals that the run met, innermost last, and whether those
	// around them leave the text out.
	entry []cond
	skip  bool
	// Whether function bodies were left out, and what was open then.
	brief bool
	nest  int
	// Where it was, as far as it asked.
	needs   needs
	line    int
	path    string
	abi     *abi.ABI
	depth   int
	counter int

	seg      *Segment // nil if nothing was put out
	writes   []binding
	exit     []cond // stand in for entry; at is relative to the section, negative if as before
	nested   int    // how much more was open afterwards
	counted  int    // how often __COUNTER__ was read
	once     bool
	problems []Problem // relative to the section
}

// needs are things other than macros that a run asked for.
type needs struct {
	line    bool // __LINE__
	file    bool // __FILE__, __INCLUDE_LEVEL__
	counter bool // __COUNTER__
	abi     bool // a character constant, __has_attribute
	bottom  bool // a conditional directive without an #if
}

// binding is a name and what it meant; nil for nothing.
type binding struct {
	name  token.Sym
	macro *Macro
}

// recorder notes what a run depends on and what it does.
type recorder struct {
	on          bool
	uncacheable bool
	needs
	once   bool // #pragma once
	reads  []binding
	writes []binding
	made   []token.Sym
	// seen marks the names that were read or written, by the run's number.
	seen []uint32
	run  uint32

	first    int // section that the run began at
	end      int // the last one that it looked at; len(sections) for the file's end
	known    uint64
	entry    []cond
	counter  int
	nest     int
	problems int
}

func (r *recorder) read(name token.Sym, m *Macro) {
	if r.on && r.mark(name) {
		r.reads = append(r.reads, binding{name, m})
	}
}

// write notes a definition; fresh says that the name never was a macro before.
func (r *recorder) write(name token.Sym, m *Macro, fresh bool) {
	if !r.on {
		return
	}
	if r.mark(name) && fresh {
		r.reads = append(r.reads, binding{name, nil})
	}
	r.writes = append(r.writes, binding{name, m})
}

// mark is true for the first time that a run meets a name.
func (r *recorder) mark(name token.Sym) bool {
	if int(name) >= len(r.seen) {
		r.seen = append(r.seen, make([]uint32, int(name)-len(r.seen)+4096)...)
	}
	if r.seen[name] == r.run {
		return false
	}
	r.seen[name] = r.run
	return true
}

// look notes that the run depends on a later section.
func (p *pass) look(section int) {
	p.rec.end = max(p.rec.end, section)
	if p.frame.parent == nil {
		p.cur.looks = max(p.cur.looks, section+1-p.first)
	}
}

// begin starts a run at the current section.
func (p *pass) begin(cacheable bool) {
	r := &p.rec
	r.on, r.uncacheable = true, !cacheable
	r.needs, r.once = needs{}, false
	r.reads, r.writes, r.made = r.reads[:0], r.writes[:0], r.made[:0]
	if r.run++; r.run == 0 {
		clear(r.seen)
		r.run = 1
	}
	f := p.frame
	r.first, r.end = f.sec, f.sec
	r.known = p.c.ever.count.Load()
	r.entry = append(r.entry[:0], f.conds...)
	r.counter, r.nest, r.problems = p.counter, p.nest, len(p.cur.problems)
	f.low = len(f.conds)
}

// finish ends the run: what it put out becomes a segment, and what it did is
// remembered.
func (p *pass) finish() {
	r := &p.rec
	r.on = false
	p.pad, p.start = outPadding{}, false
	p.scratch.seal()
	var seg *Segment
	if len(p.out) > 0 {
		p.emitted += len(p.out)
		if seg = p.frame.file.sections[r.first].alike(p.out); seg == nil || r.uncacheable {
			seg = newSegment(p.out)
		}
		p.cur.put(seg)
		p.out = p.out[:0]
	}
	if r.needs.line {
		p.cur.lined = true
	}
	f := p.frame
	if r.uncacheable || r.end-r.first > maxOver || p.dead {
		p.cur.opaque = true
		return
	}
	s := f.file.sections[r.first]
	base := f.file.bases[r.first]
	run := f.file.sections[r.first : f.sec+1]
	m := &memo{
		reads: slices.Clone(r.reads), known: r.known, made: slices.Clone(r.made), writes: slices.Clone(r.writes),
		needs: r.needs, seg: seg, once: r.once, counted: p.counter - r.counter, counter: r.counter,
		entry: slices.Clone(r.entry[f.low:]),
		brief: p.leavesOut(), nest: r.nest, nested: p.nest - r.nest,
		last: r.end == len(f.file.sections), more: f.sec - r.first,
	}
	if r.end > r.first {
		m.over = slices.Clone(f.file.sections[r.first+1 : min(r.end+1, len(f.file.sections))])
	}
	if f.low > 0 {
		m.skip = r.entry[f.low-1].skip
	}
	if m.needs.line {
		m.line = f.line(base)
	}
	if m.needs.file {
		m.path, m.depth = p.presumedPath(f), f.depth
	}
	if m.needs.abi {
		m.abi = p.cfg.ABI
	}
	for _, c := range f.conds[f.low:] {
		if !slices.Contains(run, c.sec) {
			c.sec = nil
		}
		m.exit = append(m.exit, c)
	}
	for _, e := range p.cur.problems[r.problems:] {
		pr := e.what
		pr.Loc.Start -= base
		pr.Loc.End -= base
		m.problems = append(m.problems, pr)
	}
	p.cur.note(f, s, m)
	if seg == nil && len(m.reads)+len(m.writes)+len(m.problems) == 0 {
		return // quicker to skip again than to look for
	}
	s.remember(m, fewMemos+int(p.c.kinds.Load()))
}

// alike finds a segment with the same tokens among the results that the
// section remembers.
func (s *Section) alike(toks []Token) *Segment {
	s.mu.Lock()
	defer s.mu.Unlock()
	var last *Segment
	for k := len(s.memos) - 1; k >= 0; k-- {
		if seg := s.memos[k].seg; seg != nil && seg != last {
			if slices.EqualFunc(seg.Tokens, toks, equivalent) {
				return seg
			}
			last = seg
		}
	}
	return nil
}

// equivalent tells whether two tokens of runs of one section are the same but
// for the pointers to equal invocations.
func equivalent(a, b Token) bool {
	if a.Kind != b.Kind || a.Flags != b.Flags || a.Sym != b.Sym {
		return false
	}
	if a.Exp == nil || b.Exp == nil {
		return a.Exp == b.Exp && a.Sec == b.Sec && a.Start == b.Start
	}
	if x, y := a.Exp, b.Exp; x != y && (x.Sec != y.Sec || x.Start != y.Start || x.End != y.End || x.Macro.Name != y.Macro.Name ||
		len(x.over)+len(y.over) > 0) {
		return false
	}
	if a.Sec == b.Sec {
		return a.Start == b.Start && a.End == b.End
	}
	return a.Sec.unspelled && b.Sec.unspelled && a.Text() == b.Text()
}

func (s *Section) remember(m *memo, most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.memos) - most; n >= 0 {
		s.memos = slices.Delete(s.memos, 0, n+1)
	}
	s.memos = append(s.memos, m)
}

// names lists the identifiers of the section.
func (s *Section) names() []token.Sym {
	s.identsOnce.Do(func() { s.idents = identsOf(s.Lex.Tokens) })
	return s.idents
}

func identsOf(toks []token.Token) []token.Sym {
	list := make([]token.Sym, 0, len(toks)/3+1)
	for i := range toks {
		if toks[i].Kind == token.Ident {
			list = append(list, toks[i].Sym)
		}
	}
	slices.Sort(list)
	return slices.Clone(slices.Compact(list))
}

// replay does what an earlier run of a section did, if there was one that
// met the same.
func (p *pass) replay(f *frame, s *Section) bool {
	m := p.recall(f, s)
	if m == nil {
		return false
	}
	base := f.file.bases[f.sec]
	main := f.parent == nil && f.file == p.res.Main
	for _, w := range m.writes {
		if w.macro == nil {
			p.env.remove(w.name)
			continue
		}
		p.env.set(w.name, w.macro)
		if main {
			p.cur.defs = append(p.cur.defs, w.macro)
		}
	}
	n := len(f.conds) - len(m.entry)
	for i, c := range m.exit {
		if c.sec == nil {
			c.sec, c.start = f.conds[n+i].sec, f.conds[n+i].start
		}
		if n+i < len(f.conds) {
			f.conds[n+i] = c
		} else {
			f.conds = append(f.conds, c)
		}
	}
	f.conds = f.conds[:n+len(m.exit)]
	if m.needs.line {
		p.cur.lined = true
	}
	if len(m.over) > 0 || m.last {
		p.look(f.sec + len(m.over))
	}
	if m.last {
		p.look(len(f.file.sections))
	}
	p.counter += m.counted
	p.nest += m.nested
	if m.once {
		p.onlyOnce(f.file)
	}
	for _, pr := range m.problems {
		p.problemAt(f.file, base+pr.Loc.Start, base+pr.Loc.End, pr.Message)
	}
	if m.seg != nil {
		p.cur.put(m.seg)
		if p.emitted += len(m.seg.Tokens); p.emitted > maxTokens && !p.dead {
			p.cursor = cursor{sec: s}
			p.give(s, 0, tooManyTokens)
		}
	}
	p.cur.note(f, s, m)
	f.sec += m.more
	return true
}

// recall finds what the section remembers of a run like the one to come.
func (p *pass) recall(f *frame, s *Section) *memo {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := len(s.memos) - 1; k >= 0; k-- {
		m := s.memos[k]
		if !m.fits(p, f) {
			continue
		}
		m.update(p.c, s)
		if i := m.differs(p); i >= 0 {
			// What told the runs apart once will do it again.
			m.reads[0], m.reads[i] = m.reads[i], m.reads[0]
			continue
		}
		return m
	}
	return nil
}

// differs is the index of a name that means something else now, or -1.
func (m *memo) differs(p *pass) int {
	for i := range m.reads {
		if now, _ := p.env.Get(m.reads[i].name); now != m.reads[i].macro {
			return i
		}
	}
	return -1
}

// fits compares all but the macros.
func (m *memo) fits(p *pass, f *frame) bool {
	n := len(f.conds) - len(m.entry)
	if n < 0 || (n > 0 && f.conds[n-1].skip) != m.skip {
		return false
	}
	for i, c := range m.entry {
		if now := f.conds[n+i]; now.skip != c.skip || now.done != c.done || now.seenElse != c.seenElse {
			return false
		}
	}
	if m.brief != p.leavesOut() || m.brief && m.nest != p.nest {
		return false
	}
	if len(m.over) > 0 || m.last {
		rest := f.file.sections[f.sec+1:]
		if len(rest) < len(m.over) || m.last && len(rest) > len(m.over) || !slices.Equal(rest[:len(m.over)], m.over) {
			return false
		}
	}
	if m.needs == (needs{}) {
		return true
	}
	return (!m.needs.bottom || n == 0) && (!m.needs.abi || m.abi == p.cfg.ABI) &&
		(!m.needs.counter || m.counter == p.counter) &&
		(!m.needs.file || m.depth == f.depth && m.path == p.presumedPath(f)) &&
		(!m.needs.line || m.line == f.line(f.file.bases[f.sec]))
}

// update relearns if names became macros since the last time.
func (m *memo) update(c *Cache, s *Section) {
	if count := c.ever.count.Load(); m.known != count {
		m.relearn(c, s)
		m.known = count
	}
}

// relearn adds the names that became macros since to those that must mean
// nothing. Anything that the run looked up stands in the section, in the body
// of a macro that it looked up, or was made by ##.
func (m *memo) relearn(c *Cache, s *Section) {
	check := func(name token.Sym) {
		if c.ever.has(name) && c.ever.number(name) > m.known && !slices.ContainsFunc(m.reads, func(b binding) bool { return b.name == name }) {
			m.reads = append(m.reads, binding{name, nil})
		}
	}
	for _, name := range s.names() {
		check(name)
	}
	for _, more := range m.over {
		more.prepare()
		for _, name := range more.names() {
			check(name)
		}
	}
	for _, name := range m.made {
		check(name)
	}
	for _, b := range m.reads {
		if b.macro == nil {
			continue
		}
		for i := range b.macro.Body {
			if t := &b.macro.Body[i]; t.Kind == token.Ident {
				check(t.Sym)
			}
		}
	}
}
