package abi

// The three ABIs of MIPS, in both byte orders.
var mips = append(
	mipsOf(true, "mips", "", "mips-linux-gnu", "mips64-linux-gnuabin32", "mips64-linux-gnuabi64"),
	mipsOf(false, "mipsel", ", little-endian", "mipsel-linux-gnu", "mips64el-linux-gnuabin32", "mips64el-linux-gnuabi64")...,
)

func mipsOf(bigEndian bool, name, order, o32, n32, n64 string) []ABI {
	return []ABI{
		{
			Name: name + "_o32", Description: "MIPS, o32" + order, Aliases: []string{name, name + "32"},
			BigEndian: bigEndian, CharSigned: true, Types: ilp32(),
			SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
			MaxAlign: 8, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctl13,
			Partners: []string{name + "_n64", name + "_n32"},
			Arch:     "mips", Triplets: []string{o32}, Source: gcc12,
		},
		{
			Name: name + "_n32", Description: "MIPS, n32" + order, Aliases: []string{name + "n32"},
			BigEndian: bigEndian, CharSigned: true, Types: ilp32(quad, types{Int128: natural(16), UInt128: natural(16)}),
			SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
			MaxAlign: 16, MinRecordAlign: 1, StrictMode: 128, Bits: bitsGeneric, Ioctl: ioctl13,
			Partners: []string{name + "_n64", name + "_o32"},
			Arch:     "mips", Triplets: []string{n32, n64}, Source: gcc12,
		},
		{
			Name: name + "_n64", Description: "MIPS, n64" + order, Aliases: []string{mips64(name), name + "_64"},
			BigEndian: bigEndian, CharSigned: true, Types: lp64(),
			SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
			MaxAlign: 16, MinRecordAlign: 1, StrictMode: 128, Bits: bitsGeneric, Ioctl: ioctl13,
			Partners: []string{name + "_n32", name + "_o32"},
			Arch:     "mips", Triplets: []string{n64}, Source: gcc12,
		},
	}
}

// mips64 is the 64-bit name of an order: mips64, mips64el.
func mips64(name string) string { return "mips64" + name[len("mips"):] }
