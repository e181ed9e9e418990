package decl

import (
	"slices"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// renamed is the names that may mean something else than in the version before:
// a function does not of which only the body differs.
type renamed struct {
	known bool
	local bool
	names []token.Sym
}

// maxRenamed bounds the names that are listed.
const maxRenamed = 1 << 10

// Changed lists the names whose declarations are not those of the unit that u
// was made from, with those that only one of the two has. ok is false if they
// are not known, or many: then everything may have changed.
func (u *Unit) Changed() (names []token.Sym, ok bool) { return u.renamed.names, u.renamed.known }

// Local tells whether Changed is known and all of it stands in the main file,
// behind all that this includes.
func (u *Unit) Local() bool { return u.renamed.local }

// reclassed tells whether a name is a type in one version only, or declared in
// one only: items that are the same may parse as something else then.
func (r *renamed) reclassed(prev, u *Unit) bool {
	for _, name := range r.names {
		if prev.class(name) != u.class(name) {
			return true
		}
	}
	return false
}

// compareRuns compares the runs of two versions. shared tells whether all that
// the file includes is the same.
func compareRuns(prev, u *Unit, shared bool) renamed {
	c := renamed{known: true, local: shared}
	old, now := unmatched(differing(prev.chunks, u.chunks))
	was, is := functions(old), functions(now)
	for _, r := range append(old, now...) {
		for i := range r.part.names {
			e := &r.part.names[i]
			if it := was[e.sym]; it == nil || !it.sameHead(is[e.sym]) {
				c.names = append(c.names, e.sym)
			}
		}
		if len(c.names) > maxRenamed {
			return renamed{}
		}
	}
	return c
}

// functions finds the functions that some runs define, but for those whose names
// they declare otherwise, too, and those that define records.
func functions(runs []*run) map[token.Sym]*Item {
	found := map[token.Sym]*Item{}
	for _, r := range runs {
		for i := range r.part.names {
			e := &r.part.names[i]
			_, again := found[e.sym]
			found[e.sym] = nil
			if !again && e.kind == isObject && e.item.body > 0 && !e.item.records {
				found[e.sym] = e.item
			}
		}
	}
	return found
}

// sameHead tells whether two definitions of a function declare it alike.
func (it *Item) sameHead(other *Item) bool {
	return other != nil && slices.EqualFunc(it.Tokens[:it.body], other.Tokens[:other.body], func(a, b cpp.Token) bool {
		return a.Kind == b.Kind && spelling(&a) == spelling(&b)
	})
}

// differing lists the runs of two versions but those of the chunks that both
// have.
func differing(old, now []*chunk) (a, b []*run) {
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		old, now = old[1:], now[1:]
	}
	for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
		old, now = old[:len(old)-1], now[:len(now)-1]
	}
	return runsBut(old, now), runsBut(now, old)
}

func runsBut(chunks, others []*chunk) []*run {
	var list []*run
	for _, c := range chunks {
		if slices.Contains(others, c) {
			continue
		}
		for i := range c.runs {
			list = append(list, &c.runs[i])
		}
	}
	return list
}

// nearRuns is how far behind its place a run is looked for.
const nearRuns = 32

// unmatched lists the runs that only one of two versions has. Those that both
// have are in the same order, under the same pragmas.
func unmatched(old, now []*run) (a, b []*run) {
	for _, r := range now {
		i := slices.IndexFunc(old[:min(len(old), nearRuns)], func(o *run) bool { return o.part == r.part && o.state.same(r.state) })
		if i < 0 {
			b = append(b, r)
			continue
		}
		a = append(a, old[:i]...)
		old = old[i+1:]
	}
	return append(a, old...), b
}
