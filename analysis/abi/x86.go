package abi

var x86 = []ABI{
	{
		Name: "x86_64", Description: "x86, 64-bit", Aliases: []string{"amd64", "x86-64", "x64"},
		CharSigned: true, Types: lp64(decimal, types{Float16: natural(2)}),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, Bits: bitsMS, Ioctl: ioctlGeneric, VaList: vaX86,
		Partners: []string{"i386", "x32"},
		Arch:     "x86", Triplets: []string{"x86_64-linux-gnu"}, Source: gcc12,
	},
	{
		// Members of 8-byte scalar types align to 4 (i386 psABI, table 2.1, as
		// Linux has it: 64-bit integers as well).
		Name: "i386", Description: "x86, 32-bit", Aliases: []string{"i486", "i586", "i686", "ia32", "x86"},
		CharSigned: true,
		Types: ilp32(decimal, types{
			LongLong: {8, 8, 4}, ULongLong: {8, 8, 4}, Double: {8, 8, 4}, Float64: {8, 8, 4}, Float32x: {8, 8, 4},
			LongDouble: {12, 4, 4}, Float64x: {12, 4, 4}, Float128: natural(16),
		}),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, Bits: bitsMS, Ioctl: ioctlGeneric,
		Partners: []string{"x86_64", "x32"},
		Arch:     "x86", Triplets: []string{"i686-linux-gnu", "i386-linux-gnu", "x86_64-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "x32", Description: "x86, 64-bit with 32-bit pointers", Aliases: []string{"x86_64_x32", "gnux32"},
		CharSigned: true, Types: ilp32(decimal, quad, types{Float16: natural(2), Int128: natural(16), UInt128: natural(16)}),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, Bits: bitsMS, Ioctl: ioctlGeneric, VaList: vaX86,
		Partners: []string{"x86_64", "i386"},
		Arch:     "x86", Triplets: []string{"x86_64-linux-gnux32", "x86_64-linux-gnu"}, Source: gcc12,
	},
}
