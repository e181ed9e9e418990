package layout

import (
	"sync"

	"abide/analysis/abi"
	"abide/analysis/decl"
)

// engineState is what an engine remembers, and what it reads off its ABI and
// flags once.
type engineState struct {
	mu       sync.RWMutex
	records  map[*decl.Record]*recordInfo
	typedefs map[*decl.Typedef]shape
	enums    map[*decl.Enum]*enumInfo

	basics     [abi.NumKinds]shape
	fieldLimit int64 // what members of integer and double mode align to at most, in bits; 0 for no limit (i386 has one)
	maxSize    int64 // of an object, in bytes
	charSigned bool
	shortEnums bool
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
	e.records = map[*decl.Record]*recordInfo{}
	e.typedefs = map[*decl.Typedef]shape{}
	e.enums = map[*decl.Enum]*enumInfo{}
	if t := a.Types[abi.LongLong]; t.FieldAlign < t.Align {
		e.fieldLimit = 8 * t.FieldAlign
	}
	e.maxSize = min(maxObject, int64(1)<<(8*a.Types[abi.Pointer].Size-1)-1)
	e.charSigned = a.CharSigned && !flags.UnsignedChar || flags.SignedChar
	e.shortEnums = (a.ShortEnums || flags.ShortEnums) && !flags.LongEnums
	for k := range e.basics {
		e.basics[k] = e.basic(abi.Kind(k))
	}
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

func (e *Engine) knownRecord(r *decl.Record) (*recordInfo, bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	info, ok := e.records[r]
	return info, ok
}

// keepRecord remembers a record. Of two calls that laid it out at the same
// time, the first one's result is everybody's.
func (e *Engine) keepRecord(r *decl.Record, info *recordInfo) *recordInfo {
	e.mu.Lock()
	defer e.mu.Unlock()
	if first, ok := e.records[r]; ok {
		return first
	}
	e.records[r] = info
	return info
}

func (e *Engine) knownTypedef(t *decl.Typedef) (shape, bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	s, ok := e.typedefs[t]
	return s, ok
}

func (e *Engine) keepTypedef(t *decl.Typedef, s shape) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.typedefs[t] = s
}

func (e *Engine) knownEnum(n *decl.Enum) (*enumInfo, bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	info, ok := e.enums[n]
	return info, ok
}

func (e *Engine) keepEnum(n *decl.Enum, info *enumInfo) *enumInfo {
	e.mu.Lock()
	defer e.mu.Unlock()
	if first, ok := e.enums[n]; ok {
		return first
	}
	e.enums[n] = info
	return info
}
