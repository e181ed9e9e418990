package layout

import (
	"abide/analysis/decl"
	"abide/analysis/token"
)

// Names is a set of the names that something depends on. It may hold some more.
type Names [4]uint64

// Add puts a name into the set.
func (n *Names) Add(name token.Sym) {
	const spread = 0x9e3779b1 // of Fibonacci hashing
	bit := uint32(name) * spread >> 24
	n[bit/64] |= 1 << (bit % 64)
}

// Join puts the names of another set into this one.
func (n *Names) Join(other Names) {
	for i := range n {
		n[i] |= other[i]
	}
}

// Meets tells whether two sets have a name in common, or seem to.
func (n *Names) Meets(other Names) bool {
	for i := range n {
		if n[i]&other[i] != 0 {
			return true
		}
	}
	return false
}

// Depends is the names that the value of an expression follows from: while they
// mean the same, it is the same.
func (e *Engine) Depends(x decl.Expr) Names {
	w := e.walk()
	_, _ = w.integer(x)
	return w.names
}
