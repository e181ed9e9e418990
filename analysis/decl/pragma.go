package decl

import (
	"strconv"
	"strings"

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

// apply gives the state after a pragma.
func (p *pragmas) apply(t *cpp.Token) *pragmas {
	lx := token.Lex(spelling(t))
	toks := lx.Tokens
	word := func(i int) string {
		if i < len(toks) {
			return lx.Text[toks[i].Start:toks[i].End]
		}
		return ""
	}
	var next pragmas
	if p != nil {
		next = *p
	}
	switch word(0) {
	case "pack":
		if !next.packed(toks, word) {
			return p
		}
	case "ms_struct":
		switch word(1) {
		case "on":
			next.msStruct = true
		case "off", "reset":
			next.msStruct = false
		}
	case "scalar_storage_order":
		switch order := strings.Join([]string{word(1), word(2), word(3)}, ""); {
		case order == "big-endian" || order == "little-endian":
			next.order = order
		case word(1) == "default":
			next.order = ""
		}
	default:
		return p
	}
	return &next
}

// packed applies #pragma pack as gcc does (gcc/c-family/c-pragma.cc documents
// it under "Structure-Layout Pragmas"); malformed ones change nothing.
func (p *pragmas) packed(toks []token.Token, word func(int) string) bool {
	if word(1) != "(" {
		return false
	}
	value := func(i int) (int64, bool) {
		n, err := strconv.ParseInt(strings.TrimRight(word(i), "uUlL"), 0, 64)
		if err == nil && n == 0 {
			return NoPack, true
		}
		return n, err == nil && (n == 1 || n == 2 || n == 4 || n == 8 || n == 16)
	}
	set := func(n int64) bool {
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
	switch word(2) {
	case ")":
		return set(0)
	case "push", "pop":
	default:
		n, ok := value(2)
		return ok && word(3) == ")" && set(n)
	}
	name, n := "", p.pack // what push without a value pushes
	given := false
	i := 3
	for ; word(i) == ","; i += 2 {
		switch {
		case i+1 < len(toks) && toks[i+1].Kind == token.Ident && name == "":
			name = word(i + 1)
		case i+1 < len(toks) && toks[i+1].Kind == token.Number && word(2) == "push" && !given:
			if n, given = value(i + 1); !given {
				return false
			}
		default:
			return false
		}
	}
	if word(i) != ")" {
		return false
	}
	if word(2) == "push" {
		return p.push(name, n)
	}
	return p.pop(name)
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
