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
	// Whether function bodies were left out, what was open then, and whether it
	// was in the main file, of whose bodies something stays.
	brief, main bool
	nest        int
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
		brief: p.leavesOut(), main: p.leavesOut() && f.parent == nil, nest: r.nest, nested: p.nest - r.nest,
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
