// Package truth holds abide's layouts and command numbers against real
// compilers. It compiles C for an ABI, reads the layout of every record back
// from the object file's DWARF, and compares it with what abide computes from
// the same text. Three sources feed it: random records (Generate), the UAPI
// headers that are installed, and the kernel's internal headers.
//
// It is a test harness: nothing of the product imports it.
//
//	tc := truth.Find("m68k")
//	obj, err := tc.GCC.Compile("struct s { char a; int b; };")
//	recs, err := obj.Records() // struct s: size 6, b at bit 16
package truth

// Record is a struct or union as a compiler laid it out. Size and Align are in
// bytes; Align is 0 if it was not asked for.
type Record struct {
	// Name is "struct tag", "union tag", a typedef's name for an untagged
	// record, or empty for an untagged record that only a member has.
	Name        string
	Union       bool
	Size, Align int64
	Fields      []Field // in order; unnamed bit-fields are not told by compilers
	File        string  // where it is defined, as the compiler names it
	Line        int
	Local       bool // defined in a function
}

// Field is a member. Offsets and sizes are in bits in memory order: on a
// big-endian ABI bit 0 is the most significant bit of byte 0. A flexible or
// zero-length array has BitSize 0.
type Field struct {
	Name      string // empty for an anonymous record
	BitOffset int64  // from the start of the record
	BitSize   int64
	Bitfield  bool
	Record    *Record // of a record-typed member, or an array of records
}
