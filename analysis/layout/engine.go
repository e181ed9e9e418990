package layout

import (
	"maps"
	"sync"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/token"
)

// engineState is what an engine remembers, and what it reads off its ABI and
// flags once.
type engineState struct {
	*remembered
	basics     *[abi.NumKinds]shape
	fieldLimit int64 // what members of integer and double mode align to at most, in bits; 0 for no limit (i386 has one)
	maxSize    int64 // of an object, in bytes
	charSigned bool
	shortEnums bool
}

// remembered is what was laid out, by definition. Engines in which every name means
// the same share one.
type remembered struct {
	mu       sync.RWMutex
	records  map[*decl.Record]*recordInfo
	typedefs map[*decl.Typedef]typedefInfo
	enums    map[*decl.Enum]*enumInfo
}

type typedefInfo struct {
	shape shape
	names Names
}

// maxInherited bounds the records that an engine takes over: some of them no
// version of the file may have any more.
const maxInherited = 1 << 17

// Continue makes an engine for another version of prev's scope, in which all
// names but those in changed mean what they did. What prev has laid out and
// does not depend on them is not laid out again.
func Continue(prev *Engine, scope decl.Scope, changed []token.Sym) *Engine {
	e := &Engine{Scope: scope, ABI: prev.ABI, Flags: prev.Flags, engineState: prev.engineState}
	prev.mu.RLock()
	defer prev.mu.RUnlock()
	switch {
	case len(prev.records) > maxInherited:
		e.remembered = newRemembered()
	case len(changed) > 0:
		e.remembered = prev.without(changed)
	}
	return e
}

func newRemembered() *remembered {
	return &remembered{
		records:  map[*decl.Record]*recordInfo{},
		typedefs: map[*decl.Typedef]typedefInfo{},
		enums:    map[*decl.Enum]*enumInfo{},
	}
}

// without is what does not depend on some names.
func (m *remembered) without(changed []token.Sym) *remembered {
	var gone Names
	for _, name := range changed {
		gone.Add(name)
	}
	next := &remembered{records: maps.Clone(m.records), typedefs: maps.Clone(m.typedefs), enums: maps.Clone(m.enums)}
	maps.DeleteFunc(next.records, func(_ *decl.Record, info *recordInfo) bool { return info.names.Meets(gone) })
	maps.DeleteFunc(next.typedefs, func(_ *decl.Typedef, info typedefInfo) bool { return info.names.Meets(gone) })
	maps.DeleteFunc(next.enums, func(_ *decl.Enum, info *enumInfo) bool { return info.names.Meets(gone) })
	return next
}

// Limits on what one call may cost. Steps bounds the work (every type and
// expression node visited is one), depth the nesting.
const (
	maxSteps = 5_000_000
	maxDepth = 2_000
)

// maxObject is the largest object in bytes, so that its bits are counted in an
// int64: half of an exbibyte.
const maxObject = 1 << 59

// New makes an engine.
func New(scope decl.Scope, a *abi.ABI, flags Flags) *Engine {
	e := &Engine{Scope: scope, ABI: a, Flags: flags}
	e.remembered = newRemembered()
	if t := a.Types[abi.LongLong]; t.FieldAlign < t.Align {
		e.fieldLimit = 8 * t.FieldAlign
	}
	e.maxSize = min(maxObject, int64(1)<<(8*a.Types[abi.Pointer].Size-1)-1)
	e.charSigned = a.CharSigned && !flags.UnsignedChar || flags.SignedChar
	e.shortEnums = (a.ShortEnums || flags.ShortEnums) && !flags.LongEnums
	e.basics = basicsOf(a)
	return e
}

// walk is one call's way through types and expressions: the bounds on its work,
// and the definitions that it is inside of.
type walk struct {
	*Engine
	steps, depth int
	inside       *placer // the innermost record in the making
	inEnums      *enumFrame
	overflow     error // of the expression being evaluated: the last signed one
	names        Names // that were asked for, in the definition being laid out
}

// enumFrame is an enum whose later values are not known yet.
type enumFrame struct {
	enum   *decl.Enum
	values []value
	outer  *enumFrame
}

func (e *Engine) walk() *walk { return &walk{Engine: e} }

// enter counts one node; every enter that gives no error needs its leave.
func (w *walk) enter() error {
	switch {
	case w.depth >= maxDepth:
		return tooDeep
	case w.steps >= maxSteps:
		return tooComplex
	}
	w.steps++
	w.depth++
	return nil
}

func (w *walk) leave() { w.depth-- }

// recall gives what was laid out; keep notes it. Of two calls that did so at the
// same time, the first one's result is everybody's.
func recall[K comparable, V any](m *remembered, from map[K]V, k K) (V, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := from[k]
	return v, ok
}

func keep[K comparable, V any](m *remembered, in map[K]V, k K, v V) V {
	m.mu.Lock()
	defer m.mu.Unlock()
	if first, ok := in[k]; ok {
		return first
	}
	in[k] = v
	return v
}
