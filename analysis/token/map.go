package token

import "math/bits"

// Map is an immutable map from symbols to values, made for macro tables and
// indexes of names: a copy is a snapshot, and a changed version shares all but
// a few nodes with the one it came from. The zero Map is empty. It is safe for
// concurrent use.
//
//	e := m.Edit()
//	e.Set(name, macro)
//	next := e.Done() // m is as it was
type Map[V any] struct {
	root []*mapMid[V] // by the bits of a Sym above those of the nodes
	size int
}

// A Map is a radix tree of fixed height: symbols are dense numbers, and those
// of one header are mostly neighbours.
const (
	nodeBits = 5
	fanOut   = 1 << nodeBits
	nodeMask = fanOut - 1

	lowShift  = nodeBits
	midShift  = 2 * nodeBits
	rootShift = 3 * nodeBits
)

type mapMid[V any] struct {
	owner *owner
	kids  [fanOut]*mapLow[V]
}

type mapLow[V any] struct {
	owner *owner
	kids  [fanOut]*mapLeaf[V]
}

type mapLeaf[V any] struct {
	owner  *owner
	used   uint32 // a bit for each value that is set
	values [fanOut]V
}

// owner marks the nodes that one MapEdit made and may therefore change.
type owner struct{ _ byte }

// Len is the number of entries.
func (m Map[V]) Len() int { return m.size }

// Get looks a symbol up.
func (m Map[V]) Get(s Sym) (v V, ok bool) {
	if i := int(s >> rootShift); i < len(m.root) {
		if leaf := m.root[i].leaf(s); leaf != nil && leaf.used>>(s&nodeMask)&1 != 0 {
			return leaf.values[s&nodeMask], true
		}
	}
	return v, false
}

func (n *mapMid[V]) leaf(s Sym) *mapLeaf[V] {
	if n == nil {
		return nil
	}
	low := n.kids[s>>midShift&nodeMask]
	if low == nil {
		return nil
	}
	return low.kids[s>>lowShift&nodeMask]
}

// Differences lists the symbols whose values are not the same in two versions
// of a map; ok is false if they are more than most. It costs what lies between
// the versions.
func (m Map[V]) Differences(o Map[V], most int, same func(a, b V) bool) (list []Sym, ok bool) {
	for i := range max(len(m.root), len(o.root)) {
		a, b := nth(m.root, i), nth(o.root, i)
		if a == b {
			continue
		}
		for j := range fanOut {
			a, b := kid(a, j), kid(b, j)
			if a == b {
				continue
			}
			for k := range fanOut {
				base := Sym(i)<<rootShift | Sym(j)<<midShift | Sym(k)<<lowShift
				list = differences(list, base, leafOf(a, k), leafOf(b, k), same)
				if len(list) > most {
					return nil, false
				}
			}
		}
	}
	return list, true
}

func nth[V any](root []*mapMid[V], i int) *mapMid[V] {
	if i < len(root) {
		return root[i]
	}
	return nil
}

func kid[V any](n *mapMid[V], i int) *mapLow[V] {
	if n == nil {
		return nil
	}
	return n.kids[i]
}

func leafOf[V any](n *mapLow[V], i int) *mapLeaf[V] {
	if n == nil {
		return nil
	}
	return n.kids[i]
}

func differences[V any](list []Sym, base Sym, a, b *mapLeaf[V], same func(a, b V) bool) []Sym {
	if a == b {
		return list
	}
	var none mapLeaf[V]
	if a == nil {
		a = &none
	}
	if b == nil {
		b = &none
	}
	for used := a.used | b.used; used != 0; used &= used - 1 {
		n := bits.TrailingZeros32(used)
		if a.used>>n&1 != b.used>>n&1 || !same(a.values[n], b.values[n]) {
			list = append(list, base|Sym(n))
		}
	}
	return list
}

// Range calls yield for every entry in the order of the symbols' numbers
// until it returns false. It can stand in a range clause.
func (m Map[V]) Range(yield func(Sym, V) bool) {
	for i, mid := range m.root {
		if mid == nil {
			continue
		}
		for j, low := range mid.kids {
			if low == nil {
				continue
			}
			for k, leaf := range low.kids {
				if leaf == nil {
					continue
				}
				base := Sym(i)<<rootShift | Sym(j)<<midShift | Sym(k)<<lowShift
				for used := leaf.used; used != 0; used &= used - 1 {
					n := bits.TrailingZeros32(used)
					if !yield(base|Sym(n), leaf.values[n]) {
						return
					}
				}
			}
		}
	}
}

// Edit starts a changed version of m, which itself stays as it is.
func (m Map[V]) Edit() *MapEdit[V] { return &MapEdit[V]{m: m} }

// MapEdit is a version of a Map in the making. It is not safe for concurrent
// use.
type MapEdit[V any] struct {
	m     Map[V]
	owner *owner // nil before the first change
}

// Len is the number of entries so far.
func (e *MapEdit[V]) Len() int { return e.m.size }

// Get looks a symbol up in what there is so far.
func (e *MapEdit[V]) Get(s Sym) (V, bool) { return e.m.Get(s) }

// Set puts an entry in, or another value in its place.
func (e *MapEdit[V]) Set(s Sym, v V) {
	leaf := e.leaf(s)
	if bit := uint32(1) << (s & nodeMask); leaf.used&bit == 0 {
		leaf.used |= bit
		e.m.size++
	}
	leaf.values[s&nodeMask] = v
}

// Delete takes an entry out, if there is one.
func (e *MapEdit[V]) Delete(s Sym) {
	if _, ok := e.m.Get(s); !ok {
		return
	}
	leaf := e.leaf(s)
	leaf.used &^= 1 << (s & nodeMask)
	leaf.values[s&nodeMask] = *new(V)
	e.m.size--
}

// Done is the new version. The edit may go on; it leaves that version alone.
func (e *MapEdit[V]) Done() Map[V] {
	e.owner = nil
	return e.m
}

// leaf makes the way to a symbol's leaf one that this edit may change.
func (e *MapEdit[V]) leaf(s Sym) *mapLeaf[V] {
	i := int(s >> rootShift)
	if e.owner == nil || i >= len(e.m.root) {
		if e.owner == nil {
			e.owner = new(owner)
		}
		root := make([]*mapMid[V], max(i+1, len(e.m.root)))
		copy(root, e.m.root)
		e.m.root = root
	}
	mid := e.m.root[i]
	if mid == nil || mid.owner != e.owner {
		mid = owned(mid)
		mid.owner = e.owner
		e.m.root[i] = mid
	}
	low := mid.kids[s>>midShift&nodeMask]
	if low == nil || low.owner != e.owner {
		low = owned(low)
		low.owner = e.owner
		mid.kids[s>>midShift&nodeMask] = low
	}
	leaf := low.kids[s>>lowShift&nodeMask]
	if leaf == nil || leaf.owner != e.owner {
		leaf = owned(leaf)
		leaf.owner = e.owner
		low.kids[s>>lowShift&nodeMask] = leaf
	}
	return leaf
}

// owned copies a node; nil stands for an empty one.
func owned[N any](n *N) *N {
	c := new(N)
	if n != nil {
		*c = *n
	}
	return c
}
