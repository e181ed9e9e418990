// Package layout computes where every bit of a type lies, for one ABI: sizes,
// alignments, offsets, bit-fields, holes, tail padding, and integer constant
// expressions, which need sizeof and offsetof. It is a pure function of types
// and the ABI's table row; it touches no files.
package layout

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
)

// Engine lays out the types of one scope for one ABI, remembering what it has
// done. It is safe for concurrent use.
type Engine struct {
	Scope decl.Scope
	ABI   *abi.ABI
	Flags Flags
	engineState
}

// Flags are compiler flags that change layouts.
type Flags struct {
	ShortEnums               bool  // -fshort-enums
	PackStruct               int64 // -fpack-struct[=n] in bytes, 1 for the bare flag, 0 for none
	MSBits                   bool  // -mms-bitfields
	UnsignedChar, SignedChar bool  // -funsigned-char, -fsigned-char
}

// New makes an engine.
func New(scope decl.Scope, a *abi.ABI, flags Flags) *Engine { panic("contract") }

// Layout is a record laid out. Sizes and alignments are in bytes, offsets and
// widths in bits in memory order: on a big-endian ABI bit 0 is the most
// significant bit of byte 0.
type Layout struct {
	Record *decl.Record
	ABI    *abi.ABI
	Size   int64
	Align  int64
	Fields []Field // direct members in order, anonymous records and unnamed bit-fields included
	Holes  []Hole  // between members; bits that no member of a struct covers; none for unions
	// TailBits is what lies behind the last member's end.
	TailBits int64
}

// Field is one direct member laid out.
type Field struct {
	Decl      *decl.Field
	BitOffset int64 // from the start of the record
	BitSize   int64 // 0 for flexible arrays
	Align     int64 // the alignment that placed it, in bytes; 0 for bit-fields
	Bitfield  bool
	Flexible  bool    // T[] or T[0]
	Sub       *Layout // of a record-typed member, nil otherwise (arrays of records too)
	Elem      *Layout // of the element, for arrays of records
}

// Hole is a stretch of bits that belongs to no member. After is the index of
// the member before it in Fields.
type Hole struct {
	BitOffset, BitSize int64
	After              int
}

// Error says why something has no layout or value. Field is the member at
// fault, nil if it is the record itself; Name is the unknown type's or
// constant's name, if that is the cause.
type Error struct {
	Record *decl.Record
	Field  *decl.Field
	Name   string
	Reason string
}

// Record lays out a definition. The error is an *Error.
func (e *Engine) Record(r *decl.Record) (*Layout, error) { panic("contract") }

// TypeInfo is a type's size and alignment in bytes. Incomplete types are errors.
type TypeInfo struct{ Size, Align int64 }

// Type computes a type's size and alignment.
func (e *Engine) Type(t decl.Type) (TypeInfo, error) { panic("contract") }

// Resolve follows typedefs, typeof and attributes to what a type is: *Basic,
// *Pointer, *Array, *Func, *RecordRef (with Def set), *EnumRef; or an error
// that names what is unknown.
func (e *Engine) Resolve(t decl.Type) (decl.Type, error) { panic("contract") }

// Value is an integer constant: 128 bits in two's complement, and its type.
type Value struct {
	Hi, Lo uint64
	Type   abi.Kind // the promoted type: Int … UInt128
}

// Eval computes an integer constant expression.
func (e *Engine) Eval(x decl.Expr) (Value, error) { panic("contract") }
