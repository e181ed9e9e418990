package decl

import (
	"strconv"
	"strings"
	"sync"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// pragmas is the state of the pragmas that change layouts. nil is the state at
// the start of a translation unit. Immutable.
type pragmas struct {
	pack     int64 // bytes, as Record.Pack
	initial  int64 // pack before the outermost push
	stack    *packEntry
	msStruct bool
	order    string // of #pragma scalar_storage_order
}

// packEntry is one #pragma pack(push). As in gcc an entry holds the value that
// is in force while it is on top.
type packEntry struct {
	pack  int64
	name  string
	below *packEntry
	depth int
}

// maxPack bounds the stack; what is pushed beyond is ignored.
const maxPack = 256

// effective is what of the state a record sees.
type effective struct {
	pack     int64
	msStruct bool
	order    string
}

func (p *pragmas) effective() effective {
	if p == nil {
		return effective{}
	}
	return effective{p.pack, p.msStruct, p.order}
}

// same compares two states.
func (p *pragmas) same(q *pragmas) bool {
	if p == q {
		return true
	}
	var zero pragmas
	if p == nil {
		p = &zero
	}
	if q == nil {
		q = &zero
	}
	if p.effective() != q.effective() || p.initial != q.initial {
		return false
	}
	a, b := p.stack, q.stack
	for a != b {
		if a == nil || b == nil || a.pack != b.pack || a.name != b.name || a.depth != b.depth {
			return false
		}
		a, b = a.below, b.below
	}
	return true
}

// change is what a pragma does to the state.
type change func(*pragmas) bool // false if it does nothing

// changes has the pragmas met so far, by their text; nil for those that do
// nothing. It holds at most maxChanges.
var changes struct {
	sync.Mutex
	known map[token.Sym]change
}

const maxChanges = 1 << 12

// apply gives the state after a pragma.
func (p *pragmas) apply(t *cpp.Token) *pragmas {
	changes.Lock()
	do, known := changes.known[t.Sym]
	if !known {
		do = readPragma(t.Sym.String())
		if changes.known == nil || len(changes.known) >= maxChanges {
			changes.known = make(map[token.Sym]change)
		}
		changes.known[t.Sym] = do
	}
	changes.Unlock()
	if do == nil {
		return p
	}
	var next pragmas
	if p != nil {
		next = *p
	}
	if !do(&next) {
		return p
	}
	if next.stack == nil {
		next.initial = 0 // the next push sets it
	}
	if next == (pragmas{}) {
		return nil
	}
	return &next
}

// pragmaText is a pragma cut into words.
type pragmaText struct{ lx *token.Lexed }

func (p pragmaText) word(i int) string {
	if i < len(p.lx.Tokens) {
		t := p.lx.Tokens[i]
		return p.lx.Text[t.Start:t.End]
	}
	return ""
}

func (p pragmaText) kind(i int) token.Kind {
	if i < len(p.lx.Tokens) {
		return p.lx.Tokens[i].Kind
	}
	return token.EOF
}

func readPragma(s string) change {
	p := pragmaText{token.Lex(s)}
	switch p.word(0) {
	case "pack":
		return p.pack()
	case "ms_struct":
		switch on := p.word(1) == "on"; p.word(1) {
		case "on", "off", "reset":
			return func(s *pragmas) bool { s.msStruct = on; return true }
		}
	case "scalar_storage_order":
		switch order := p.word(1) + p.word(2) + p.word(3); order {
		case "big-endian", "little-endian":
			return func(s *pragmas) bool { s.order = order; return true }
		}
		if p.word(1) == "default" {
			return func(s *pragmas) bool { s.order = ""; return true }
		}
	}
	return nil
}

// pack reads #pragma pack as gcc does (GCC manual, "Structure-Layout Pragmas");
// malformed ones do nothing.
func (p pragmaText) pack() change {
	if p.word(1) != "(" {
		return nil
	}
	switch p.word(2) {
	case ")":
		return func(s *pragmas) bool { return s.set(0) }
	case "push", "pop":
	default:
		n, ok := p.bytes(2)
		if !ok || p.word(3) != ")" {
			return nil
		}
		return func(s *pragmas) bool { return s.set(n) }
	}
	push := p.word(2) == "push"
	name, n, given := "", int64(0), false
	i := 3
	for ; p.word(i) == ","; i += 2 {
		switch k := p.kind(i + 1); {
		case k == token.Ident && name == "":
			name = p.word(i + 1)
		case k == token.Number && push && !given:
			if n, given = p.bytes(i + 1); !given {
				return nil
			}
		default:
			return nil
		}
	}
	switch {
	case p.word(i) != ")":
		return nil
	case push && given:
		return func(s *pragmas) bool { return s.push(name, n) }
	case push:
		return func(s *pragmas) bool { return s.push(name, s.pack) }
	}
	return func(s *pragmas) bool { return s.pop(name) }
}

// bytes reads an alignment.
func (p pragmaText) bytes(i int) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimRight(p.word(i), "uUlL"), 0, 64)
	switch n {
	case 0:
		return NoPack, err == nil
	case 1, 2, 4, 8, 16:
		return n, err == nil
	}
	return 0, false
}

func (p *pragmas) set(n int64) bool {
	p.pack = n
	if p.stack == nil {
		p.initial = n
		return true
	}
	top := *p.stack
	top.pack = n
	p.stack = &top
	return true
}

func (p *pragmas) push(name string, n int64) bool {
	depth := 1
	if p.stack == nil {
		p.initial = p.pack
	} else if depth += p.stack.depth; depth > maxPack {
		return false
	}
	p.stack = &packEntry{pack: n, name: name, below: p.stack, depth: depth}
	p.pack = n
	return true
}

func (p *pragmas) pop(name string) bool {
	if p.stack == nil {
		return false
	}
	top := p.stack
	if name != "" {
		for e := p.stack; e != nil; e = e.below {
			if e.name == name {
				top = e
				break
			}
		}
	}
	if p.stack = top.below; p.stack == nil {
		p.pack = p.initial
	} else {
		p.pack = p.stack.pack
	}
	return true
}
