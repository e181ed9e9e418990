package abi

// types are the figures in which an ABI differs from its data model.
type types map[Kind]Type

// natural is a type that is aligned to its size everywhere.
func natural(size int64) Type { return Type{size, size, size} }

// none marks a type that the data model has and the ABI has not.
var none = Type{}

// base is what all Linux ABIs have in common.
var base = types{
	Bool: natural(1), Char: natural(1), SChar: natural(1), UChar: natural(1),
	Short: natural(2), UShort: natural(2), Int: natural(4), UInt: natural(4),
	LongLong: natural(8), ULongLong: natural(8),
	Float: natural(4), Double: natural(8),
	Float32: natural(4), Float64: natural(8), Float32x: natural(8),
}

// lp64 is the data model with 64-bit long and pointers, and IEEE quad as long double.
func lp64(more ...types) [NumKinds]Type {
	return model(append([]types{base, {
		Long: natural(8), ULong: natural(8), Pointer: natural(8),
		Int128: natural(16), UInt128: natural(16),
		LongDouble: natural(16), Float128: natural(16), Float64x: natural(16),
	}}, more...))
}

// ilp32 is the data model with 32-bit long and pointers, and double as long double.
func ilp32(more ...types) [NumKinds]Type {
	return model(append([]types{base, {
		Long: natural(4), ULong: natural(4), Pointer: natural(4), LongDouble: natural(8),
	}}, more...))
}

// quad has IEEE quad as long double.
var quad = types{LongDouble: natural(16), Float128: natural(16), Float64x: natural(16)}

// decimal has the decimal floating types.
var decimal = types{Decimal32: natural(4), Decimal64: natural(8), Decimal128: natural(16)}

func model(layers []types) [NumKinds]Type {
	var t [NumKinds]Type
	for _, layer := range layers {
		for k, v := range layer {
			t[k] = v
		}
	}
	return t
}

// atMost limits all alignments.
func atMost(align int64, t [NumKinds]Type) [NumKinds]Type {
	for k := range t {
		t[k].Align = min(t[k].Align, align)
		t[k].FieldAlign = min(t[k].FieldAlign, align)
	}
	return t
}

// The two ways to pack a command number: asm-generic/ioctl.h, and that of the
// architectures that had 13 size bits first (alpha, mips, powerpc, sparc). Sparc
// reads a 14th size bit out of the direction's lowest, which only _IO sets.
// Parisc has its directions the other way round.
var (
	ioctlGeneric = Ioctl{SizeBits: 14, DirBits: 2, None: 0, Write: 1, Read: 2}
	ioctl13      = Ioctl{SizeBits: 13, DirBits: 3, None: 1, Read: 2, Write: 4}
	ioctlParisc  = Ioctl{SizeBits: 14, DirBits: 2, None: 0, Write: 2, Read: 1}
)

// The bit-field rules of all ABIs but m68k.
var (
	bitsGeneric = BitFields{TypeMatters: true}
	bitsAAPCS   = BitFields{TypeMatters: true, UnnamedAlign: true}
	bitsMS      = BitFields{TypeMatters: true, MSStruct: true}
)
