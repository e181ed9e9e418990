package layout

import "math/bits"

// int128 is 128 bits in two's complement; its user knows whether they are signed.
type int128 struct{ hi, lo uint64 }

func fromUint(v uint64) int128 { return int128{0, v} }

func fromInt(v int64) int128 { return int128{uint64(v >> 63), uint64(v)} }

func (a int128) zero() bool { return a.hi == 0 && a.lo == 0 }

func (a int128) negative() bool { return int64(a.hi) < 0 }

func (a int128) add(b int128) int128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, _ := bits.Add64(a.hi, b.hi, carry)
	return int128{hi, lo}
}

func (a int128) sub(b int128) int128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, borrow)
	return int128{hi, lo}
}

func (a int128) neg() int128 { return int128{}.sub(a) }

func (a int128) not() int128 { return int128{^a.hi, ^a.lo} }

// mul is the low 128 bits of the product.
func (a int128) mul(b int128) int128 {
	hi, lo := bits.Mul64(a.lo, b.lo)
	return int128{hi + a.hi*b.lo + a.lo*b.hi, lo}
}

// mulOverflows tells whether the product of two unsigned numbers has more than 128 bits.
func (a int128) mulOverflows(b int128) bool {
	if a.hi != 0 && b.hi != 0 {
		return true
	}
	if b.hi != 0 {
		a, b = b, a
	}
	over, middle := bits.Mul64(a.hi, b.lo)
	carried, _ := bits.Mul64(a.lo, b.lo)
	_, carry := bits.Add64(middle, carried, 0)
	return over != 0 || carry != 0
}

func (a int128) shl(n uint) int128 {
	switch {
	case n >= 128:
		return int128{}
	case n >= 64:
		return int128{a.lo << (n - 64), 0}
	}
	return int128{a.hi<<n | a.lo>>(64-n), a.lo << n}
}

// shr shifts zeros in.
func (a int128) shr(n uint) int128 {
	switch {
	case n >= 128:
		return int128{}
	case n >= 64:
		return int128{0, a.hi >> (n - 64)}
	}
	return int128{a.hi >> n, a.lo>>n | a.hi<<(64-n)}
}

// sar shifts the sign in.
func (a int128) sar(n uint) int128 {
	if !a.negative() {
		return a.shr(n)
	}
	return a.not().shr(n).not()
}

// cmp compares unsigned numbers: -1, 0, 1.
func (a int128) cmp(b int128) int {
	switch {
	case a == b:
		return 0
	case a.hi < b.hi || a.hi == b.hi && a.lo < b.lo:
		return -1
	}
	return 1
}

// scmp compares signed numbers.
func (a int128) scmp(b int128) int {
	const sign = 1 << 63
	return int128{a.hi ^ sign, a.lo}.cmp(int128{b.hi ^ sign, b.lo})
}

// divmod divides unsigned numbers; b is not zero.
func (a int128) divmod(b int128) (q, r int128) {
	if b.hi == 0 {
		q.hi = a.hi / b.lo
		q.lo, r.lo = bits.Div64(a.hi%b.lo, a.lo, b.lo)
		return q, r
	}
	// The quotient fits 64 bits: shift and subtract.
	n := uint(bits.LeadingZeros64(b.hi) - bits.LeadingZeros64(a.hi|1))
	if a.cmp(b) < 0 {
		return int128{}, a
	}
	r = a
	for d := b.shl(n); ; d = d.shr(1) {
		q = q.shl(1)
		if r.cmp(d) >= 0 {
			r = r.sub(d)
			q.lo |= 1
		}
		if n == 0 {
			return q, r
		}
		n--
	}
}

// sdivmod divides signed numbers, truncating towards zero.
func (a int128) sdivmod(b int128) (q, r int128) {
	na, nb := a.negative(), b.negative()
	if na {
		a = a.neg()
	}
	if nb {
		b = b.neg()
	}
	q, r = a.divmod(b)
	if na != nb {
		q = q.neg()
	}
	if na {
		r = r.neg()
	}
	return q, r
}

// cut keeps the low width bits (1 to 128) and extends them by their sign or by
// zeros.
func (a int128) cut(width uint, unsigned bool) int128 {
	n := 128 - width
	if unsigned {
		return a.shl(n).shr(n)
	}
	return a.shl(n).sar(n)
}

func (a int128) and(b int128) int128 { return int128{a.hi & b.hi, a.lo & b.lo} }
func (a int128) or(b int128) int128  { return int128{a.hi | b.hi, a.lo | b.lo} }
func (a int128) xor(b int128) int128 { return int128{a.hi ^ b.hi, a.lo ^ b.lo} }

// length is the number of bits up to the highest 1.
func (a int128) length() int {
	if a.hi != 0 {
		return 64 + bits.Len64(a.hi)
	}
	return bits.Len64(a.lo)
}

func (a int128) ones() int { return bits.OnesCount64(a.hi) + bits.OnesCount64(a.lo) }

// trailing is the number of 0 bits below the lowest 1; a is not zero.
func (a int128) trailing() int {
	if a.lo != 0 {
		return bits.TrailingZeros64(a.lo)
	}
	return 64 + bits.TrailingZeros64(a.hi)
}
