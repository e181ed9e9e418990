package decl

import (
	"slices"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// Scope resolves names at file scope. *Unit is one. Every lookup parses on
// demand, is safe for concurrent use, and returns nil for an unknown name.
type Scope interface {
	Typedef(name token.Sym) *Typedef
	// Record gives the definition of `struct tag` or `union tag`; nil if it is
	// declared only, or unknown.
	Record(union bool, tag token.Sym) *Record
	Enum(tag token.Sym) *Enum
	Enumerator(name token.Sym) *Enumerator
	Object(name token.Sym) *Object
}

// Item is one top-level declaration, definition or stray stretch of tokens.
// It is shared by all units that contain the same Segment.
type Item struct {
	Tokens []cpp.Token
	itemState
}

// Unit is the declarations of one translation unit for one ABI. Immutable.
type Unit struct {
	Result *cpp.Result
	unitState
}

type unitState struct {
	segs []*cpp.Segment
	// The parts in order: those before the main file's last stretch, which
	// versions share, and the rest.
	base, runs []run
	points     []checkpoint
	ordinary   token.Map[*entry] // typedefs, objects, enumerators
	tags       token.Map[*entry]
	// The pragmas in force at the start of items, where they are not those of
	// the start of the unit: of the items in base, and of the others.
	baseStates, states map[*Item]*pragmas
	renamed            renamed
	main               mainRecords
}

// run is one part in the order of the translation unit.
type run struct {
	part  *part
	state *pragmas // at its start
	next  position // behind it
	look  int      // how many segments were looked at to know it
	main  bool     // its first token is in the main file
}

// position is a token of a segment of a result.
type position struct{ seg, tok int }

// checkpoint is the index after the first so many runs.
type checkpoint struct {
	runs           int
	ordinary, tags token.Map[*entry]
}

// checkpointNames is how many names of the main file lie between checkpoints.
const checkpointNames = 64

// maxGiveUps bounds how often the end of the text is reached in search of the
// end of an item.
const maxGiveUps = 32

// NewUnit indexes the result of preprocessing. prev, which may be nil, is the
// unit of an earlier version, whose index is used again up to the first
// segment that differs.
func NewUnit(r *cpp.Result, prev *Unit) *Unit {
	u := &Unit{Result: r}
	u.segs = slices.Collect(r.Segments())
	if prev != nil {
		u.reuse(prev)
		u.main.inherit(prev)
	}
	u.cut()
	if prev != nil {
		u.renamed = compareRuns(prev, u)
	}
	u.settle()
	u.index()
	if prev != nil && u.renamed.reclassed(prev, u) {
		u.renamed = renamed{}
	}
	if u.baseStates == nil {
		u.baseStates = statesOf(u.base)
	}
	u.states = statesOf(u.runs)
	return u
}

// reuse takes over what of prev's runs still holds.
func (u *Unit) reuse(prev *Unit) {
	segs, old := u.segs, prev.segs
	same := 0
	for same < len(segs) && same < len(old) && segs[same] == old[same] {
		same++
	}
	held := func(runs []run) int {
		n := 0
		for n < len(runs) && runs[n].look <= same {
			n++
		}
		return n
	}
	if n := held(prev.base); n < len(prev.base) {
		u.base = prev.base[:n:n]
	} else {
		u.base, u.baseStates = prev.base, prev.baseStates
		u.runs = slices.Clone(prev.runs[:held(prev.runs)])
	}
	n := len(u.base) + len(u.runs)
	for i := range prev.points {
		if prev.points[i].runs <= n {
			u.points = prev.points[: i+1 : i+1]
		}
	}
}

// settle moves what an edit of the main file's last stretch leaves alone to
// the shared runs.
func (u *Unit) settle() {
	n := len(u.runs)
	for n > 0 && u.runs[n-1].main {
		n--
	}
	if n > 0 {
		u.base = append(u.base[:len(u.base):len(u.base)], u.runs[:n]...)
		u.baseStates = nil
		u.runs = slices.Clone(u.runs[n:])
	}
}

// run is the i-th run.
func (u *Unit) run(i int) *run {
	if i < len(u.base) {
		return &u.base[i]
	}
	return &u.runs[i-len(u.base)]
}

func (u *Unit) count() int { return len(u.base) + len(u.runs) }

// cut cuts what follows the runs so far.
func (u *Unit) cut() {
	segs := u.segs
	var at position
	var state *pragmas
	if n := u.count(); n > 0 {
		last := u.run(n - 1)
		at = last.next
		state = last.part.after(last.state)
	}
	giveUps := maxGiveUps
	for at.seg < len(segs) {
		s := segs[at.seg]
		if len(s.Tokens) == 0 {
			at = position{at.seg + 1, 0}
			continue
		}
		p := partFrom(s, at.tok)
		r := run{part: p, state: state, next: position{at.seg, p.tail}, look: at.seg + 1}
		r.main = u.Result.InMain(&s.Tokens[at.tok])
		if p.tail >= len(s.Tokens) {
			r.next = position{at.seg + 1, 0}
		}
		if len(p.items) > 0 || len(p.pragmas) > 0 || p.tail >= len(s.Tokens) {
			u.runs = append(u.runs, r)
			state = p.after(state)
		}
		if at = r.next; p.tail >= len(s.Tokens) {
			continue
		}
		r = u.join(at, p.state, &giveUps)
		r.state = state
		u.runs = append(u.runs, r)
		state = r.part.after(state)
		at = r.next
	}
}

// join finds the end of the item that starts at a position and goes on in the
// next segments. c is the cutter behind the first.
func (u *Unit) join(at position, c *cutter, giveUps *int) run {
	segs := u.segs[at.seg:]
	p := joinedAt(segs, at.tok)
	if p == nil {
		p = u.findEnd(segs, at.tok, c.clone(), giveUps)
	}
	r := run{part: p, look: at.seg + len(p.spans), main: u.Result.InMain(&segs[0].Tokens[at.tok])}
	if p.pastEnd {
		r.look = len(u.segs) + 1
	}
	if r.next = (position{at.seg + p.endSeg, p.endTok}); p.endTok >= len(segs[p.endSeg].Tokens) {
		r.next = position{r.next.seg + 1, 0}
	}
	return r
}

func (u *Unit) findEnd(segs []*cpp.Segment, from int, c cutter, giveUps *int) *part {
	for i := 1; i < len(segs); i++ {
		toks := segs[i].Tokens
		for j := range toks {
			if n := c.step(&toks[j]); n >= 0 {
				p := join(segs[:i+1], from, n, &c)
				sc := cacheOf(segs[0])
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
	p := join(segs, from, n, &c)
	p.pastEnd = true
	return p
}

// index adds the names of the runs behind the last checkpoint.
func (u *Unit) index() {
	first, names := 0, checkpointNames // names since the last checkpoint
	if n := len(u.points); n > 0 {
		p := &u.points[n-1]
		first, names, u.ordinary, u.tags = p.runs, 0, p.ordinary, p.tags
	}
	ordinary, tags := u.ordinary.Edit(), u.tags.Edit()
	for i := first; i < u.count(); i++ {
		r := u.run(i)
		if r.main && names >= checkpointNames {
			names = 0
			u.points = append(u.points, checkpoint{i, ordinary.Done(), tags.Done()})
		}
		for j := range r.part.names {
			e := &r.part.names[j]
			if e.kind == isTag {
				tags.Set(e.sym, e)
			} else {
				ordinary.Set(e.sym, e)
			}
		}
		if names += len(r.part.names); !r.main {
			names = checkpointNames
		}
	}
	u.ordinary, u.tags = ordinary.Done(), tags.Done()
}

// statesOf gives the pragmas in force at the start of items.
func statesOf(runs []run) map[*Item]*pragmas {
	states := make(map[*Item]*pragmas)
	for i := range runs {
		r := &runs[i]
		if r.state == nil && len(r.part.pragmas) == 0 && !r.part.inside {
			continue
		}
		state, n := r.state, 0
		for _, it := range r.part.items {
			for ; n < it.before; n++ {
				state = state.apply(r.part.pragmas[n])
			}
			states[it] = state
			state = it.after(state)
		}
	}
	return states
}

// stateOf gives the pragmas in force at the start of an item.
func (u *Unit) stateOf(it *Item) *pragmas {
	if state, ok := u.states[it]; ok {
		return state
	}
	return u.baseStates[it]
}

func (u *Unit) class(name token.Sym) nameClass {
	switch e, ok := u.ordinary.Get(name); {
	case !ok:
		return nameUnknown
	case e.kind == isTypedef:
		return nameType
	}
	return nameValue
}

// Declared tells whether a name is declared, and whether as a type: what an
// expression with it parses as depends on that.
func (u *Unit) Declared(name token.Sym) (is, typ bool) {
	class := u.class(name)
	return class != nameUnknown, class == nameType
}

// parse gives the declarations of the item that declares a name.
func (u *Unit) parse(e *entry) *parsed { return u.parseItem(e.item) }

func (u *Unit) parseItem(it *Item) *parsed { return it.parse(u.class, u.stateOf(it)) }

// Typedef implements Scope.
func (u *Unit) Typedef(name token.Sym) *Typedef {
	if e, ok := u.ordinary.Get(name); ok && e.kind == isTypedef {
		return u.parse(e).typedef(name)
	}
	return nil
}

// Record implements Scope.
func (u *Unit) Record(union bool, tag token.Sym) *Record {
	if e, ok := u.tags.Get(tag); ok {
		return u.parse(e).record(union, tag)
	}
	return nil
}

// Enum implements Scope.
func (u *Unit) Enum(tag token.Sym) *Enum {
	if e, ok := u.tags.Get(tag); ok {
		return u.parse(e).enum(tag)
	}
	return nil
}

// Enumerator implements Scope.
func (u *Unit) Enumerator(name token.Sym) *Enumerator {
	if e, ok := u.ordinary.Get(name); ok && e.kind == isEnumerator {
		return u.parse(e).enumerator(name)
	}
	return nil
}

// Object implements Scope.
func (u *Unit) Object(name token.Sym) *Object {
	if e, ok := u.ordinary.Get(name); ok && e.kind == isObject {
		return u.parse(e).object(name)
	}
	return nil
}
