package decl

import (
	"sync"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// part is the items cut out of one stretch of output: of a segment from some
// token on, or one item that spans segments. It is cached with the segment in
// which it starts and shared by every unit that has the same segments.
type part struct {
	items   []*Item
	names   []entry
	pragmas []*cpp.Token // that change layouts, outside of items
	records bool         // an item defines a record
	inside  bool         // a pragma stands in an item

	tails tails // that begin with it

	from int // the token that it starts at
	// Of a part in one segment: where the item starts that the segment leaves
	// open, and the cutter's state in it. tail is len(Tokens) if there is none.
	tail  int
	state *cutter
	// Of a joined item: the segments that were looked at to find its end, and
	// that end: the index of a segment in spans, and of a token in it.
	spans   []*cpp.Segment
	endSeg  int
	endTok  int
	pastEnd bool // the end of the translation unit decided
}

// segmentCache is what is attached to a segment.
type segmentCache struct {
	mu     sync.Mutex
	parts  []*part // distinct from
	joined []*part // items that start here and end in another segment
}

// How many parts and joined items a segment keeps, newest last. More than one
// comes about while the text before it changes, and between ABIs.
const (
	maxParts  = 4
	maxJoined = 8
)

// partFrom gives the items of a segment from a token on, where an item starts.
func partFrom(s *cpp.Segment, from int) *part {
	c := cacheOf(s)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.parts {
		if p.from == from {
			return p
		}
	}
	p := newPart(s.Tokens, from)
	c.parts = keep(c.parts, p, maxParts)
	return p
}

// keep appends p and drops the oldest of too many.
func keep(list []*part, p *part, most int) []*part {
	if len(list) >= most {
		list = append(list[:0:0], list[1:]...)
	}
	return append(list, p)
}

// joinedAt looks up an item that starts at a token of the first segment ahead
// and spans those that follow.
func joinedAt(a *ahead, from int) *part {
	c := cacheOf(a.get(0))
	c.mu.Lock()
	defer c.mu.Unlock()
next:
	for _, p := range c.joined {
		if p.from != from {
			continue
		}
		for i, s := range p.spans {
			if a.get(i) != s {
				continue next
			}
		}
		return p
	}
	return nil
}

// newPart cuts tokens from an item's start on.
func newPart(toks []cpp.Token, from int) *part {
	p := &part{from: from}
	var c cutter
	start := from
	for i := from; i < len(toks); {
		t := &toks[i]
		if c.n == 0 {
			if start = i; t.Sym == token.Semicolon {
				i++
				continue
			}
			if t.Kind == token.Pragma {
				p.pragma(t)
				i++
				continue
			}
		}
		i++
		if n := c.step(t); n >= 0 {
			p.add(toks[start:start+n:start+n], &c)
			i = start + n
			c.reset()
		}
	}
	if p.tail = len(toks); c.n > 0 {
		p.tail = start
		p.state = &c
	}
	p.index()
	return p
}

// join makes the part of one item of n tokens that starts in segs[0].
func join(segs []*cpp.Segment, from, n int, c *cutter) *part {
	p := &part{from: from, spans: append([]*cpp.Segment(nil), segs...)}
	toks := make([]cpp.Token, 0, n)
	a := from
	for i, s := range segs {
		b := min(len(s.Tokens), a+n-len(toks))
		toks = append(toks, s.Tokens[a:b]...)
		if p.endSeg, p.endTok = i, b; len(toks) == n {
			break
		}
		a = 0
	}
	p.add(toks, c)
	p.index()
	return p
}

// after gives the state of the pragmas behind the part.
func (p *part) after(state *pragmas) *pragmas {
	if len(p.pragmas) == 0 && !p.inside {
		return state
	}
	n := 0
	for _, it := range p.items {
		for ; n < it.before; n++ {
			state = state.apply(p.pragmas[n])
		}
		state = it.after(state)
	}
	for ; n < len(p.pragmas); n++ {
		state = state.apply(p.pragmas[n])
	}
	return state
}

// after gives the state of the pragmas behind the item.
func (it *Item) after(state *pragmas) *pragmas {
	if it.pragmas {
		for i := range it.Tokens {
			if t := &it.Tokens[i]; t.Kind == token.Pragma {
				state = state.apply(t)
			}
		}
	}
	return state
}

func (p *part) pragma(t *cpp.Token) {
	p.pragmas = append(p.pragmas, t)
}

func (p *part) add(toks []cpp.Token, c *cutter) {
	it := &Item{Tokens: toks}
	it.body = c.body
	if it.body >= len(toks) {
		it.body = 0
	}
	it.records = c.records
	it.broken = c.open()
	it.before = len(p.pragmas)
	it.pragmas = c.pragmas
	p.records = p.records || it.records
	p.inside = p.inside || it.pragmas
	p.items = append(p.items, it)
}

// index lists the names of all items.
func (p *part) index() {
	var l lister
	for _, it := range p.items {
		l.list(it)
	}
	p.names = append([]entry(nil), l.out...)
}
