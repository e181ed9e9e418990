package decl

import (
	"slices"
	"sync"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

type itemState struct {
	body    int  // index of the brace that opens a function's body, or 0
	before  int  // how many pragmas of its part stand before it
	records bool // it defines a record, perhaps in a function's body
	pragmas bool // a pragma stands inside
	broken  bool // a brace is open at its end

	mu     sync.Mutex
	parsed []*parsed
}

// maxVariants is how many parses of one item are kept: an item is parsed again
// where a name it uses is a typedef in one unit and not in another, or under
// another #pragma pack.
const maxVariants = 6

// parse gives the declarations of an item as a unit sees it.
func (it *Item) parse(class func(token.Sym) nameClass, state *pragmas) *parsed {
	it.mu.Lock()
	defer it.mu.Unlock()
	for _, p := range it.parsed {
		if p.holds(class, state) {
			return p
		}
	}
	p := parseItem(it, class, state)
	if len(it.parsed) >= maxVariants {
		it.parsed = append(it.parsed[:0:0], it.parsed[1:]...)
	}
	it.parsed = append(it.parsed, p)
	return p
}

// remembers tells whether a parse is still among those that are kept.
func (it *Item) remembers(p *parsed) bool {
	it.mu.Lock()
	defer it.mu.Unlock()
	return slices.Contains(it.parsed, p)
}

// parsed is the declarations of one item.
type parsed struct {
	asked   map[token.Sym]nameClass // while it is parsed
	answers []answer
	state   *pragmas
	full    bool // the whole state matters, not just what is in force

	records  []*Record // in source order, nested ones after the one they stand in
	inner    []*Record // of a function's body
	enums    []*Enum
	typedefs []*Typedef
	objects  []*Object
	values   map[token.Sym]*Enumerator // of big enums
	reason   string                    // why it could not be parsed, if it could not
}

// holds tells whether a parse is what this unit would get.
func (p *parsed) holds(class func(token.Sym) nameClass, state *pragmas) bool {
	if p.full && !p.state.same(state) || p.state.effective() != state.effective() {
		return false
	}
	return answersHold(p.answers, class)
}

// answer is what a parse assumed of a name that matters to it.
type answer struct {
	name token.Sym
	is   nameClass
}

// nameClass is what an identifier is at file scope.
type nameClass uint8

const (
	nameUnknown nameClass = iota
	nameType
	nameValue
)

func answersOf(asked map[token.Sym]nameClass) []answer {
	list := make([]answer, 0, len(asked))
	for name, is := range asked {
		list = append(list, answer{name, is})
	}
	return list
}

func answersHold(answers []answer, class func(token.Sym) nameClass) bool {
	for _, a := range answers {
		if class(a.name) != a.is {
			return false
		}
	}
	return true
}

func (p *parsed) typedef(name token.Sym) *Typedef {
	for _, t := range p.typedefs {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// record gives the last definition of a tag.
func (p *parsed) record(union bool, tag token.Sym) *Record {
	for i := len(p.records) - 1; i >= 0; i-- {
		if r := p.records[i]; r.Tag == tag && r.Union == union {
			return r
		}
	}
	return nil
}

func (p *parsed) enum(tag token.Sym) *Enum {
	for _, e := range p.enums {
		if e.Tag == tag {
			return e
		}
	}
	return nil
}

func (p *parsed) object(name token.Sym) *Object {
	for _, o := range p.objects {
		if o.Name == name {
			return o
		}
	}
	return nil
}

// manyValues is where a map pays.
const manyValues = 16

// indexValues makes the map of a big enum's constants.
func (p *parsed) indexValues() {
	n := 0
	for _, e := range p.enums {
		n += len(e.Values)
	}
	if n < manyValues {
		return
	}
	p.values = make(map[token.Sym]*Enumerator, n)
	for _, e := range p.enums {
		for _, v := range e.Values {
			p.values[v.Name] = v
		}
	}
}

func (p *parsed) enumerator(name token.Sym) *Enumerator {
	if p.values != nil {
		return p.values[name]
	}
	for _, e := range p.enums {
		for _, v := range e.Values {
			if v.Name == name {
				return v
			}
		}
	}
	return nil
}

// spelling is a token's text.
func spelling(t *cpp.Token) string {
	if t.Sym != 0 {
		return t.Sym.String()
	}
	return t.Text()
}
