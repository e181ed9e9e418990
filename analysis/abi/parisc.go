package abi

var parisc = []ABI{
	{
		Name: "parisc64", Description: "PA-RISC, 64-bit", Aliases: []string{"hppa64"},
		BigEndian: true, CharSigned: true, Types: lp64(),
		SizeT: ULong, PtrdiffT: Long, WCharT: UInt, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlParisc,
		Partners: []string{"parisc32"},
		Arch:     "parisc", Triplets: []string{"hppa64-linux-gnu", "hppa-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "parisc32", Description: "PA-RISC, 32-bit", Aliases: []string{"parisc", "hppa"},
		BigEndian: true, CharSigned: true, Types: ilp32(),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 8, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlParisc,
		Partners: []string{"parisc64"},
		Arch:     "parisc", Triplets: []string{"hppa-linux-gnu"}, Source: gcc12,
	},
}
