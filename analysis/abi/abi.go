// Package abi is the table of the ABIs that Linux runs on: sizes and
// alignments of the basic types, byte order, bit-field rules, ioctl encoding,
// predefined macros, header directories, compat partners. It imports nothing
// of abide and has no code where a table will do.
package abi

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

// Type is a basic type's size and alignment in bytes. FieldAlign is the
// alignment of a record member of the type, which on i386 is smaller for
// 8-byte types. Size 0 means that the ABI has no such type.
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
	// size is rounded up to (4 on arm_oabi, else 1).
	MinRecordAlign int64
	Bits           BitFields

	Ioctl    Ioctl
	Partners []string // ABIs that one kernel serves together with this one

	Arch     string   // kernel's arch/ directory: "x86", "arm64", "powerpc", …
	Triplets []string // header directories: /usr/<triplet>/include, /usr/include/<triplet>
	Macros   string   // predefined macros as #define lines: gcc -dM -E of the target
	// Source names the compiler that confirmed the row, or the document it was
	// taken from where no compiler was at hand.
	Source string
}

// BitFields are the rules by which gcc places bit-fields (gcc's
// PCC_BITFIELD_TYPE_MATTERS and its kin; each psABI's "Bit-fields").
type BitFields struct {
	// TypeMatters: the declared type's alignment bounds the record's alignment,
	// and a field never straddles a boundary of its declared type.
	TypeMatters bool
	// UnnamedAlign: unnamed bit-fields (zero width ones too) align the record as well.
	UnnamedAlign bool
	// EmptyBoundary: what a zero-width field aligns to at least, in bits; 0 for its type's own.
	EmptyBoundary int64
}

// Row lookup. Lookup takes a name or an alias, nil if unknown. All is the table
// in its documented order; Default is x86_64, i386, arm64, arm.
//
// Parse reads a list as users write it: names separated by commas, "default",
// "all"; a name's unknown spelling is an error that suggests the nearest.
func Lookup(name string) *ABI { panic("contract") }
func All() []*ABI             { panic("contract") }
func Default() []*ABI         { panic("contract") }
func Parse(list string) ([]*ABI, error) {
	panic("contract")
}
