package layout

import (
	"math"
	"math/big"

	"abide/analysis/abi"
	"abide/analysis/decl"
)

// value is a constant: an integer or an address in n, extended to 128 bits by
// its type's signedness; or a floating number in f.
type value struct {
	n    int128
	f    float64
	kind abi.Kind
	// elem is what a pointer points to (kind Pointer only).
	elem decl.Type
}

func (e *Engine) width(k abi.Kind) uint { return uint(8 * e.ABI.Types[k].Size) }

// unsigned tells whether an integer type is.
func (e *Engine) unsigned(k abi.Kind) bool {
	if k == abi.Char {
		return !e.charSigned
	}
	return e.ABI.Unsigned(k)
}

func isFloating(k abi.Kind) bool { return k >= abi.Float16 && k <= abi.Decimal128 }

// convert gives a value another type.
func (e *Engine) convert(v value, to abi.Kind) value {
	switch {
	case isFloating(to):
		if !isFloating(v.kind) {
			v.f = e.float(v)
		}
		if to == abi.Float || to == abi.Float32 {
			v.f = float64(float32(v.f))
		}
		return value{f: v.f, kind: to}
	case to == abi.Bool:
		return value{n: truth(!e.isZero(v)), kind: to}
	case isFloating(v.kind):
		v.n = fromFloat(v.f)
	}
	return value{n: v.n.cut(max(8, e.width(to)), e.unsigned(to)), kind: to}
}

// float is an integer's value as a floating number.
func (e *Engine) float(v value) float64 {
	neg := e.negative(v)
	n := v.n
	if neg {
		n = n.neg()
	}
	f := math.Ldexp(float64(n.hi), 64) + float64(n.lo)
	if neg {
		return -f
	}
	return f
}

// fromFloat truncates towards zero; what does not fit 128 bits is 0.
func fromFloat(f float64) int128 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return int128{}
	}
	i, _ := big.NewFloat(math.Abs(f)).Int(nil)
	if i.BitLen() > 128 {
		return int128{}
	}
	n := int128{
		hi: new(big.Int).Rsh(i, 64).Uint64(),
		lo: new(big.Int).And(i, new(big.Int).SetUint64(math.MaxUint64)).Uint64(),
	}
	if f < 0 {
		return n.neg()
	}
	return n
}

func truth(b bool) int128 {
	if b {
		return int128{lo: 1}
	}
	return int128{}
}

func boolean(b bool) value { return value{n: truth(b), kind: abi.Int} }

func (e *Engine) isZero(v value) bool {
	if isFloating(v.kind) {
		return v.f == 0
	}
	return v.n.zero()
}

func (e *Engine) negative(v value) bool { return !e.unsigned(v.kind) && v.n.negative() }

// less compares two integers by their values, whatever their types.
func (e *Engine) less(a, b value) bool {
	na, nb := e.negative(a), e.negative(b)
	if na != nb {
		return na
	}
	return a.n.cmp(b.n) < 0
}

// fits tells whether a type can hold an integer's value.
func (e *Engine) fits(v value, k abi.Kind) bool {
	c := e.convert(v, k)
	return c.n == v.n && e.negative(c) == e.negative(v)
}

// rank orders the integer types by conversion rank (C11 6.3.1.1).
func rank(k abi.Kind) int {
	switch k {
	case abi.Bool:
		return 0
	case abi.Char, abi.SChar, abi.UChar:
		return 1
	case abi.Short, abi.UShort:
		return 2
	case abi.Int, abi.UInt:
		return 3
	case abi.Long, abi.ULong:
		return 4
	case abi.LongLong, abi.ULongLong:
		return 5
	}
	return 6
}

// promoted is the type after the integer promotions. Pointers become the
// unsigned integer of their size.
func (e *Engine) promoted(k abi.Kind) abi.Kind {
	switch {
	case k == abi.Pointer:
		if e.width(abi.Pointer) == e.width(abi.Int) {
			return abi.UInt
		}
		return abi.ULong
	case rank(k) < rank(abi.Int):
		return abi.Int // holds all values of the narrower types on every ABI
	}
	return k
}

func (e *Engine) promote(v value) value { return e.convert(v, e.promoted(v.kind)) }

// unsignedOf is the unsigned type beside a signed one.
func unsignedOf(k abi.Kind) abi.Kind {
	switch k {
	case abi.Int:
		return abi.UInt
	case abi.Long:
		return abi.ULong
	case abi.LongLong:
		return abi.ULongLong
	case abi.Int128:
		return abi.UInt128
	}
	return k
}

// common is the type of an operation on two arithmetic types: the usual
// arithmetic conversions (C11 6.3.1.8).
func (e *Engine) common(a, b abi.Kind) abi.Kind {
	switch fa, fb := isFloating(a), isFloating(b); {
	case fa && fb:
		if e.width(a) >= e.width(b) {
			return a
		}
		return b
	case fa:
		return a
	case fb:
		return b
	}
	a, b = e.promoted(a), e.promoted(b)
	if rank(a) < rank(b) {
		a, b = b, a
	}
	switch ua, ub := e.unsigned(a), e.unsigned(b); {
	case ua == ub || ua:
		return a
	case rank(a) == rank(b):
		return b
	case e.width(a) > e.width(b):
		return a
	}
	return unsignedOf(a)
}

// decimal prints an integer.
func (e *Engine) decimal(v value) string {
	n := v.n
	sign := ""
	if e.negative(v) {
		n, sign = n.neg(), "-"
	}
	i := new(big.Int).SetUint64(n.hi)
	i.Lsh(i, 64).Or(i, new(big.Int).SetUint64(n.lo))
	return sign + i.String()
}
