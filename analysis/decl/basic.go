package decl

import "abide/analysis/abi"

// basicWords collects the words of a built-in type's name, which may stand in
// any order.
type basicWords struct {
	kind             abi.Kind
	named            bool // by a word that stands for itself
	char, int        bool
	short, long      int
	signed, unsigned bool
	complex          bool
	unknown          string
}

// basicNames are the words that name a type all alone.
var basicNames = map[string]abi.Kind{
	"void": abi.Void, "_Bool": abi.Bool, "float": abi.Float, "double": abi.Double,
	"__int128": abi.Int128, "__int128_t": abi.Int128, "__uint128_t": abi.UInt128,
	"_Float16": abi.Float16, "__fp16": abi.Float16, "__bf16": abi.BFloat16,
	"_Float32": abi.Float32, "_Float64": abi.Float64, "_Float128": abi.Float128, "__float128": abi.Float128,
	"_Float32x": abi.Float32x, "_Float64x": abi.Float64x, "__float80": abi.LongDouble, "__ibm128": abi.LongDouble, "__ieee128": abi.Float128,
	"_Decimal32": abi.Decimal32, "_Decimal64": abi.Decimal64, "_Decimal128": abi.Decimal128,
}

func (b *basicWords) add(word string) {
	switch word {
	case "char":
		b.char = true
	case "int":
		b.int = true
	case "short":
		b.short++
	case "long":
		b.long++
	case "signed", "__signed", "__signed__":
		b.signed = true
	case "unsigned":
		b.unsigned = true
	case "_Complex", "__complex", "__complex__", "_Imaginary":
		b.complex = true
	default:
		k, ok := basicNames[word]
		if !ok {
			b.unknown = word
			return
		}
		b.kind, b.named = k, true
	}
}

// integers are the integer types by rank, signed and unsigned.
var integers = map[string][2]abi.Kind{
	"char":      {abi.SChar, abi.UChar},
	"short":     {abi.Short, abi.UShort},
	"int":       {abi.Int, abi.UInt},
	"long":      {abi.Long, abi.ULong},
	"long long": {abi.LongLong, abi.ULongLong},
}

func (b *basicWords) typ() Type {
	if b.unknown != "" {
		return &Typeof{Expr: &Bad{Reason: "the type " + b.unknown + " is not supported"}}
	}
	rank := "int"
	switch {
	case b.named && b.kind == abi.Double && b.long > 0:
		return &Basic{Kind: abi.LongDouble, Complex: b.complex}
	case b.named && b.kind == abi.Int128 && b.unsigned:
		return &Basic{Kind: abi.UInt128, Complex: b.complex}
	case b.named:
		return &Basic{Kind: b.kind, Complex: b.complex}
	case b.char && !b.signed && !b.unsigned:
		return &Basic{Kind: abi.Char, Complex: b.complex}
	case b.char:
		rank = "char"
	case b.short > 0:
		rank = "short"
	case b.long > 1:
		rank = "long long"
	case b.long > 0:
		rank = "long"
	case b.complex && !b.int && !b.signed && !b.unsigned:
		return &Basic{Kind: abi.Double, Complex: true}
	}
	kind := integers[rank][0]
	if b.unsigned {
		kind = integers[rank][1]
	}
	return &Basic{Kind: kind, Complex: b.complex}
}
