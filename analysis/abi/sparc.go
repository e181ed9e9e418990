package abi

var sparc = []ABI{
	{
		Name: "sparc64", Description: "SPARC, 64-bit", Aliases: []string{"sparcv9"},
		BigEndian: true, CharSigned: true, Types: lp64(),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 128, Bits: bitsGeneric, Ioctl: ioctl13,
		Partners: []string{"sparc32"},
		Arch:     "sparc", Triplets: []string{"sparc64-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "sparc32", Description: "SPARC, 32-bit", Aliases: []string{"sparc", "sparcv8"},
		BigEndian: true, CharSigned: true, Types: atMost(8, ilp32(quad)),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 8, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctl13,
		Partners: []string{"sparc64"},
		Arch:     "sparc", Triplets: []string{"sparc-linux-gnu", "sparc64-linux-gnu"}, Source: gcc12,
	},
}
