package cpp

import (
	"math/bits"
	"strconv"
	"unsafe"

	"abide/analysis/token"
)

// nowhere is the section of tokens that no text spells and that say all by
// their symbol.
var nowhere = unspelled("")

// unspelled makes a section that stands in no file.
func unspelled(s string) *Section {
	sec := &Section{sectionState: sectionState{text: s, unspelled: true}}
	sec.prepare()
	return sec
}

// scratch holds the spellings of tokens that the preprocessor makes. A section
// of it is never written to again once another one is begun.
type scratch struct {
	sec *Section
	buf []byte
}

// token makes a token with a spelling of its own.
func (s *scratch) token(k token.Kind, text string) Token {
	if s.sec == nil {
		s.sec = &Section{Lex: &token.Lexed{OpenComment: -1}, sectionState: sectionState{unspelled: true}}
		s.sec.once.Do(func() {})
		s.buf = nil
	}
	start := len(s.buf)
	s.buf = append(s.buf, text...)
	s.sec.Lex.Text = unsafe.String(unsafe.SliceData(s.buf), len(s.buf))
	return Token{Kind: k, Start: uint32(start), End: uint32(len(s.buf)), Sec: s.sec}
}

// seal ends the section, so that others may read it.
func (s *scratch) seal() { s.sec, s.buf = nil, nil }

// bitset is a set of symbols.
type bitset []uint64

func (b bitset) has(s token.Sym) bool {
	i := int(s / 64)
	return i < len(b) && b[i]>>(s%64)&1 != 0
}

func (b *bitset) set(s token.Sym) {
	i := int(s / 64)
	if i >= len(*b) {
		grown := make(bitset, 1<<bits.Len(uint(i+64)))
		copy(grown, *b)
		*b = grown
	}
	(*b)[i] |= 1 << (s % 64)
}

func (b bitset) clear(s token.Sym) {
	if i := int(s / 64); i < len(b) {
		b[i] &^= 1 << (s % 64)
	}
}

// arena gives room for token lists that live until the outermost expansion is
// done, and buffers to gather them in.
type arena struct {
	buf     []Token
	used    int
	gather  [][]Token // buffers by depth of use
	holding int
}

const arenaSize = 4 << 10 // tokens

func (a *arena) reset() { a.used = 0 }

// keep makes a copy that lives as long as the arena is not reset.
func (a *arena) keep(list []Token) []Token {
	n := len(list)
	switch {
	case n == 0:
		return nil
	case n > arenaSize/4:
		return append(make([]Token, 0, n), list...)
	case a.used+n > len(a.buf):
		a.buf, a.used = make([]Token, arenaSize), 0
	}
	out := a.buf[a.used : a.used+n : a.used+n]
	a.used += n
	copy(out, list)
	return out
}

// open gives an empty buffer, which close takes back. They nest.
func (a *arena) open() []Token {
	if a.holding == len(a.gather) {
		a.gather = append(a.gather, make([]Token, 0, 64))
	}
	a.holding++
	return a.gather[a.holding-1][:0]
}

// close keeps the tokens of the buffer opened last.
func (a *arena) close(buf []Token) []Token {
	a.drop(buf)
	return a.keep(buf)
}

func (a *arena) drop(buf []Token) {
	a.holding--
	if cap(buf) <= 16*arenaSize {
		a.gather[a.holding] = buf
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
