package token

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
)

// Sym is an interned spelling. Two tokens with equal Sym are spelled alike.
// The zero Sym is the empty string. Symbols live as long as the process.
type Sym uint32

// Limits on what Lex interns, so that no input grows the process without end:
// what goes beyond them becomes a token of kind Other. The longest identifiers
// of real code have some hundred bytes; a whole kernel has about two million.
const (
	maxSpelling = 4 << 10  // bytes of one spelling
	maxSymbols  = 16 << 20 // spellings
	maxInterned = 1 << 30  // bytes of all spellings
)

// Intern gives the symbol of a spelling. It keeps a copy, not s itself.
func Intern(s string) Sym {
	if sym, ok := symbols.find(s); ok {
		return sym
	}
	sym, _ := symbols.add(s, true)
	return sym
}

// String is the spelling.
func (s Sym) String() string { return symbols.spelling(s) }

var symbols = newInterner()

// interner is a hash table with open addressing that readers use without a
// lock: a slot is written once, after the spelling that it leads to, and a
// bigger table replaces the whole.
type interner struct {
	seed  maphash.Seed
	table atomic.Pointer[table]
	pages atomic.Pointer[[]*page] // spellings by Sym

	mu    sync.Mutex // held by writers
	count uint32
	bytes int
}

// table has a power of two of slots. A slot is the spelling's hash in the
// high half, its Sym in the low half; 0 is free.
type table struct {
	slots []atomic.Uint64
	mask  uint32
}

const pageSize = 1 << 12

type page [pageSize]string

func newInterner() *interner {
	in := &interner{seed: maphash.MakeSeed(), count: 1}
	in.table.Store(newTable(1 << 12))
	in.pages.Store(&[]*page{new(page)})
	for _, s := range wellKnown[1:] {
		in.add(s, true)
	}
	return in
}

func newTable(size uint32) *table {
	return &table{slots: make([]atomic.Uint64, size), mask: size - 1}
}

func (in *interner) spelling(s Sym) string {
	return (*in.pages.Load())[s/pageSize][s%pageSize]
}

func (in *interner) hash(s string) uint32 {
	h := maphash.String(in.seed, s)
	return uint32(h ^ h>>32)
}

// find looks a spelling up.
func (in *interner) find(s string) (Sym, bool) {
	if s == "" {
		return 0, true
	}
	return in.probe(s, in.hash(s))
}

func (in *interner) probe(s string, hash uint32) (Sym, bool) {
	t, pages := in.table.Load(), *in.pages.Load()
	for i := hash & t.mask; ; i = (i + 1) & t.mask {
		slot := t.slots[i].Load()
		if slot == 0 {
			return 0, false
		}
		if sym := uint32(slot); uint32(slot>>32) == hash {
			if n := sym / pageSize; n < uint32(len(pages)) {
				if pages[n][sym%pageSize] == s {
					return Sym(sym), true
				}
			} else if in.spelling(Sym(sym)) == s {
				return Sym(sym), true
			}
		}
	}
}

// add puts a spelling in if it is not there yet. Unless forced it refuses to
// go over the limits.
func (in *interner) add(s string, force bool) (Sym, bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	hash := in.hash(s)
	if sym, ok := in.probe(s, hash); ok {
		return sym, true
	}
	if !force && (in.count >= maxSymbols || in.bytes+len(s) > maxInterned) {
		return 0, false
	}
	sym := in.count
	pages := *in.pages.Load()
	if sym/pageSize == uint32(len(pages)) {
		pages = append(pages[:len(pages):len(pages)], new(page))
		in.pages.Store(&pages)
	}
	pages[sym/pageSize][sym%pageSize] = strings.Clone(s)
	t := in.table.Load()
	if in.count > t.mask/2 {
		bigger := newTable(2 * (t.mask + 1))
		for i := range t.slots {
			if slot := t.slots[i].Load(); slot != 0 {
				bigger.put(slot)
			}
		}
		in.table.Store(bigger)
		t = bigger
	}
	t.put(uint64(hash)<<32 | uint64(sym))
	in.count++
	in.bytes += len(s)
	return Sym(sym), true
}

func (t *table) put(slot uint64) {
	i := uint32(slot>>32) & t.mask
	for t.slots[i].Load() != 0 {
		i = (i + 1) & t.mask
	}
	t.slots[i].Store(slot)
}
