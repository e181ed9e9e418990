// Package layout computes where every bit of a type lies, for one ABI: sizes,
// alignments, offsets, bit-fields, holes, tail padding, and integer constant
// expressions, which need sizeof and offsetof. It is a pure function of types
// and the ABI's table row; it touches no files.
//
// The rules are gcc's, the compiler of the kernel; where psABI documents and
// gcc differ, gcc decides.
//
//	e := layout.New(unit, abi.Lookup("i386"), layout.Flags{})
//	l, err := e.Record(unit.Record(false, tag))
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
	ShortEnums, LongEnums    bool  // -fshort-enums, -fno-short-enums; neither is the ABI's default
	PackStruct               int64 // -fpack-struct[=n] in bytes, 1 for the bare flag, 0 for none
	MSBits                   bool  // -mms-bitfields
	MSExtensions             bool  // -fms-extensions, -fplan9-extensions: `struct tag;` is a member
	UnsignedChar, SignedChar bool  // -funsigned-char, -fsigned-char
}

// Layout is a record laid out. Sizes and alignments are in bytes, offsets and
// widths in bits in memory order: on a big-endian ABI bit 0 is the most
// significant bit of byte 0. Layouts are shared and never change.
type Layout struct {
	Record *decl.Record
	ABI    *abi.ABI
	Size   int64
	Align  int64
	Fields []Field // direct members in order, anonymous records and unnamed bit-fields included
	Holes  []Hole  // between members; bits that no member of a struct covers; none for unions
	// TailBits is what lies behind the last member's end.
	TailBits int64
	// BigEndian is the byte and bit order of the record's scalar members: the
	// ABI's, or what scalar_storage_order says.
	BigEndian bool
	// Notes say what a reader of the figures must know beyond them, such as
	// randomize_layout. Nil for nearly all records.
	Notes []string
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

// Record lays out a definition. The error is an *Error.
func (e *Engine) Record(r *decl.Record) (*Layout, error) {
	if info, ok := recall(e.remembered, e.records, r); ok {
		return info.result()
	}
	return e.walk().record(r).result()
}

// TypeInfo is a type's size and alignment in bytes. Incomplete types are errors.
type TypeInfo struct{ Size, Align int64 }

// Type computes a type's size and alignment, as sizeof and __alignof__ say
// them. The error is an *Error.
func (e *Engine) Type(t decl.Type) (TypeInfo, error) {
	s, err := e.walk().shape(t)
	if err == nil {
		err = s.complete()
	}
	if err != nil {
		return TypeInfo{}, err
	}
	return TypeInfo{s.size, s.align}, nil
}

// Resolve follows typedefs, typeof and attributes to what a type is: *Basic,
// *Pointer, *Array, *Func, *RecordRef (with Def set), *EnumRef (with Def set);
// or an error that names what is unknown. A vector resolves to the array of
// its elements; a record or enum that is declared only, to a ref without Def.
func (e *Engine) Resolve(t decl.Type) (decl.Type, error) {
	t, err := e.walk().resolve(t)
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Value is an integer constant: 128 bits in two's complement, and its type.
type Value struct {
	Hi, Lo uint64
	Type   abi.Kind // the promoted type: Int … UInt128
}

// Eval computes an integer constant expression. The error is an *Error.
func (e *Engine) Eval(x decl.Expr) (Value, error) {
	v, err := e.walk().integer(x)
	if err != nil {
		return Value{}, err
	}
	v = e.promote(v)
	return Value{v.n.hi, v.n.lo, v.kind}, nil
}
