package cpp

import (
	"slices"
	"sync"

	"abide/analysis/token"
)

// memory is what a section remembers of earlier runs.
type memory struct {
	mu    sync.Mutex
	memos []*memo
}

// memo is the result of running a section, and what it was derived from.
type memo struct {
	reads  []binding
	writes []binding
	seg    *Segment // nil if there is no output
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
	needLine    bool // __LINE__
	needFile    bool // __FILE__, __INCLUDE_LEVEL__
	needCounter bool // __COUNTER__
	once        bool // #pragma once
	writes      []binding
}

func (r *recorder) read(token.Sym, *Macro)        {}
func (r *recorder) write(token.Sym, *Macro, bool) {}
func (r *recorder) look(section int)              { r.uncacheable = true }

// begin starts a run at the current section.
func (p *pass) begin(cacheable bool) {
	p.rec.on = true
	p.rec.uncacheable = !cacheable
	p.frame.low = len(p.frame.conds)
}

// finish ends the run: what it put out becomes a segment.
func (p *pass) finish() {
	p.rec.on = false
	if len(p.out) > 0 {
		p.emitted += len(p.out)
		p.res.Segments = append(p.res.Segments, &Segment{Tokens: slices.Clone(p.out)})
		p.out = p.out[:0]
	}
	p.scratch.seal()
}

func (p *pass) replay(f *frame, s *Section) bool { return false }
func (p *pass) checkpoint()                      {}
