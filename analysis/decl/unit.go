package decl

import (
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

// NewUnit indexes the result of preprocessing. prev, which may be nil, is the
// unit of an earlier version, whose index is used again up to the first
// segment that differs.
func NewUnit(r *cpp.Result, prev *Unit) *Unit { panic("contract") }

// MainRecords lists the records defined in the main file (Result.InMain of
// the opening brace's token), nested ones after the one they stand in, in
// source order. A record that no longer parses is given in its last good form
// with stale set if prev had it.
func (u *Unit) MainRecords() []*Record { panic("contract") }

// Stale tells whether r is the last good form of text that no longer parses.
func (u *Unit) Stale(r *Record) bool { panic("contract") }

// ParseType parses a type name (`struct foo *`, `__u32[4]`).
func (u *Unit) ParseType(tokens []cpp.Token) (Type, error) { panic("contract") }

// ParseExpr parses a fully macro-expanded expression.
func (u *Unit) ParseExpr(tokens []cpp.Token) (Expr, error) { panic("contract") }
