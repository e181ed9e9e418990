package cpp

import (
	"slices"
	"sort"
	"sync"
	"time"
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
	for _, s := range r.stretches {
		p.entered += s.entered
		p.emitted += s.emitted
		p.total += s.work
		p.problems += len(s.problems)
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
		return &r.stretches[i].before
	}
	return &r.end
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

// rejoin takes over the rest of the earlier result if the state is what it was
// there. It is tried before each section of the main file.
func (p *pass) rejoin(f *frame) bool {
	j := p.joint
	if j == nil || f.parent != nil || f.sec < j.section {
		return false
	}
	prev, r := j.prev, p.res
	k := sort.SearchInts(prev.starts, f.sec-j.moved+1) - 1
	if k < 0 || prev.starts[k] != f.sec-j.moved || !p.isAt(&prev.stretches[k].before, j.pushes) {
		return false
	}
	rest := prev.stretches[k:]
	entered, emitted, work, problems := p.entered, p.emitted, p.total+p.work, p.problems
	lined := false
	for _, s := range rest {
		if s.own {
			return false
		}
		lined = lined || s.lined
		entered += s.entered
		emitted += s.emitted
		work += s.work
		problems += len(s.problems)
	}
	switch {
	case entered > maxIncludes, emitted > maxTokens, work > maxExpansion, problems >= maxProblems:
		return false
	case lined && f.file.Text.LineOf(f.file.bases[f.sec]) != prev.Main.Text.LineOf(prev.Main.bases[f.sec-j.moved]):
		return false
	case !p.unchanged(prev, k, len(prev.stretches)):
		p.joint = nil
		return false
	}
	if f.sec > p.first {
		p.closeStretch()
	}
	r.stretches = append(r.stretches, rest...)
	for _, start := range prev.starts[k:] {
		r.starts = append(r.starts, start+j.moved)
	}
	f.sec = len(f.file.sections)
	p.problems = problems
	p.enterState(&prev.end)
	p.openStretch()
	return true
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
	if o, ok := p.fs.(Overlay); ok && now.Sub(prev.compared) < freshness && o.Like(prev.fs, prev.Main.Path) {
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
