package cpp

import (
	"slices"
	"sync"
	"time"

	"abide/analysis/token"
)

// checkpoint is the state of a pass before a section of the main file.
type checkpoint struct {
	section int
	env     token.Map[*Macro]
	once    token.Map[*File]
	pushed  token.Map[*pushed]
	counter int
	conds   []cond
	// Lengths of the lists of the result.
	segments, includes, problems, defs, files int

	presumed string
	shift    int
	rewinds  int
	// looked is the last section of the main file that what came before
	// depends on.
	looked int
	nest   int
	// effects counts changes of env, once and pushed, and lined the runs that
	// depend on line numbers: what did not grow between two checkpoints is the
	// same at both.
	effects, lined          int
	entered, emitted, total int
}

// How many sections, and how many #include lines, may follow each other without
// a checkpoint.
const (
	sectionsPerCheckpoint = 4
	includesPerCheckpoint = 16
)

// checkpoint notes the state before a section of the main file.
func (p *pass) checkpoint() {
	f := p.frame
	if f.parent != nil || f.file != p.res.Main {
		return
	}
	if f.sec > 0 && f.sec < len(f.file.sections) {
		limit := sectionsPerCheckpoint
		if includeLine(f.file.sections[f.sec].text, 0) {
			limit = includesPerCheckpoint
		} else if includeLine(f.file.sections[f.sec-1].text, 0) {
			limit = 0 // behind the headers is where most edits are
		}
		if p.sinceCheckpoint++; p.sinceCheckpoint < limit {
			return
		}
	}
	p.sinceCheckpoint = 0
	r := p.res
	r.checkpoints = append(r.checkpoints, checkpoint{
		section: f.sec, env: p.env.Done(), once: p.once, pushed: p.pushed, counter: p.counter, conds: slices.Clone(f.conds),
		segments: len(r.Segments), includes: len(r.Includes), problems: len(r.Problems), defs: len(p.defs), files: len(r.files),
		presumed: f.presumed, shift: f.shift, rewinds: f.rewinds,
		looked: p.rec.looked, nest: p.nest, effects: p.effects, lined: p.lined, entered: p.entered, emitted: p.emitted, total: p.total + p.work,
	})
}

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
	if same == len(old) && same == len(now) {
		same++ // nothing changed
	}
	k := len(prev.checkpoints) - 1
	for k >= 0 && (prev.checkpoints[k].section > same || prev.checkpoints[k].looked >= same) {
		k--
	}
	if k < 0 {
		return false
	}
	c := &prev.checkpoints[k]
	if !p.unchanged(prev, c) {
		return false
	}
	r := p.res
	r.Segments = roomy(prev.Segments, c.segments)
	r.Includes = prev.Includes[:c.includes:c.includes]
	r.Problems = prev.Problems[:c.problems:c.problems]
	r.files = prev.files[:c.files:c.files]
	n, _ := slices.BinarySearch(prev.missing, c.includes)
	r.missing = prev.missing[:n:n]
	r.checkpoints = roomy(prev.checkpoints, k)
	if c.files == len(prev.files) {
		r.headers = prev.headers
	}
	p.env, p.once, p.pushed, p.counter = c.env.Edit(), c.once, c.pushed, c.counter
	p.defs = roomy(prev.defs, c.defs)
	p.effects, p.lined = c.effects, c.lined
	p.rec.looked, p.nest, p.entered, p.emitted, p.total = c.looked, c.nest, c.entered, c.emitted, c.total
	root.sec, root.conds = c.section, slices.Clone(c.conds)
	p.sinceCheckpoint = includesPerCheckpoint
	root.presumed, root.shift, root.rewinds = c.presumed, c.shift, c.rewinds
	p.joint = newJoint(prev, r, c)
	return true
}

// roomy copies the first n elements, with room for about as many as there were.
func roomy[T any](list []T, n int) []T {
	const more = 8
	return append(make([]T, 0, len(list)+more), list[:n]...)
}

// joint is where the rest of an earlier result can be taken over: behind the
// last changed section of the main file.
type joint struct {
	prev    *Result
	from    *checkpoint // that was resumed from
	section int         // in the new file, the first of those that did not change
	moved   int         // how many sections later that is than in the old one
	bytes   int         // and how many bytes
	changed int         // before this offset of the old file, nothing moved
}

