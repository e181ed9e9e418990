package cpp

import (
	"slices"
	"sort"
	"sync"
	"time"

	"abide/analysis/token"
)

// resume takes over from an earlier result what stands before the first
// changed section of the main file. It is false if there is nothing to take.
func (p *pass) resume(prev *Result, root *frame) bool {
	if prev == nil || prev.cache != p.c || prev.Config != p.cfg || prev.Main.Path != p.res.Main.Path {
		return false
	}
	old, now := prev.Main.sections, p.res.Main.sections
	same := 0
	for same < len(old) && same < len(now) && old[same] == now[same] {
		same++
	}
	alike := same == len(old) && same == len(now)
	if alike {
		same++ // the end of the file, too
	}
	n, far := 0, 0
	for n < len(prev.stretches) {
		s := prev.stretches[n]
		if far = max(far, prev.starts[n]+s.looks); far > same || s.own && !alike {
			break
		}
		n++
	}
	if n == 0 || !p.unchanged(prev, 0, n) {
		return false
	}
	r := p.res
	const more = 8
	r.stretches = append(make([]*Stretch, 0, len(prev.stretches)+more), prev.stretches[:n]...)
	r.starts = append(make([]int, 0, len(prev.stretches)+more), prev.starts[:n]...)
	r.befores = append(make([]*state, 0, len(prev.stretches)+more), prev.befores[:n]...)
	for _, s := range r.stretches {
		p.entered += s.entered
		p.emitted += s.emitted
		p.total += s.work
		p.problems += len(s.problems)
		r.incomplete = r.incomplete || s.unread
	}
	at := prev.stateAt(n)
	p.enterState(at)
	root.sec = prev.startOf(n)
	p.openStretch()
	if !alike {
		p.joint = newJoint(prev, r, root.sec, at.pushes)
	}
	return true
}

// stateAt is the state before the i-th stretch; startOf is where that begins.
func (r *Result) stateAt(i int) *state {
	if i < len(r.stretches) {
		return r.befores[i]
	}
	return r.end
}

func (r *Result) startOf(i int) int {
	if i < len(r.stretches) {
		return r.starts[i]
	}
	return len(r.Main.sections)
}

// joint is where the rest of an earlier result can be taken over: behind the
// last changed section of the main file.
type joint struct {
	prev    *Result
	section int // in the new file, the first of those that did not change
	moved   int // how many sections later that is than in the old one
	pushes  int // see isAt
}

func newJoint(prev, r *Result, from, pushes int) *joint {
	old, now := prev.Main.sections, r.Main.sections
	same := 0
	for same < min(len(old), len(now))-from && old[len(old)-1-same] == now[len(now)-1-same] {
		same++
	}
	if same == 0 || prev.dead {
		return nil
	}
	return &joint{prev: prev, section: len(now) - same, moved: len(now) - len(old), pushes: pushes}
}

// maxDiffering is how many macros may be other ones than before while parts of
// the earlier result are still looked at.
const maxDiffering = 64

// rejoin takes over what comes next in the earlier result, if the state is what
// it was there but for macros that this does not ask for: often all the rest.
// It is tried before each section of the main file.
func (p *pass) rejoin(f *frame) bool {
	j := p.joint
	if j == nil || f.parent != nil || f.sec < j.section {
		return false
	}
	prev, r := j.prev, p.res
	k := sort.SearchInts(prev.starts, f.sec-j.moved+1) - 1
	if k < 0 || prev.starts[k] != f.sec-j.moved || !p.isAt(prev.befores[k], j.pushes) {
		return false
	}
	var others []token.Sym
	if p.env.sum != prev.befores[k].sum {
		var few bool
		env := p.env.Done()
		others, few = env.Differences(prev.befores[k].env, maxDiffering, func(a, b *Macro) bool { return a == b })
		if !few || len(others) == 0 {
			return false
		}
	}
	moved := f.file.Text.LineOf(f.file.bases[f.sec]) != prev.Main.Text.LineOf(prev.Main.bases[f.sec-j.moved])
	closed := false
	i := k
	for ; i < len(prev.stretches); i++ {
		s := prev.stretches[i]
		switch {
		case s.own, s.lined && moved, s.looks == never,
			p.entered+s.entered > maxIncludes, p.emitted+s.emitted > maxTokens, p.total+p.work+s.work > maxExpansion,
			p.problems+len(s.problems) >= maxProblems:
		case len(others) > 0 && p.concerned(s, others):
		case !p.unchanged(prev, i, i+1):
			p.joint = nil
		default:
			if !closed && f.sec > p.first {
				p.closeStretch()
			}
			closed = true
			r.stretches = append(r.stretches, s)
			r.starts = append(r.starts, prev.starts[i]+j.moved)
			r.befores = append(r.befores, p.patched(prev.befores[i], others))
			if len(others) > 0 {
				p.rewrite(s)
			}
			p.entered += s.entered
			p.emitted += s.emitted
			p.total += s.work
			p.problems += len(s.problems)
			r.incomplete = r.incomplete || s.unread
			others = s.unwritten(others)
			continue
		}
		break
	}
	if i == k {
		return false
	}
	f.sec = prev.startOf(i) + j.moved
	p.enterState(p.patched(prev.stateAt(i), others))
	p.openStretch()
	return true
}

