package cpp

import (
	"iter"
	"slices"
	"strings"

	"abide/analysis/token"
)

// Stretch is what some neighbouring sections of the main file expand to, with
// all that they include. Versions of a file share those that an edit leaves
// alone, wherever they have moved to. The first one is of the files that the
// command line includes.
type Stretch struct {
	Segments []*Segment
	stretchState
}

type stretchState struct {
	sections int  // how many of the main file it covers
	looks    int  // how many, counted from its first, decide what it is
	lined    bool // it depends on the numbers of lines
	own      bool // it includes the main file

	// What runs it is made of, unless it is opaque: there are others.
	ran    []ran
	opaque bool

	includes []placed[Include]
	dirs     []string // see Directories
	problems []placed[Problem]
	defs     []*Macro // of the main file
	pragmas  []*Token // in the output
	files    []*File  // that were met, in order, each once
	misses   bool     // an include has an Err
	unread   bool     // another one than that it was not found

	entered, emitted, work int
}

// ran is a run of a section.
type ran struct {
	section *Section
	memo    *memo
}

// placed is something at a place. Those of the main file are relative to a
// section of it.
type placed[T any] struct {
	what T
	sec  *Section // nil in other files
}

// never is for looks: no other version has what decides.
const never = 1 << 40

// state is what the text before a section of the main file leaves behind.
type state struct {
	env     token.Map[*Macro]
	once    token.Map[*File]
	pushed  token.Map[*pushed]
	sum     uint64 // tells env from others that began alike
	onceSum uint64 // and once
	pushes  int    // how often pushed changed
	counter int
	nest    int
	conds   []cond

	presumed string
	shift    int
	rewinds  int
}

// state notes where the pass is.
func (p *pass) state() state {
	f := p.frame
	return state{
		env: p.env.Done(), once: p.once, pushed: p.pushed, sum: p.env.sum, onceSum: p.onceSum, pushes: p.pushes, counter: p.counter, nest: p.nest,
		conds: slices.Clone(f.conds), presumed: f.presumed, shift: f.shift, rewinds: f.rewinds,
	}
}

// enterState goes on from a state.
func (p *pass) enterState(s *state) {
	f := p.frame
	p.env = definitions{s.env.Edit(), s.sum}
	p.once, p.onceSum = s.once, s.onceSum
	p.pushed, p.pushes, p.counter, p.nest = s.pushed, s.pushes, s.counter, s.nest
	f.conds, f.presumed, f.shift, f.rewinds = slices.Clone(s.conds), s.presumed, s.shift, s.rewinds
}

// isAt tells whether the pass is in a state but for the macros, given how often
// pushed had changed in the common past of both.
func (p *pass) isAt(s *state, pushes int) bool {
	f := p.frame
	return p.onceSum == s.onceSum && p.pushes == pushes && s.pushes == pushes && p.counter == s.counter && p.nest == s.nest &&
		f.presumed == s.presumed && f.shift == s.shift && f.rewinds == s.rewinds && slices.Equal(f.conds, s.conds)
}

// definitions is the macros of a pass. Tables that have the same beginning and the
// same sum have the same content.
type definitions struct {
	*token.MapEdit[*Macro]
	sum uint64
}

func (d *definitions) set(name token.Sym, m *Macro) {
	if old, _ := d.Get(name); old != nil {
		d.sum ^= mix(old.serial)
	}
	d.sum ^= mix(m.serial)
	d.MapEdit.Set(name, m)
}

func (d *definitions) remove(name token.Sym) {
	if old, _ := d.Get(name); old != nil {
		d.sum ^= mix(old.serial)
	}
	d.MapEdit.Delete(name)
}

