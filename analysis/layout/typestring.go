package layout

import (
	"abide/analysis/abi"
)

// basicNames are the basic types as gcc spells them in messages.
var basicNames = [abi.NumKinds]string{
	abi.Void: "void", abi.Bool: "_Bool", abi.Char: "char", abi.SChar: "signed char", abi.UChar: "unsigned char",
	abi.Short: "short", abi.UShort: "unsigned short", abi.Int: "int", abi.UInt: "unsigned int",
	abi.Long: "long", abi.ULong: "unsigned long", abi.LongLong: "long long", abi.ULongLong: "unsigned long long",
	abi.Int128: "__int128", abi.UInt128: "unsigned __int128",
	abi.Float16: "_Float16", abi.BFloat16: "__bf16", abi.Float: "float", abi.Double: "double", abi.LongDouble: "long double",
	abi.Float32: "_Float32", abi.Float64: "_Float64", abi.Float128: "_Float128", abi.Float32x: "_Float32x", abi.Float64x: "_Float64x",
	abi.Decimal32: "_Decimal32", abi.Decimal64: "_Decimal64", abi.Decimal128: "_Decimal128",
	abi.Pointer: "void *",
}
