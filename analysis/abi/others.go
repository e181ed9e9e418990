package abi

// The architectures with no compat partner. Those without a Linux compiler in
// Debian say in Source where their figures come from.
var others = []ABI{
	{
		// Nothing aligns to more than 2, and bit-fields do not care for their type.
		Name: "m68k", Description: "Motorola 680x0", Aliases: []string{"68k", "m680x0"},
		BigEndian: true, CharSigned: true, Types: atMost(2, ilp32(types{LongDouble: natural(12)})),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 2, MinRecordAlign: 1, Bits: BitFields{EmptyBoundary: 16}, Ioctl: ioctlGeneric,
		Arch: "m68k", Triplets: []string{"m68k-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "sh4", Description: "SuperH", Aliases: []string{"sh", "superh"},
		CharSigned: true, Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric, VaList: vaSH4,
		Arch: "sh", Triplets: []string{"sh4-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "sh4eb", Description: "SuperH, big-endian", Aliases: []string{"sheb"},
		BigEndian: true, CharSigned: true, Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric, VaList: vaSH4,
		Arch: "sh", Triplets: []string{"sh4eb-linux-gnu", "sh4-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "alpha", Description: "DEC Alpha", Aliases: []string{"axp"},
		CharSigned: true, Types: lp64(),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 128, Bits: bitsGeneric, Ioctl: ioctl13, VaList: vaAlpha,
		Arch: "alpha", Triplets: []string{"alpha-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "loongarch64", Description: "LoongArch, 64-bit", Aliases: []string{"loong64", "loongarch"},
		CharSigned: true, Types: lp64(),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "loongarch", Triplets: []string{"loongarch64-linux-gnu"}, Source: "LoongArch ELF psABI; clang 19 agrees",
	},
	{
		Name: "arc", Description: "Synopsys ARC", Aliases: []string{"arcv2"},
		Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "arc", Triplets: []string{"arc-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "arceb", Description: "Synopsys ARC, big-endian", Aliases: []string{"arc_be"},
		BigEndian: true, Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "arc", Triplets: []string{"arceb-linux-gnu", "arc-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "csky", Description: "C-SKY", Aliases: []string{"ckcore"},
		Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "csky", Triplets: []string{"csky-linux-gnuabiv2"}, Source: "C-SKY V2 ABI, as GCC 12 targets it",
	},
	{
		// Its compiler is clang. The kernel is built with -fno-short-enums.
		Name: "hexagon", Description: "Qualcomm Hexagon", Aliases: []string{"qdsp6"},
		Types: ilp32(types{Float32: none, Float64: none, Float32x: none}),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, ShortEnums: true, Bits: bitsGeneric, Ioctl: ioctlGeneric, VaList: vaHexagon,
		Arch: "hexagon", Triplets: []string{"hexagon-linux-musl"}, Source: "clang 14",
	},
	{
		Name: "microblaze", Description: "MicroBlaze, big-endian", Aliases: []string{"microblazeeb"},
		BigEndian: true, CharSigned: true, Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "microblaze", Triplets: []string{"microblaze-linux-gnu"}, Source: "MicroBlaze ABI (UG984), as GCC 12 targets it",
	},
	{
		Name: "microblazeel", Description: "MicroBlaze, little-endian", Aliases: []string{"microblaze_le"},
		CharSigned: true, Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "microblaze", Triplets: []string{"microblazeel-linux-gnu"}, Source: "MicroBlaze ABI (UG984), as GCC 12 targets it",
	},
	{
		Name: "nios2", Description: "Altera Nios II", Aliases: []string{"niosii"},
		CharSigned: true, Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "nios2", Triplets: []string{"nios2-linux-gnu"}, Source: "Nios II ABI (NII51016), as GCC 12 targets it",
	},
	{
		Name: "openrisc", Description: "OpenRISC 1000", Aliases: []string{"or1k"},
		BigEndian: true, CharSigned: true, Types: atMost(4, ilp32()),
		SizeT: UInt, PtrdiffT: Int, WCharT: UInt, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "openrisc", Triplets: []string{"or1k-linux-gnu"}, Source: "OpenRISC 1000 ABI; GCC 12.2 for or1k-elf agrees",
	},
	{
		Name: "xtensa", Description: "Xtensa, little-endian", Aliases: []string{"xtensael"},
		Types: ilp32(),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric, VaList: vaXtensa,
		Arch: "xtensa", Triplets: []string{"xtensa-linux-gnu"}, Source: "Xtensa ABI; GCC 12.2 for xtensa-lx106-elf agrees",
	},
	{
		Name: "xtensaeb", Description: "Xtensa, big-endian", Aliases: []string{"xtensa_be"},
		BigEndian: true, Types: ilp32(),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric, VaList: vaXtensa,
		Arch: "xtensa", Triplets: []string{"xtensaeb-linux-gnu"}, Source: "Xtensa ABI; GCC 12.2 for xtensa-lx106-elf agrees",
	},
	{
		Name: "ia64", Description: "Itanium", Aliases: []string{"itanium"},
		CharSigned: true, Types: lp64(decimal),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 128, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Arch: "ia64", Triplets: []string{"ia64-linux-gnu"}, Source: "Itanium psABI, as GCC 12 targets it",
	},
}
