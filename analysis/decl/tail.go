package decl

import (
	"slices"
	"sync"

	"abide/analysis/token"
)

// index is the names that some runs declare; later ones count.
type index struct{ ordinary, tags token.Map[*entry] } // typedefs, objects, enumerators; and tags

// base is the names of what a file includes, and of what it has itself before
// the last #include.
type base struct {
	index
	points []landmark
}

// landmark is the index after the first so many chunks, or parts.
type landmark struct {
	index
	n int
}

// pointNames is how many names lie between points at least.
const pointNames = 64

// indexBase indexes the chunks of the base.
func (u *Unit) indexBase(prev *Unit) {
	chunks := u.chunks[:u.headed]
	first := 0
	if prev != nil {
		same := 0
		for same < min(len(chunks), prev.headed) && chunks[same] == prev.chunks[same] {
			same++
		}
		var points []landmark
		for _, p := range prev.base.points {
			if p.n <= same {
				points = append(points, p)
			}
		}
		if n := len(points); n > 0 {
			u.base = base{points[n-1].index, points}
			first = points[n-1].n
		}
	}
	e := u.base.edit()
	names := 0
	for i := first; i < len(chunks); i++ {
		if names >= pointNames {
			names = 0
			u.base.points = append(u.base.points, landmark{e.done(), i})
		}
		for k := range chunks[i].runs {
			e.add(chunks[i].runs[k].part)
		}
		names += chunks[i].names
	}
	u.base.index = e.done()
}

// indexEdit is an index in the making.
type indexEdit struct{ ordinary, tags *token.MapEdit[*entry] }

func (x index) edit() indexEdit { return indexEdit{x.ordinary.Edit(), x.tags.Edit()} }

func (e indexEdit) done() index { return index{e.ordinary.Done(), e.tags.Done()} }

func (e indexEdit) add(p *part) {
	for j := range p.names {
		e.set(&p.names[j])
	}
}

func (e indexEdit) set(n *entry) {
	if n.kind == isTag {
		e.tags.Set(n.sym, n)
	} else {
		e.ordinary.Set(n.sym, n)
	}
}

// like finds what declares the name of n; nil for nothing.
func (x *index) like(n *entry) *entry {
	of := &x.ordinary
	if n.kind == isTag {
		of = &x.tags
	}
	found, _ := of.Get(n.sym)
	return found
}

// tail is the names that the main file declares behind its last #include. The
// ABIs for which that is the same share it.
type tail struct {
	index
	parts  []*part
	points []landmark
}

// tails are the latest, by their first parts.
type tails struct {
	mu   sync.Mutex
	list []*tail
}

// maxTails is how many tails a part keeps: ABIs differ.
const maxTails = 8

// tailOf indexes the runs of some chunks. prev may be nil.
func tailOf(chunks []*chunk, prev *tail) *tail {
	n := 0
	for _, c := range chunks {
		n += len(c.runs)
	}
	t := &tail{}
	if n == 0 {
		return t
	}
	t.parts = make([]*part, 0, n)
	for _, c := range chunks {
		for i := range c.runs {
			t.parts = append(t.parts, c.runs[i].part)
		}
	}
	known := &t.parts[0].tails
	known.mu.Lock()
	defer known.mu.Unlock()
	for _, other := range known.list {
		if slices.Equal(other.parts, t.parts) {
			return other
		}
	}
	t.index.build(t, prev)
	if len(known.list) >= maxTails {
		known.list = append(known.list[:0:0], known.list[1:]...)
	}
	known.list = append(known.list, t)
	return t
}

// build indexes t's parts: by what differs from prev, if that is little, else
// from the last point on that the two have in common.
func (x *index) build(t, prev *tail) {
	first := 0
	if prev != nil {
		same, rest := common(prev.parts, t.parts)
		for i := range prev.points {
			if prev.points[i].n <= same {
				t.points = prev.points[: i+1 : i+1]
			}
		}
		behind := len(t.parts) - rest
		gone, come := prev.parts[same:len(prev.parts)-rest], t.parts[same:behind]
		if len(gone) <= maxPatch && !shares(gone, t.parts[behind:]) && x.patch(&prev.index, entries(gone), entries(come)) {
			return
		}
		if n := len(t.points); n > 0 {
			*x = t.points[n-1].index
			first = t.points[n-1].n
		}
	}
	e := x.edit()
	names := 0
	for i := first; i < len(t.parts); i++ {
		if names >= pointNames {
			names = 0
			t.points = append(t.points, landmark{e.done(), i})
		}
		e.add(t.parts[i])
		names += len(t.parts[i].names)
	}
	*x = e.done()
}

// common counts the parts that two lists have in common at their starts, and of
// the others those at their ends.
func common(a, b []*part) (first, last int) {
	n := min(len(a), len(b))
	for first < n && a[first] == b[first] {
		first++
	}
	for last < n-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	return first, last
}

// shares tells whether a few parts stand among others, too: those of a file
// that includes itself do.
func shares(few, others []*part) bool {
	return slices.ContainsFunc(others, func(p *part) bool { return slices.Contains(few, p) })
}

// maxPatch bounds the parts and the names that an index is patched for.
const maxPatch = 16

// entries lists what some parts declare, up to more than maxPatch.
func entries(parts []*part) []*entry {
	var list []*entry
	for _, p := range parts {
		for i := range p.names {
			if list = append(list, &p.names[i]); len(list) > maxPatch {
				return list
			}
		}
	}
	return list
}

// patch makes x what prev is where some declarations of a file have taken the
// place of others. It tells whether it could: not if one of the names may be
// declared before them, too.
func (x *index) patch(prev *index, gone, come []*entry) bool {
	if max(len(gone), len(come)) > maxPatch {
		return false
	}
	named := func(list []*entry, n *entry) bool {
		return slices.ContainsFunc(list, func(other *entry) bool { return other.sym == n.sym && (other.kind == isTag) == (n.kind == isTag) })
	}
	for _, n := range gone {
		if prev.like(n) == n && !named(come, n) {
			return false
		}
	}
	for _, n := range come {
		if prev.like(n) != nil && !named(gone, n) {
			return false
		}
	}
	*x = *prev
	e := x.edit()
	for _, n := range come {
		// What stands behind them counts.
		if known := prev.like(n); known == nil || slices.Contains(gone, known) {
			e.set(n)
		}
	}
	*x = e.done()
	return true
}
