package layout

import (
	"math/bits"

	"abide/analysis/abi"
	"abide/analysis/decl"
)

// builtins are gcc's builtin functions that have constant values: their
// operand's type (Void for any), their result's, and how to compute it. width
// is the operand type's, in bits.
var builtins = map[string]struct {
	arg, result abi.Kind
	do          func(n int128, width uint) (int128, bool)
}{
	"__builtin_bswap16":  {abi.UShort, abi.UShort, swap},
	"__builtin_bswap32":  {abi.UInt, abi.UInt, swap},
	"__builtin_bswap64":  {abi.ULongLong, abi.ULongLong, swap},
	"__builtin_bswap128": {abi.UInt128, abi.UInt128, swap},

	"__builtin_ffs":   {abi.Int, abi.Int, ffs},
	"__builtin_ffsl":  {abi.Long, abi.Int, ffs},
	"__builtin_ffsll": {abi.LongLong, abi.Int, ffs},

	"__builtin_clz":   {abi.UInt, abi.Int, clz},
	"__builtin_clzl":  {abi.ULong, abi.Int, clz},
	"__builtin_clzll": {abi.ULongLong, abi.Int, clz},

	"__builtin_ctz":   {abi.UInt, abi.Int, ctz},
	"__builtin_ctzl":  {abi.ULong, abi.Int, ctz},
	"__builtin_ctzll": {abi.ULongLong, abi.Int, ctz},

	"__builtin_popcount":   {abi.UInt, abi.Int, popcount},
	"__builtin_popcountl":  {abi.ULong, abi.Int, popcount},
	"__builtin_popcountll": {abi.ULongLong, abi.Int, popcount},

	"__builtin_parity":   {abi.UInt, abi.Int, parity},
	"__builtin_parityl":  {abi.ULong, abi.Int, parity},
	"__builtin_parityll": {abi.ULongLong, abi.Int, parity},

	"__builtin_clrsb":   {abi.Int, abi.Int, clrsb},
	"__builtin_clrsbl":  {abi.Long, abi.Int, clrsb},
	"__builtin_clrsbll": {abi.LongLong, abi.Int, clrsb},

	"__builtin_abs":   {abi.Int, abi.Int, abs},
	"__builtin_labs":  {abi.Long, abi.Long, abs},
	"__builtin_llabs": {abi.LongLong, abi.LongLong, abs},
}

func swap(n int128, width uint) (int128, bool) {
	return int128{bits.ReverseBytes64(n.lo), bits.ReverseBytes64(n.hi)}.shr(128 - width), true
}

func ffs(n int128, _ uint) (int128, bool) {
	if n.zero() {
		return n, true
	}
	return fromInt(int64(n.trailing() + 1)), true
}

// The builtins for leading and trailing zeros have no value for 0.
func clz(n int128, width uint) (int128, bool) {
	return fromInt(int64(width) - int64(n.length())), !n.zero()
}

func ctz(n int128, _ uint) (int128, bool) {
	if n.zero() {
		return n, false
	}
	return fromInt(int64(n.trailing())), true
}

func popcount(n int128, _ uint) (int128, bool) { return fromInt(int64(n.ones())), true }

func parity(n int128, _ uint) (int128, bool) { return fromInt(int64(n.ones() & 1)), true }

func clrsb(n int128, width uint) (int128, bool) {
	if n.negative() {
		n = n.not()
	}
	return fromInt(int64(width) - 1 - int64(n.length())), true
}

func abs(n int128, _ uint) (int128, bool) {
	if n.negative() {
		n = n.neg()
	}
	return n, true
}

// sameAsFirst are the builtins whose value is that of their first argument.
var sameAsFirst = map[string]bool{
	"__builtin_expect": true, "__builtin_expect_with_probability": true, "__builtin_assume_aligned": true,
}

// function is the name of the function that a call names; empty if it
// computes one.
func function(x *decl.Call) string {
	if n, ok := x.Fun.(*decl.Name); ok {
		return n.Name.String()
	}
	return ""
}

// call evaluates a call of a builtin.
func (w *walk) call(x *decl.Call) (value, error) {
	name := function(x)
	if b, ok := builtins[name]; ok && len(x.Args) == 1 {
		v, err := w.eval(x.Args[0])
		if err != nil {
			return value{}, err
		}
		n, ok := b.do(w.convert(v, b.arg).n, w.width(b.arg))
		if !ok {
			return value{}, errorf("'%s' has no value for 0", name)
		}
		return w.checked(value{n: n, kind: b.result}, false), nil
	}
	switch {
	case name == "__builtin_constant_p" && len(x.Args) == 1:
		if _, ok := x.Args[0].(*decl.Str); ok {
			return boolean(true), nil
		}
		v, err := w.eval(x.Args[0])
		if err != nil { // not a constant, as long as it means something
			if _, err := w.typeOf(x.Args[0]); err != nil {
				return value{}, err
			}
		}
		return boolean(err == nil && v.kind != abi.Pointer), nil
	case sameAsFirst[name] && len(x.Args) > 0:
		v, err := w.eval(x.Args[0])
		if err == nil && name == "__builtin_expect" {
			v = w.convert(v, abi.Long)
		}
		return v, err
	case name == "__builtin_strlen" && len(x.Args) == 1:
		if s, ok := x.Args[0].(*decl.Str); ok && s.Size > 0 {
			return value{n: fromInt(s.Size - 1), kind: w.ABI.SizeT}, nil
		}
	}
	if name == "" {
		return value{}, errorf("a function call is not constant")
	}
	return value{}, errorf("the call of '%s' is not constant", name)
}

// callType is the type of a call's result.
func (w *walk) callType(x *decl.Call) (decl.Type, error) {
	name := function(x)
	if b, ok := builtins[name]; ok {
		return basicType(b.result), nil
	}
	switch {
	case name == "__builtin_constant_p":
		return basicType(abi.Int), nil
	case name == "__builtin_expect":
		return basicType(abi.Long), nil
	case name == "__builtin_strlen":
		return basicType(w.ABI.SizeT), nil
	case sameAsFirst[name] && len(x.Args) > 0:
		return w.typeOf(x.Args[0])
	}
	t, err := w.typeOf(x.Fun)
	if err != nil {
		return nil, err
	}
	if t, err = w.resolve(t); err != nil {
		return nil, err
	}
	if p, ok := t.(*decl.Pointer); ok {
		if t, err = w.resolve(p.Elem); err != nil {
			return nil, err
		}
	}
	if f, ok := t.(*decl.Func); ok {
		return f.Result, nil
	}
	return nil, errorf("called object is not a function")
}
