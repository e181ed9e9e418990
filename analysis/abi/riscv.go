package abi

var riscv = []ABI{
	{
		Name: "riscv64", Description: "RISC-V, 64-bit", Aliases: []string{"riscv", "rv64"},
		Types: lp64(),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 128, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Partners: []string{"riscv32"},
		Arch:     "riscv", Triplets: []string{"riscv64-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "riscv32", Description: "RISC-V, 32-bit", Aliases: []string{"rv32"},
		Types: ilp32(quad),
		SizeT: UInt, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 16, MinRecordAlign: 1, StrictMode: 64, Bits: bitsGeneric, Ioctl: ioctlGeneric,
		Partners: []string{"riscv64"},
		Arch:     "riscv", Triplets: []string{"riscv32-linux-gnu", "riscv64-linux-gnu"}, Source: gcc12,
	},
}
