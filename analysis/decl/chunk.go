package decl

import (
	"slices"
	"sync/atomic"

	"abide/analysis/cpp"
)

// run is one part in the order of the translation unit.
type run struct {
	part  *part
	state *pragmas // at its start
	main  bool     // its first token is in the main file
}

// position is a token of a segment, counted from the first segment of a
// stretch on, over its end if need be.
type position struct{ seg, tok int }

// chunk is the runs that begin in one stretch of a result. Units share it where
// they share the stretch and what it depends on.
type chunk struct {
	runs []run

	// What it depends on: where its first item starts, the pragmas there, and the
	// segments behind the stretch that were looked at. all: no item of the
	// translation unit ended what was open.
	from   position
	state  *pragmas
	beyond []*cpp.Segment
	all    bool

	next    position // where the next item starts, from the next stretch on
	after   *pragmas // in force there
	names   int
	foreign bool // a run is not of the main file
	records bool // a run of the main file defines a record
	states  map[*Item]*pragmas

	definers atomic.Pointer[definers]
}

// maxGiveUps bounds how often the end of the text is reached in search of the
// end of an item.
const maxGiveUps = 32

// cut cuts all stretches into chunks.
func (u *Unit) cut(prev *Unit) {
	now := u.Result.Stretches()
	var old []*cpp.Stretch
	if prev != nil {
		old = prev.Result.Stretches()
	}
	first, last := 0, 0
	for first < min(len(now), len(old)) && now[first] == old[first] {
		first++
	}
	for last < min(len(now), len(old))-first && now[len(now)-1-last] == old[len(old)-1-last] {
		last++
	}
	between := map[*cpp.Stretch]*chunk{}
	for i := first; i < len(old)-last; i++ {
		between[old[i]] = prev.chunks[i]
	}
	u.chunks = make([]*chunk, 0, len(now))
	giveUps := maxGiveUps
	var at position
	var state *pragmas
	for i := range now {
		var c *chunk
		switch {
		case i < first:
			c = prev.chunks[i]
		case i >= len(now)-last:
			c = prev.chunks[i-len(now)+len(old)]
		default:
			c = between[now[i]]
		}
		if c == nil || !c.holds(at, state, now[i+1:]) {
			c = u.chunk(now[i:], at, state, &giveUps)
		}
		u.chunks = append(u.chunks, c)
		at, state = c.next, c.after
	}
}

// holds tells whether the chunk is what its stretch would be cut into here.
func (c *chunk) holds(from position, state *pragmas, rest []*cpp.Stretch) bool {
	if c.all || c.from != from || !c.state.same(state) {
		return false
	}
	a := ahead{rest: rest}
	for i, s := range c.beyond {
		if a.get(i) != s {
			return false
		}
	}
	return true
}

// ahead gives the segments from a place on.
type ahead struct {
	rest []*cpp.Stretch
	list []*cpp.Segment // those that were asked for
}

// get gives the i-th segment; nil behind the last.
func (a *ahead) get(i int) *cpp.Segment {
	for i >= len(a.list) && len(a.rest) > 0 {
		a.list = append(a.list, a.rest[0].Segments...)
		a.rest = a.rest[1:]
	}
	if i >= len(a.list) {
		return nil
	}
	return a.list[i]
}

// chunk cuts the first of some stretches.
func (u *Unit) chunk(stretches []*cpp.Stretch, from position, state *pragmas, giveUps *int) *chunk {
	segs := stretches[0].Segments
	c := &chunk{from: from, state: state}
	at := from
	add := func(p *part, first *cpp.Token) {
		r := run{part: p, state: state, main: u.Result.InMain(first)}
		c.runs = append(c.runs, r)
		c.names += len(p.names)
		c.foreign = c.foreign || !r.main
		c.records = c.records || r.main && p.records
		c.addStates(&r)
		state = p.after(state)
	}
	for at.seg < len(segs) {
		s := segs[at.seg]
		if at.tok >= len(s.Tokens) {
			at = position{at.seg + 1, 0}
			continue
		}
		p := partFrom(s, at.tok)
		if len(p.items) > 0 || len(p.pragmas) > 0 || p.tail >= len(s.Tokens) {
			add(p, &s.Tokens[at.tok])
		}
		if at.tok = p.tail; at.tok >= len(s.Tokens) {
			continue
		}
		a := ahead{rest: stretches[1:], list: segs[at.seg:len(segs):len(segs)]}
		j := joinedAt(&a, at.tok)
		if j == nil {
			j = findEnd(&a, at.tok, p.state.clone(), giveUps)
		}
		if c.all = c.all || j.pastEnd; !c.all {
			if n := at.seg + len(j.spans) - len(segs); n > len(c.beyond) {
				c.beyond = slices.Clone(a.list[len(j.spans)-n : len(j.spans)])
			}
		}
		add(j, &s.Tokens[at.tok])
		at = position{at.seg + j.endSeg, j.endTok}
	}
	c.runs = slices.Clip(c.runs)
	c.next, c.after = position{at.seg - len(segs), at.tok}, state
	return c
}

// findEnd finds the end of the item that starts at a token and goes on in the
// next segments. c is the cutter behind the first.
func findEnd(a *ahead, from int, c cutter, giveUps *int) *part {
	first := a.get(0)
	for i := 1; a.get(i) != nil; i++ {
		toks := a.get(i).Tokens
		for j := range toks {
			if n := c.step(&toks[j]); n >= 0 {
				p := join(a.list[:i+1], from, n, &c)
				sc := cacheOf(first)
				sc.mu.Lock()
				sc.joined = keep(sc.joined, p, maxJoined)
				sc.mu.Unlock()
				return p
			}
		}
	}
	n := c.n
	if cut := c.giveUp(); cut > 0 && *giveUps > 0 {
		*giveUps--
		n = cut
	}
	p := join(a.list, from, n, &c)
	p.pastEnd = true
	return p
}

// addStates notes the pragmas in force at the start of the items of a run.
func (c *chunk) addStates(r *run) {
	if r.state == nil && len(r.part.pragmas) == 0 && !r.part.inside {
		return
	}
	if c.states == nil {
		c.states = map[*Item]*pragmas{}
	}
	state, n := r.state, 0
	for _, it := range r.part.items {
		for ; n < it.before; n++ {
			state = state.apply(r.part.pragmas[n])
		}
		c.states[it] = state
		state = it.after(state)
	}
}
