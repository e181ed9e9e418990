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
	looked                  int
	nest                    int
	entered, emitted, total int
}

// includesPerCheckpoint is how many #include lines may follow each other
// without a checkpoint.
const includesPerCheckpoint = 16

// checkpoint notes the state before a section of the main file.
func (p *pass) checkpoint() {
	f := p.frame
	if f.parent != nil || f.file != p.res.Main {
		return
	}
	if f.sec < len(f.file.sections) && f.sec > 0 {
		if s := f.file.sections[f.sec]; includeLine(s.text, 0) && p.sinceCheckpoint < includesPerCheckpoint {
			p.sinceCheckpoint++
			return
		}
	}
	p.sinceCheckpoint = 0
	r := p.res
	r.checkpoints = append(r.checkpoints, checkpoint{
		section: f.sec, env: p.env.Done(), once: p.once, pushed: p.pushed, counter: p.counter, conds: slices.Clone(f.conds),
		segments: len(r.Segments), includes: len(r.Includes), problems: len(r.Problems), defs: len(p.defs), files: len(r.files),
		presumed: f.presumed, shift: f.shift, rewinds: f.rewinds,
		looked: p.rec.looked, nest: p.nest, entered: p.entered, emitted: p.emitted, total: p.total + p.work,
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
	if !p.c.unchanged(p.fs, prev, c) {
		return false
	}
	r := p.res
	r.Segments = prev.Segments[:c.segments:c.segments]
	r.Includes = prev.Includes[:c.includes:c.includes]
	r.Problems = prev.Problems[:c.problems:c.problems]
	r.files = prev.files[:c.files:c.files]
	r.checkpoints = prev.checkpoints[:k:k]
	if c.files == len(prev.files) {
		r.headers = prev.headers
	}
	p.env, p.once, p.pushed, p.counter = c.env.Edit(), c.once, c.pushed, c.counter
	p.defs = prev.defs[:c.defs:c.defs]
	p.rec.looked, p.nest, p.entered, p.emitted, p.total = c.looked, c.nest, c.entered, c.emitted, c.total
	root.sec, root.conds = c.section, slices.Clone(c.conds)
	p.sinceCheckpoint = includesPerCheckpoint
	root.presumed, root.shift, root.rewinds = c.presumed, c.shift, c.rewinds
	return true
}

// checks remembers for a moment which headers were compared with the disk, so
// that many ABIs do it once.
type checks struct {
	mu    sync.Mutex
	fs    FS
	at    time.Time
	known map[*File]bool
}

// trusted is how long a comparison counts.
const trusted = 50 * time.Millisecond

// unchanged tells whether the headers that a result had met up to a checkpoint
// are still what they were, and those it missed still missing.
func (c *Cache) unchanged(fs FS, prev *Result, at *checkpoint) bool {
	c.checks.mu.Lock()
	defer c.checks.mu.Unlock()
	k := &c.checks
	if now := time.Now(); k.fs != fs || now.Sub(k.at) > trusted {
		k.fs, k.at, k.known = fs, now, map[*File]bool{}
	}
	for _, f := range prev.files[:at.files] {
		same, ok := k.known[f]
		if !ok {
			content, err := fs.Read(f.Path)
			same = err == nil && content == f.Text.Content()
			k.known[f] = same
		}
		if !same {
			return false
		}
	}
	for i := range prev.Includes[:at.includes] {
		if inc := &prev.Includes[i]; inc.Err != "" && !inc.Next && found(fs, prev.Config, inc) {
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