func newJoint(prev, r *Result, from *checkpoint) *joint {
	old, now := prev.Main.sections, r.Main.sections
	same := 0
	for same < min(len(old), len(now))-from.section && old[len(old)-1-same] == now[len(now)-1-same] {
		same++
	}
	if same == 0 || prev.dead || len(prev.Problems) >= maxProblems || from.files < len(prev.files) {
		return nil
	}
	bases := prev.Main.bases
	return &joint{
		prev: prev, from: from, section: len(now) - same, moved: len(now) - len(old),
		bytes: r.Main.bases[len(now)] - bases[len(old)], changed: bases[from.section],
	}
}

// rejoin takes over the rest of the earlier result if the state is what it was
// there. It is tried before each section of the main file.
func (p *pass) rejoin(f *frame) bool {
	j := p.joint
	if j == nil || f.sec < j.section || f.parent != nil {
		return false
	}
	prev, r := j.prev, p.res
	k, ok := slices.BinarySearchFunc(prev.checkpoints, f.sec-j.moved, func(c checkpoint, sec int) int { return c.section - sec })
	if !ok {
		return false
	}
	c := &prev.checkpoints[k]
	last := &prev.checkpoints[len(prev.checkpoints)-1]
	switch {
	case last.section != len(prev.Main.sections),
		p.effects != j.from.effects || c.effects != j.from.effects,
		p.counter != c.counter || p.nest != c.nest || f.presumed != c.presumed || f.shift != c.shift || f.rewinds != c.rewinds,
		p.rec.looked > f.sec || c.looked >= c.section,
		c.includes != len(prev.Includes) || len(r.files) != c.files,
		!slices.EqualFunc(f.conds, c.conds, func(a, b cond) bool { b.at = j.shifted(b.at); return a == b }):
		return false
	}
	if last.lined != c.lined && f.file.Text.LineOf(f.file.bases[f.sec]) != prev.Main.Text.LineOf(prev.Main.bases[c.section]) {
		return false
	}
	now := checkpoint{
		segments: len(r.Segments), includes: len(r.Includes), problems: len(r.Problems), defs: len(p.defs),
		effects: p.effects, lined: p.lined, emitted: p.emitted, entered: p.entered,
	}
	r.Segments = append(r.Segments, prev.Segments[c.segments:]...)
	p.defs = append(p.defs, prev.defs[c.defs:]...)
	for _, pr := range prev.Problems[c.problems:] {
		pr.Loc.Start, pr.Loc.End = j.shifted(pr.Loc.Start), j.shifted(pr.Loc.End)
		r.Problems = append(r.Problems, pr)
	}
	n := len(r.checkpoints)
	r.checkpoints = append(r.checkpoints, prev.checkpoints[k:]...)
	for i := range r.checkpoints[n:] {
		next := &r.checkpoints[n+i]
		next.section += j.moved
		next.segments += now.segments - c.segments
		next.includes += now.includes - c.includes
		next.problems += now.problems - c.problems
		next.defs += now.defs - c.defs
		next.effects += now.effects - c.effects
		next.lined += now.lined - c.lined
		next.emitted += now.emitted - c.emitted
		next.entered += now.entered - c.entered
		if next.looked >= c.section {
			next.looked += j.moved
		} else {
			next.looked = p.rec.looked
		}
		if len(next.conds) > 0 && j.bytes != 0 {
			next.conds = slices.Clone(next.conds)
			for k := range next.conds {
				next.conds[k].at = j.shifted(next.conds[k].at)
			}
		}
	}
	p.env = prev.env.Edit()
	return true
}

// shifted is where an offset of the old main file is in the new one.
func (j *joint) shifted(at int) int {
	if at < j.changed {
		return at
	}
	return at + j.bytes
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

// unchanged tells whether the headers that a result had met up to a checkpoint
// are still what they were, and those it missed still missing. Where no buffer
// but the main file's has changed, the disk is asked now and then only.
func (p *pass) unchanged(prev *Result, at *checkpoint) bool {
	now := time.Now()
	if o, ok := p.fs.(Overlay); ok && now.Sub(prev.compared) < freshness && o.Like(prev.fs, prev.Main.Path) {
		p.res.compared = prev.compared
		return true
	}
	p.res.compared = now
	return p.c.unchanged(p.fs, prev, at)
}

func (c *Cache) unchanged(fs FS, prev *Result, at *checkpoint) bool {
	now := c.moments.moment(fs)
	for _, f := range prev.files[:at.files] {
		if f.verified.Load() == now {
			continue
		}
		if content, err := fs.Read(f.Path); err != nil || content != f.Text.Content() {
			return false
		}
		f.verified.Store(now)
	}
	for _, i := range prev.missing {
		if i >= at.includes {
			break
		}
		if inc := &prev.Includes[i]; !inc.Next && found(fs, prev.Config, inc) {
			return false
		}
	}
	return true
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
