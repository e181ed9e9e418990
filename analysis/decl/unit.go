package decl

import (
	"iter"
	"maps"
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
	chunks []*chunk // one for each of the result's stretches
	// The first so many have all that the file includes; the tail is behind.
	headed int
	base   base
	tail   *tail
	// The pragmas in force at the start of items, where they are not those of
	// the start of the unit: of the items in the base, and in the tail.
	baseStates, tailStates map[*Item]*pragmas
	renamed                renamed
	lineage                *lineage
	main                   mainRecords
}

// lineage is the versions of a unit through which no name became a type, ceased
// to be one, or was declared that had not been: what they share parses alike.
type lineage struct{ _ byte }

// NewUnit indexes the result of preprocessing. prev, which may be nil, is the
// unit of an earlier version: what it has of the stretches that both results
// share is taken over.
func NewUnit(r *cpp.Result, prev *Unit) *Unit {
	u := &Unit{Result: r}
	if prev != nil {
		u.main.inherit(prev)
	}
	u.cut(prev)
	u.headed = len(u.chunks)
	for u.headed > 0 && !u.chunks[u.headed-1].foreign {
		u.headed--
	}
	shared := prev != nil && slices.Equal(u.chunks[:u.headed], prev.chunks[:prev.headed])
	if shared {
		u.base, u.baseStates = prev.base, prev.baseStates
	} else {
		u.indexBase(prev)
		u.baseStates = statesOf(u.chunks[:u.headed])
	}
	var before *tail
	if prev != nil {
		before = prev.tail
	}
	u.tail = tailOf(u.chunks[u.headed:], before)
	u.tailStates = statesOf(u.chunks[u.headed:])
	if prev != nil {
		u.renamed = compareRuns(prev, u, shared)
		if u.renamed.reclassed(prev, u) {
			u.renamed = renamed{}
		}
	}
	if u.renamed.known {
		u.lineage = prev.lineage
	} else {
		u.lineage = &lineage{}
	}
	return u
}

// runs goes through the runs of all chunks.
func (u *Unit) runs() iter.Seq[*run] {
	return func(yield func(*run) bool) {
		for _, c := range u.chunks {
			for i := range c.runs {
				if !yield(&c.runs[i]) {
					return
				}
			}
		}
	}
}

// statesOf gives the pragmas in force at the start of items; nil if there are
// none.
func statesOf(chunks []*chunk) map[*Item]*pragmas {
	var all map[*Item]*pragmas
	shared := false
	for _, c := range chunks {
		switch {
		case len(c.states) == 0:
			continue
		case all == nil:
			all, shared = c.states, true
			continue
		case shared:
			all, shared = maps.Clone(all), false
		}
		maps.Copy(all, c.states)
	}
	return all
}

// stateOf gives the pragmas in force at the start of an item.
func (u *Unit) stateOf(it *Item) *pragmas {
	if state, ok := u.tailStates[it]; ok {
		return state
	}
	return u.baseStates[it]
}

// name finds what declares a name that is no tag; tag finds a tag's definition.
func (u *Unit) name(name token.Sym) (*entry, bool) {
	if e, ok := u.tail.ordinary.Get(name); ok {
		return e, true
	}
	return u.base.ordinary.Get(name)
}

func (u *Unit) tag(name token.Sym) (*entry, bool) {
	if e, ok := u.tail.tags.Get(name); ok {
		return e, true
	}
	return u.base.tags.Get(name)
}

func (u *Unit) class(name token.Sym) nameClass {
	switch e, ok := u.name(name); {
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
	if e, ok := u.name(name); ok && e.kind == isTypedef {
		return u.parse(e).typedef(name)
	}
	return nil
}

// Record implements Scope.
func (u *Unit) Record(union bool, tag token.Sym) *Record {
	if e, ok := u.tag(tag); ok {
		return u.parse(e).record(union, tag)
	}
	return nil
}

// Enum implements Scope.
func (u *Unit) Enum(tag token.Sym) *Enum {
	if e, ok := u.tag(tag); ok {
		return u.parse(e).enum(tag)
	}
	return nil
}

// Enumerator implements Scope.
func (u *Unit) Enumerator(name token.Sym) *Enumerator {
	if e, ok := u.name(name); ok && e.kind == isEnumerator {
		return u.parse(e).enumerator(name)
	}
	return nil
}

// Object implements Scope.
func (u *Unit) Object(name token.Sym) *Object {
	if e, ok := u.name(name); ok && e.kind == isObject {
		return u.parse(e).object(name)
	}
	return nil
}
