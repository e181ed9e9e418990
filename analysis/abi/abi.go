// Package abi is the table of the ABIs that Linux runs on: sizes and
// alignments of the basic types, byte order, bit-field rules, ioctl encoding,
// predefined macros, header directories, compat partners. It imports nothing
// of abide and has no code where a table will do.
//
//	a := abi.Lookup("i386")
//	a.Types[abi.LongLong] // {Size: 8, Align: 8, FieldAlign: 4}
//
// To add an ABI: a row in the file of its family, its name in order (table.go),
// its compiler in abitest, and go generate for its predefined macros.
package abi

//go:generate go run ./gen

// Kind is a basic C type.
type Kind uint8

const (
	Void Kind = iota
	Bool
	Char // plain char: signedness is ABI.CharSigned
	SChar
	UChar
	Short
	UShort
	Int
	UInt
	Long
	ULong
	LongLong
	ULongLong
	Int128
	UInt128
	Float16
	BFloat16
	Float
	Double
	LongDouble
	Float32
	Float64
	Float128
	Float32x
	Float64x
	Decimal32
	Decimal64
	Decimal128
	Pointer // every object and function pointer
	NumKinds
)

// Type is a basic type's size and alignment in bytes. Align is what
// __alignof__ says; FieldAlign is the alignment of a record member of the
// type, and what _Alignof says, which on i386 is smaller for 8-byte types.
// Size 0 means that the ABI has no such type.
type Type struct{ Size, Align, FieldAlign int64 }

// Ioctl is how an ABI packs a command number (asm/ioctl.h).
type Ioctl struct {
	SizeBits, DirBits uint // 14, 2 or 13, 3
	None, Read, Write uint32
}

// ABI is one row of the table.
type ABI struct {
	Name        string // as users know it: "x86_64", "arm_oabi"
	Description string
	Aliases     []string
	BigEndian   bool
	CharSigned  bool
	Types       [NumKinds]Type

	SizeT, PtrdiffT, WCharT, WIntT Kind // the basic types behind the typedefs

	// MaxAlign is what __attribute__((aligned)) without an argument means, in bytes.
	MaxAlign int64
	// MinRecordAlign is the alignment that every record has at least, and its
	// size is rounded up to (4 on arm_oabi, else 1). Packed records are exempt.
	MinRecordAlign int64
	// StrictMode is the widest integer, in bits, that gcc moves whole records
	// and arrays in on a machine that cannot move unaligned ones: those forget
	// that their alignment was asked for. 0 where unaligned moves are fine.
	StrictMode int64
	// MaxVectorAlign is the largest alignment of vector_size types in bytes, 0
	// for none: they align to their size.
	MaxVectorAlign int64
	ShortEnums     bool // enums are as small as their values allow, as with -fshort-enums
	Bits           BitFields
	VaList         VaList

	Ioctl    Ioctl
	Partners []string // ABIs that one kernel serves together with this one

	Arch string // kernel's arch/ directory: "x86", "arm64", "powerpc", …
	// Triplets name the header directories (/usr/<triplet>/include,
	// /usr/include/<triplet>): the ABI's own first, then those of its siblings,
	// whose headers serve the whole architecture.
	Triplets []string
	Macros   string // predefined macros as #define lines: gcc -dM -E of the target
	// Source names the compiler that confirmed the row, or the document it was
	// taken from where no compiler was at hand.
	Source string
}

// BitFields are the rules by which gcc places bit-fields.
type BitFields struct {
	// TypeMatters: the declared type's alignment bounds the record's alignment,
	// and a field never straddles a boundary of its declared type (gcc's
	// PCC_BITFIELD_TYPE_MATTERS). False on m68k only.
	TypeMatters bool
	// UnnamedAlign: unnamed bit-fields, zero width ones too, align the record as
	// well (AAPCS and AAPCS64, "Bit-fields").
	UnnamedAlign bool
	// EmptyBoundary: what a zero-width field aligns to where TypeMatters is
	// false, in bits; 0 for nothing.
	EmptyBoundary int64
	// MSStruct: the compiler knows ms_struct (x86 and powerpc).
	MSStruct bool
}

// Has tells whether the ABI has the type.
func (a *ABI) Has(k Kind) bool { return k < NumKinds && a.Types[k].Size > 0 }

// Unsigned tells whether k is an unsigned integer type on the ABI.
func (a *ABI) Unsigned(k Kind) bool {
	switch k {
	case Bool, UChar, UShort, UInt, ULong, ULongLong, UInt128, Pointer:
		return true
	case Char:
		return !a.CharSigned
	}
	return false
}
