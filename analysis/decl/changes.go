package decl

import "abide/analysis/token"

// renamed is the names that may mean something else than in the version before.
type renamed struct {
	known bool
	names []token.Sym
}

// maxRenamed bounds the names that are listed.
const maxRenamed = 1 << 10

// Changed lists the names whose declarations are not those of the unit that u
// was made from, with those that only one of the two has. ok is false if they
// are not known, or many: then everything may have changed.
func (u *Unit) Changed() (names []token.Sym, ok bool) { return u.renamed.names, u.renamed.known }

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

// compareRuns compares the runs of two versions: what differs lies between
// those at the start and those at the end that both have, under the same pragmas.
func compareRuns(prev, u *Unit) renamed {
	old, now := prev.count(), u.count()
	same := func(a, b *run) bool { return a.part == b.part && a.state == b.state }
	first := 0
	if len(u.base) > 0 && len(prev.base) > 0 && len(u.base) == len(prev.base) && &u.base[0] == &prev.base[0] {
		first = len(u.base)
	}
	for first < min(old, now) && same(prev.run(first), u.run(first)) {
		first++
	}
	last := 0
	for last < min(old, now)-first && same(prev.run(old-1-last), u.run(now-1-last)) {
		last++
	}
	c := renamed{known: true}
	collect := func(u *Unit, end int) {
		for i := first; i < end && c.known; i++ {
			for _, e := range u.run(i).part.names {
				c.names = append(c.names, e.sym)
			}
			c.known = len(c.names) <= maxRenamed
		}
	}
	collect(prev, old-last)
	collect(u, now-last)
	if !c.known {
		c.names = nil
	}
	return c
}
