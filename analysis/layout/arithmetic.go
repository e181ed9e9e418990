package layout

import (
	"abide/analysis/abi"
	"abide/analysis/decl"
)

func (w *walk) arithmetic(op decl.Op, a, b value) (value, error) {
	if op == "<<" || op == ">>" {
		return w.shift(op, a, b)
	}
	k := w.common(a.kind, b.kind)
	a, b = w.convert(a, k), w.convert(b, k)
	if isFloating(k) {
		v, err := floating(op, a, b)
		return w.convert(v, v.kind), err
	}
	unsigned := w.unsigned(k)
	order := a.n.scmp(b.n)
	if unsigned {
		order = a.n.cmp(b.n)
	}
	if v, ok := compare(op, order); ok {
		return v, nil
	}
	switch op {
	case "+":
		sum := a.n.add(b.n)
		over := a.n.negative() == b.n.negative() && sum.negative() != a.n.negative()
		return w.checked(value{n: sum, kind: k}, over), nil
	case "-":
		diff := a.n.sub(b.n)
		over := a.n.negative() != b.n.negative() && diff.negative() != a.n.negative()
		return w.checked(value{n: diff, kind: k}, over), nil
	case "*":
		return w.checked(value{n: a.n.mul(b.n), kind: k}, !unsigned && mulOverflows(a.n, b.n)), nil
	case "/", "%":
		if b.n.zero() {
			return value{}, errorf("division by zero")
		}
		q, r := a.n.divmod(b.n)
		if !unsigned {
			q, r = a.n.sdivmod(b.n)
		}
		if op == "%" {
			return value{n: r, kind: k}, nil
		}
		return w.checked(value{n: q, kind: k}, !unsigned && a.n.negative() && b.n.negative() && q.negative()), nil
	case "&":
		return value{n: a.n.and(b.n), kind: k}, nil
	case "|":
		return value{n: a.n.or(b.n), kind: k}, nil
	case "^":
		return value{n: a.n.xor(b.n), kind: k}, nil
	}
	return value{}, errorf("'%s' in a constant expression", op)
}

// mulOverflows tells whether a signed product does not fit 128 bits.
func mulOverflows(a, b int128) bool {
	negative := a.negative() != b.negative()
	if a.negative() {
		a = a.neg()
	}
	if b.negative() {
		b = b.neg()
	}
	p := a.mul(b)
	if negative && p == (int128{hi: 1 << 63}) {
		return a.mulOverflows(b)
	}
	return a.mulOverflows(b) || p.negative()
}

// shift is << and >>. gcc lets a signed left shift move bits into and past the
// sign, and all bits out where it takes overflows.
func (w *walk) shift(op decl.Op, a, b value) (value, error) {
	if isFloating(a.kind) || isFloating(b.kind) {
		return value{}, errorf("invalid operands to '%s'", op)
	}
	a, b = w.promote(a), w.promote(b)
	if w.negative(b) {
		return value{}, errorf("shift count is negative")
	}
	if b.n.hi != 0 || b.n.lo >= uint64(w.width(a.kind)) {
		w.overflow = errorf("shift count >= width of type")
		b.n = int128{lo: uint64(w.width(a.kind))}
	}
	n := uint(b.n.lo)
	switch {
	case op == "<<":
		return w.convert(value{n: a.n.shl(n), kind: a.kind}, a.kind), nil
	case w.unsigned(a.kind):
		return value{n: a.n.shr(n), kind: a.kind}, nil
	}
	return value{n: a.n.sar(n), kind: a.kind}, nil
}

// compare applies a comparison to an order of -1, 0 or 1.
func compare(op decl.Op, order int) (v value, ok bool) {
	switch op {
	case "==":
		return boolean(order == 0), true
	case "!=":
		return boolean(order != 0), true
	case "<":
		return boolean(order < 0), true
	case "<=":
		return boolean(order <= 0), true
	case ">":
		return boolean(order > 0), true
	case ">=":
		return boolean(order >= 0), true
	}
	return value{}, false
}

func floating(op decl.Op, a, b value) (value, error) {
	order := 0
	switch {
	case a.f < b.f:
		order = -1
	case a.f > b.f:
		order = 1
	}
	if v, ok := compare(op, order); ok {
		return v, nil
	}
	switch op {
	case "+":
		a.f += b.f
	case "-":
		a.f -= b.f
	case "*":
		a.f *= b.f
	case "/":
		if b.f == 0 {
			return value{}, errorf("division by zero")
		}
		a.f /= b.f
	default:
		return value{}, errorf("invalid operands to '%s'", op)
	}
	return a, nil
}

// pointers is an operation on at least one address.
func (w *walk) pointers(op decl.Op, a, b value) (value, error) {
	if isFloating(a.kind) || isFloating(b.kind) {
		return value{}, errorf("invalid operands to '%s'", op)
	}
	if v, ok := compare(op, a.n.cmp(b.n)); ok {
		return v, nil
	}
	address := func(n int128, elem decl.Type) (value, error) {
		v := w.convert(value{n: n, kind: abi.Pointer}, abi.Pointer)
		v.elem = elem
		return v, nil
	}
	both := a.kind == abi.Pointer && b.kind == abi.Pointer
	if op == "+" && b.kind == abi.Pointer {
		a, b = b, a
	}
	if a.kind != abi.Pointer || op != "-" && (op != "+" || both) {
		return value{}, errorf("invalid operands to '%s'", op)
	}
	size, err := w.elemSize(a.elem)
	if err != nil {
		return value{}, err
	}
	if both {
		if size == 0 {
			return value{}, errorf("arithmetic on pointer to an empty aggregate")
		}
		q, _ := w.convert(value{n: a.n.sub(b.n), kind: w.ABI.PtrdiffT}, w.ABI.PtrdiffT).n.sdivmod(fromInt(size))
		return value{n: q, kind: w.ABI.PtrdiffT}, nil
	}
	step := b.n.mul(fromInt(size))
	if op == "-" {
		step = step.neg()
	}
	return address(a.n.add(step), a.elem)
}

// elemSize is the unit of pointer arithmetic; 1 for void and functions.
func (w *walk) elemSize(t decl.Type) (int64, error) {
	if t == nil {
		return 1, nil
	}
	s, err := w.shape(t)
	if err != nil {
		return 0, err
	}
	if s.sort == isIncomplete || s.sort == isFlexible {
		return 0, s.complete()
	}
	return s.size, nil
}
