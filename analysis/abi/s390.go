package abi

// Nothing aligns to more than 8 on s390 (ELF ABI s390x supplement, 1.1.2).
var s390 = []ABI{
	{
		Name: "s390x", Description: "IBM Z, 64-bit", Aliases: []string{"systemz"},
		BigEndian: true, Types: atMost(8, lp64(decimal)),
		SizeT: ULong, PtrdiffT: Long, WCharT: Int, WIntT: UInt,
		MaxAlign: 8, MinRecordAlign: 1, Bits: bitsGeneric, Ioctl: ioctlGeneric, VaList: vaS390,
		Partners: []string{"s390"},
		Arch:     "s390", Triplets: []string{"s390x-linux-gnu"}, Source: gcc12,
	},
	{
		Name: "s390", Description: "IBM S/390, 31-bit", Aliases: []string{"s390_31"},
		BigEndian: true, Types: atMost(8, ilp32(decimal, quad)),
		SizeT: ULong, PtrdiffT: Int, WCharT: Int, WIntT: UInt,
		MaxAlign: 8, MinRecordAlign: 1, Bits: bitsGeneric, Ioctl: ioctlGeneric, VaList: vaS390,
		Partners: []string{"s390x"},
		Arch:     "s390", Triplets: []string{"s390-linux-gnu", "s390x-linux-gnu"}, Source: gcc12,
	},
}
