package abi

// The rows of AAPCS and AAPCS64, and of ARM's old ABI before EABI.
var arm = []ABI{
	{
		Name: "arm64", Description: "ARM, 64-bit", Aliases: []string{"aarch64", "armv8"},
		Types: lp64(types{Float16: natural(2), BFloat16: natural(2)}),
		SizeT: ULong, PtrdiffT: Long, WCharT: UInt, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, MaxVectorAlign: 16, Bits: bitsAAPCS, Ioctl: ioctlGeneric, VaList: vaAAPCS64,
		Partners: []string{"arm"},
		Arch:     "arm64", Triplets: []string{"aarch64-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "arm64_be", Description: "ARM, 64-bit, big-endian", Aliases: []string{"aarch64_be", "arm64be"},
		BigEndian: true, Types: lp64(types{Float16: natural(2), BFloat16: natural(2)}),
		SizeT: ULong, PtrdiffT: Long, WCharT: UInt, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, MaxVectorAlign: 16, Bits: bitsAAPCS, Ioctl: ioctlGeneric, VaList: vaAAPCS64,
		Partners: []string{"armeb"},
		Arch:     "arm64", Triplets: []string{"aarch64_be-linux-gnu", "aarch64-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "arm", Description: "ARM, 32-bit, EABI", Aliases: []string{"armhf", "armel", "arm32", "armv7", "arm_eabi"},
		Types: ilp32(types{BFloat16: natural(2)}),
		SizeT: UInt, PtrdiffT: Int, WCharT: UInt, WIntT: UInt,
		MaxAlign: 8, MinRecordAlign: 1, StrictMode: 64, MaxVectorAlign: 8, Bits: bitsAAPCS, Ioctl: ioctlGeneric, VaList: vaAAPCS,
		Partners: []string{"arm64", "arm_oabi"},
		Arch:     "arm", Triplets: []string{"arm-linux-gnueabihf", "arm-linux-gnueabi"}, Source: gcc12,
	},
	{
		Name: "armeb", Description: "ARM, 32-bit, EABI, big-endian", Aliases: []string{"arm_be", "armbe"},
		BigEndian: true, Types: ilp32(types{BFloat16: natural(2)}),
		SizeT: UInt, PtrdiffT: Int, WCharT: UInt, WIntT: UInt,
		MaxAlign: 8, MinRecordAlign: 1, StrictMode: 64, MaxVectorAlign: 8, Bits: bitsAAPCS, Ioctl: ioctlGeneric, VaList: vaAAPCS,
		Partners: []string{"arm64_be"},
		Arch:     "arm", Triplets: []string{"armeb-linux-gnueabi", "arm-linux-gnueabihf", "arm-linux-gnueabi"}, Source: gcc12,
	},
	{
		// Every record is aligned to a word and rounded up to one (APCS).
		Name: "arm_oabi", Description: "ARM, 32-bit, old ABI", Aliases: []string{"oabi", "arm_apcs"},
		Types: atMost(4, ilp32(types{BFloat16: natural(2)})),
		SizeT: UInt, PtrdiffT: Int, WCharT: Long, WIntT: UInt,
		MaxAlign: 4, MinRecordAlign: 4, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Partners: []string{"arm"},
		Arch:     "arm", Triplets: []string{"arm-linux-gnu", "arm-linux-gnueabi", "arm-linux-gnueabihf"}, Source: gcc12,
	},
}
