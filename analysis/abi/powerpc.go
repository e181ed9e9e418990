package abi

var powerpc = []ABI{
	{
		Name: "ppc64le", Description: "POWER, 64-bit, little-endian", Aliases: []string{"ppc64el", "powerpc64le", "powerpc64el"},
		Types: lp64(decimal),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, Bits: bitsMS, Ioctl: ioctl13,
		Partners: []string{"ppc32le"},
		Arch:     "powerpc", Triplets: []string{"powerpc64le-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "ppc64", Description: "POWER, 64-bit, big-endian", Aliases: []string{"powerpc64"},
		BigEndian: true, Types: lp64(decimal, types{Float128: none, Float64x: none}),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, Bits: bitsMS, Ioctl: ioctl13,
		Partners: []string{"ppc32"},
		Arch:     "powerpc", Triplets: []string{"powerpc64-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "ppc32", Description: "PowerPC, 32-bit, big-endian", Aliases: []string{"powerpc", "ppc", "powerpc32"},
		BigEndian: true, Types: ilp32(decimal, types{LongDouble: natural(16)}),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, Bits: bitsMS, Ioctl: ioctl13, VaList: vaPPC32,
		Partners: []string{"ppc64"},
		Arch:     "powerpc", Triplets: []string{"powerpc-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "ppc32le", Description: "PowerPC, 32-bit, little-endian", Aliases: []string{"powerpcle", "ppcle", "powerpc32le"},
		Types: ilp32(decimal, quad),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 64, Bits: bitsMS, Ioctl: ioctl13, VaList: vaPPC32,
		Partners: []string{"ppc64le"},
		Arch:     "powerpc", Triplets: []string{"powerpcle-linux-gnu", "powerpc64le-linux-gnu"}, Source: gcc12,
	},
}