// mix spreads a number over 64 bits (the finalizer of SplitMix64), so that
// sums of different sets do not meet.
func mix(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// How many sections, and how many #include lines, one stretch may have.
const (
	sectionsPerStretch = 4
	includesPerStretch = 4
)

// turn begins the next stretch, if it is time, before a section of the main
// file.
func (p *pass) turn() {
	f := p.frame
	if f.parent != nil {
		return
	}
	if f.sec > 0 && f.sec < len(f.file.sections) {
		limit := sectionsPerStretch
		if includeLine(f.file.sections[f.sec].text, 0) {
			limit = includesPerStretch
		} else if includeLine(f.file.sections[f.sec-1].text, 0) {
			limit = 0 // behind the headers is where most edits are
		}
		if f.sec-p.first < limit {
			return
		}
	}
	if f.sec > p.first || len(p.res.stretches) == 0 {
		p.closeStretch()
	}
}

// closeStretch ends the current stretch and begins another one.
func (p *pass) closeStretch() {
	s, r := p.cur, p.res
	s.sections = p.frame.sec - p.first
	s.looks = max(s.looks, s.sections)
	if p.dead {
		s.looks = never
	}
	s.place(r.Main)
	s.Segments = slices.Clip(s.Segments)
	s.entered, s.emitted, s.work = p.entered-s.entered, p.emitted-s.emitted, p.total+p.work-s.work
	r.stretches = append(r.stretches, s)
	r.incomplete = r.incomplete || s.unread
	r.starts = append(r.starts, p.first)
	r.befores = append(r.befores, p.before)
	p.openStretch()
}

// openStretch begins one at the current section.
func (p *pass) openStretch() {
	p.first = p.frame.sec
	p.cur = &Stretch{}
	before := p.state()
	p.before = &before
	p.cur.entered, p.cur.emitted, p.cur.work = p.entered, p.emitted, p.total+p.work
	clear(p.met)
}

// place makes what lies in the main file relative to its sections.
func (s *Stretch) place(main *File) {
	for i := range s.includes {
		e := &s.includes[i]
		e.sec = e.what.Loc.relate(main)
		s.misses = s.misses || e.what.Err != ""
		s.unread = s.unread || e.what.Err != "" && e.what.Err != errNotFound.Error()
		if e.what.Angle && e.what.Path != "" {
			if dir := strings.TrimSuffix(e.what.Path, e.what.Name); !slices.Contains(s.dirs, dir) {
				s.dirs = append(s.dirs, dir)
			}
		}
	}
	for i := range s.problems {
		e := &s.problems[i]
		e.sec = e.what.Loc.relate(main)
	}
}

func (l *Loc) relate(main *File) *Section {
	k := main.sectionAt(l.Start)
	if l.Path != main.Path || k < 0 {
		return nil
	}
	l.Start -= main.bases[k]
	l.End -= main.bases[k]
	return main.sections[k]
}

// in gives the place in a version of the main file.
func (l Loc) in(main *File, sec *Section) Loc {
	if sec != nil {
		base, _ := main.base(sec)
		l.Start += base
		l.End += base
	}
	return l
}

// Stretches is the output in parts, those that did not change shared with
// earlier versions.
func (r *Result) Stretches() []*Stretch { return r.stretches }

// Macros lists what the sections of the main file define, in order; some may
// be defined otherwise, or not at all, further on.
func (s *Stretch) Macros() []*Macro { return s.defs }

// Segments is the output, in order.
func (r *Result) Segments() iter.Seq[*Segment] {
	return func(yield func(*Segment) bool) {
		for _, s := range r.stretches {
			for _, seg := range s.Segments {
				if !yield(seg) {
					return
				}
			}
		}
	}
}

// Pragmas is the pragmas in the output, in order.
func (r *Result) Pragmas() iter.Seq[*Token] {
	return func(yield func(*Token) bool) {
		for _, s := range r.stretches {
			for _, t := range s.pragmas {
				if !yield(t) {
					return
				}
			}
		}
	}
}

// put appends a segment.
func (s *Stretch) put(seg *Segment) {
	s.Segments = append(s.Segments, seg)
	s.pragmas = append(s.pragmas, seg.pragmas...)
}

// Includes lists the active includes of all files, in order.
func (r *Result) Includes() []Include {
	n := 0
	for _, s := range r.stretches {
		n += len(s.includes)
	}
	list := make([]Include, 0, n)
	for _, s := range r.stretches {
		for i := range s.includes {
			inc := s.includes[i].what
			inc.Loc = inc.Loc.in(r.Main, s.includes[i].sec)
			list = append(list, inc)
		}
	}
	return list
}

// Directories is where the files were found that were included as <name>, some
// of them several times.
func (r *Result) Directories() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range r.stretches {
			for _, dir := range s.dirs {
				if !yield(dir) {
					return
				}
			}
		}
	}
}

// Problems lists what there is to complain of.
func (r *Result) Problems() []Problem {
	var list []Problem
	for _, s := range r.stretches {
		list = s.appendProblems(list, r.Main)
	}
	return r.tail.appendProblems(list, r.Main)
}

func (s *Stretch) appendProblems(list []Problem, main *File) []Problem {
	for i := range s.problems {
		pr := s.problems[i].what
		pr.Loc = pr.Loc.in(main, s.problems[i].sec)
		list = append(list, pr)
	}
	return list
}