// note adds a run. Only those of the main file tell what a stretch depends on.
func (s *Stretch) note(f *frame, section *Section, m *memo) {
	if f.parent == nil {
		s.ran = append(s.ran, ran{section, m})
	}
}

// concerned tells whether a stretch asks for one of some macros, or may do so.
func (p *pass) concerned(s *Stretch, names []token.Sym) bool {
	if s.opaque {
		return true
	}
	for _, r := range s.ran {
		if r.memo.asks(p.c, r.section, names) {
			return true
		}
	}
	return false
}

// asks tells whether the run asked for one of some macros.
func (m *memo) asks(c *Cache, s *Section, names []token.Sym) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.update(c, s)
	return slices.ContainsFunc(m.reads, func(b binding) bool { return slices.Contains(names, b.name) })
}

// unwritten is those of some macros that a stretch does not define itself.
func (s *Stretch) unwritten(names []token.Sym) []token.Sym {
	if len(names) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(names), func(name token.Sym) bool {
		return slices.ContainsFunc(s.ran, func(r ran) bool {
			return slices.ContainsFunc(r.memo.writes, func(w binding) bool { return w.name == name })
		})
	})
}

// rewrite defines what a stretch does. All that it does has been noted, or else
// it may ask for anything.
func (p *pass) rewrite(s *Stretch) {
	for _, r := range s.ran {
		for _, w := range r.memo.writes {
			if w.macro != nil {
				p.env.set(w.name, w.macro)
			} else {
				p.env.remove(w.name)
			}
		}
	}
}

// patched is an earlier state with the macros as they are now, if some are other
// ones.
func (p *pass) patched(old *state, others []token.Sym) *state {
	if len(others) == 0 {
		return old
	}
	now := *old
	now.env, now.sum = p.env.Done(), p.env.sum
	return &now
}

// moments number the times at which headers are compared with the disk, so
// that many ABIs do it once.
type moments struct {
	mu  sync.Mutex
	fs  FS
	at  time.Time
	now uint64
}

// trusted is how long a comparison counts.
const trusted = 50 * time.Millisecond

// moment gives the number of the current moment.
func (m *moments) moment(fs FS) uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := time.Now(); m.fs != fs || now.Sub(m.at) > trusted {
		m.fs, m.at = fs, now
		m.now++
	}
	return m.now
}

// unchanged tells whether the headers that some stretches of a result met are
// still what they were, and those they missed still missing. Where no buffer
// but the main file's has changed, the disk is asked now and then only.
func (p *pass) unchanged(prev *Result, from, to int) bool {
	now := time.Now()
	if o, ok := p.fs.(Overlay); ok && now.Sub(prev.compared) < Freshness && o.Like(prev.fs, prev.Main.Path) {
		p.res.compared = prev.compared
		return true
	}
	if p.moment == 0 {
		p.moment = p.c.moments.moment(p.fs)
	}
	for _, s := range prev.stretches[from:to] {
		if !s.unchanged(p.fs, prev.Config, p.moment) {
			return false
		}
	}
	return true
}

func (s *Stretch) unchanged(fs FS, cfg *Config, now uint64) bool {
	for _, f := range s.files {
		if f.verified.Load() == now {
			continue
		}
		if content, err := fs.Read(f.Path); err != nil || content != f.Text.Content() {
			return false
		}
		f.verified.Store(now)
	}
	return !s.misses || !slices.ContainsFunc(s.includes, func(inc placed[Include]) bool {
		return inc.what.Err != "" && !inc.what.Next && found(fs, cfg, &inc.what)
	})
}

// found tells whether a file has appeared that an #include did not find.
func found(fs FS, cfg *Config, inc *Include) bool {
	if inc.Err != errNotFound.Error() {
		return true // try again
	}
	if absolute(inc.Name) {
		return fs.Exists(inc.Name)
	}
	if !inc.Angle {
		if fs.Exists(join(dirOf(inc.Loc.Path), inc.Name)) {
			return true
		}
		for _, dir := range cfg.Quote {
			if fs.Exists(join(dir, inc.Name)) {
				return true
			}
		}
	}
	for _, dir := range cfg.Angle {
		if fs.Exists(join(dir, inc.Name)) {
			return true
		}
	}
	return false
}
