package decl

import (
	"slices"
	"sync"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// mainRecords is the records of the main file, found when they are asked for.
type mainRecords struct {
	mu   sync.Mutex
	done bool
	definedRecords
	last definedRecords // of the version before
}

// definedRecords is the records of the main file, and what they were found in.
type definedRecords struct {
	list  []*Record
	stale map[*Record]*cpp.Token
	in    []*definers
}

// inherit remembers the records of the version before. It keeps no more of it.
func (m *mainRecords) inherit(prev *Unit) {
	prev.main.mu.Lock()
	defer prev.main.mu.Unlock()
	m.last = prev.main.last
	if prev.main.done {
		m.last = prev.main.definedRecords
	}
}

// MainRecords lists the records defined in the main file (Result.InMain of
// the opening brace's token), nested ones after the one they stand in, in
// source order. A record that no longer parses is given in its last good form,
// if prev had it; Stale has it then, too.
func (u *Unit) MainRecords() []*Record {
	m := &u.main
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.done {
		m.find(u)
		m.done, m.last = true, definedRecords{}
	}
	return m.list
}

// Stale is the records of MainRecords that are the last good form of text that
// no longer parses, and where that text begins to define them: their tag's token,
// or the keyword's, of them or of the record that they stand in. It must not
// be changed.
func (u *Unit) Stale() map[*Record]*cpp.Token {
	u.MainRecords()
	return u.main.stale
}

// definer is an item that defines records, and those of the main file that it
// was found to define.
type definer struct {
	item    *Item
	state   *pragmas // at its start
	parsed  *parsed
	records []*Record
}

// definers is those of a chunk, in the units of one lineage.
type definers struct {
	lineage *lineage
	list    []definer
}

// lost is an item some of whose records may not parse.
type lost struct {
	item     *Item
	from, to int // its records in the list
}

func (m *mainRecords) find(u *Unit) {
	n := 0
	for _, c := range u.chunks {
		if c.records {
			d := c.definersIn(u)
			m.in = append(m.in, d)
			n += len(d.list)
		}
	}
	if m.last.in != nil && slices.Equal(m.in, m.last.in) {
		m.definedRecords = m.last
		return
	}
	var broken []lost
	m.list = make([]*Record, 0, n)
	seen := make(map[*Item]bool, n) // equal stretches of a file have the same items
	for _, in := range m.in {
		for i := range in.list {
			d := &in.list[i]
			if seen[d.item] {
				continue
			}
			seen[d.item] = true
			from := len(m.list)
			m.list = append(m.list, d.records...)
			if d.item.broken || d.parsed.reason != "" {
				broken = append(broken, lost{d.item, from, len(m.list)})
			}
		}
	}
	if len(m.last.list) > 0 {
		m.restore(broken)
	}
}

// definersIn gives the items of a chunk that define records of the main file. What
// an earlier unit found is taken over, unless an item may parse as something
// else now, or has forgotten how it did.
func (c *chunk) definersIn(u *Unit) *definers {
	known := c.definers.Load()
	if known != nil && known.lineage == u.lineage && !slices.ContainsFunc(known.list, func(d definer) bool {
		return d.state != u.stateOf(d.item) || !d.item.remembers(d.parsed)
	}) {
		return known
	}
	found := &definers{lineage: u.lineage}
	for i := range c.runs {
		r := &c.runs[i]
		if !r.main || !r.part.records {
			continue
		}
		for _, it := range r.part.items {
			if it.records {
				found.list = append(found.list, u.definer(it))
			}
		}
	}
	c.definers.Store(found)
	return found
}

func (u *Unit) definer(it *Item) definer {
	d := definer{item: it, state: u.stateOf(it), parsed: u.parseItem(it)}
	for _, records := range [][]*Record{d.parsed.records, d.parsed.inner} {
		for _, r := range records {
			if u.Result.InMain(r.Open) {
				d.records = append(d.records, r)
			}
		}
	}
	return d
}

// restore puts the last good forms of records in their places, from the last
// item to the first, so that places stay valid.
func (m *mainRecords) restore(broken []lost) {
	for _, l := range slices.Backward(broken) {
		var old []*Record
		for _, h := range heads(l.item) {
			if m.has(h) {
				continue
			}
			if r := m.lastOf(h, old); r != nil {
				family := m.family(r)
				m.outdated(family, h.at)
				old = append(old, family...)
			}
		}
		if len(old) == 0 {
			continue
		}
		// What still parses of them is in their last good form, too.
		fresh := slices.DeleteFunc(slices.Clone(m.list[l.from:l.to]), func(r *Record) bool {
			return r.Tag == 0 || slices.ContainsFunc(old, func(s *Record) bool { return s.Tag == r.Tag && s.Union == r.Union })
		})
		m.list = slices.Replace(m.list, l.from, l.to, append(old, fresh...)...)
	}
}

// outdated notes stale records, and where their text begins.
func (m *mainRecords) outdated(family []*Record, at *cpp.Token) {
	if m.stale == nil {
		m.stale = make(map[*Record]*cpp.Token)
	}
	for _, r := range family {
		m.stale[r] = at
	}
}

// begun is the beginning of a record's definition.
type begun struct {
	union bool
	tag   token.Sym
	at    *cpp.Token // the tag, or else the keyword
}

// heads lists the records that an item begins to define.
func heads(it *Item) []begun {
	var out []begun
	toks := it.Tokens
	for i := range toks {
		if wordOf(toks[i].Sym) != wordRecord {
			continue
		}
		open := definition(toks, i)
		if open == 0 {
			continue
		}
		h := begun{union: toks[i].Sym == token.SymUnion, at: &toks[i]}
		for k := i + 1; k < open; k++ {
			if isName(&toks[k]) {
				h.tag, h.at = toks[k].Sym, &toks[k]
			}
		}
		out = append(out, h)
	}
	return out
}

// has tells whether the list has a record for a beginning. An untagged record is
// never told from another one.
func (m *mainRecords) has(h begun) bool {
	return h.tag != 0 && slices.ContainsFunc(m.list, func(r *Record) bool { return r.Tag == h.tag && r.Union == h.union })
}

// lastOf finds the last good form of a record: by its tag, or, if it has none,
// the first untagged one that is not in the list any more. Those in found are
// taken.
func (m *mainRecords) lastOf(h begun, found []*Record) *Record {
	for _, r := range m.last.list {
		if r.Tag == h.tag && r.Union == h.union && (h.tag != 0 || r.Parent == nil) && !m.replaced(r) && !slices.Contains(found, r) {
			return r
		}
	}
	return nil
}

// replaced tells whether the list has r, what its text parses as now, or an
// untagged record of its name.
func (m *mainRecords) replaced(r *Record) bool {
	return slices.ContainsFunc(m.list, func(s *Record) bool {
		return s == r || sameToken(s.Open, r.Open) || r.Tag == 0 && s.Tag == 0 && len(r.Typedefs) > 0 && slices.Equal(r.Typedefs, s.Typedefs)
	})
}

// family is a record and those defined in it.
func (m *mainRecords) family(r *Record) []*Record {
	out := []*Record{r}
	for _, s := range m.last.list {
		for p := s.Parent; p != nil; p = p.Parent {
			if p == r && !m.replaced(s) {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// sameToken tells whether two tokens are one in the text.
func sameToken(a, b *cpp.Token) bool {
	return a != nil && b != nil && a.Sec == b.Sec && a.Start == b.Start && a.Exp == b.Exp
}
