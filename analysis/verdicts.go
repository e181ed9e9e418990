package analysis

import (
	"slices"
	"sync"

	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/layout"
	"abide/analysis/text"
	"abide/analysis/token"
)

// verdicts is what the rules about single records said of one version of a
// file, for the versions after it. It holds what was said, and what that
// followed from; no snapshot, engine or plan of a fix.
//
// What such a rule says follows from these alone:
//
//   - the record and its layouts, with why it is a payload and what commands
//     carry it (self), and its text;
//   - the records that contain it, and those around it (kin);
//   - which of the records inside it are in scope (inside);
//   - records whose names make them its compat record, or the other way round
//     (Family);
//   - the configuration.
//
// So what was said of a record stands while all these are what they were; an
// edit in front of it only moves it.
type verdicts struct {
	config *Config
	text   *text.File
	of     map[*decl.Record]*verdict // by the first target's definition that there is
	compat map[string]bool           // see compatDefinitions
}

// verdict is what was said of one record.
type verdict struct {
	self   *self
	places []text.Span // see places
	kin    []*self
	inside []bool
	said   []saying
	kept   *kept // nil of what rules do not speak of
	// stands tells that said is all there is to say, whatever other files are.
	stands bool
}

// saying is a finding without the plan of its fixes.
type saying struct {
	Finding
	check *Check
	fixes bool // there was a plan
}

// kept is what Pass.Keep keeps with a verdict.
type kept struct {
	mu     sync.Mutex
	values map[any]any
}

func (k *kept) get(key any, build func() any) any {
	k.mu.Lock()
	value, ok := k.values[key]
	k.mu.Unlock()
	if ok {
		return value
	}
	value = build()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.values == nil {
		k.values = map[any]any{}
	}
	k.values[key] = value
	return value
}

// self is a record as its targets see it, why it crosses the kernel's boundary,
// and the commands that carry it: a layout is another one whenever a name in it
// means something else. Versions in which all this is the same share one self.
type self struct {
	reason   string
	views    []seen
	commands []carrier
}

type seen struct {
	decl   *decl.Record
	layout *layout.Layout
	err    error
}

// carrier is a command with its number on each target.
type carrier struct {
	name  string
	codes []int64
}

// In the place of a number.
const (
	undefined = -1
	unknown   = -2
)

func codeOf(v *ioctl.Command) int64 {
	switch {
	case v == nil:
		return undefined
	case v.Err != nil:
		return unknown
	}
	return int64(v.Code.Value)
}

func newSelf(r *Record) *self {
	s := &self{reason: r.Reason, views: make([]seen, len(r.Views))}
	for i := range r.Views {
		v := &r.Views[i]
		s.views[i] = seen{v.Decl, v.Layout, v.Err}
	}
	for _, c := range r.Commands {
		codes := make([]int64, len(c.Values))
		for i, v := range c.Values {
			codes[i] = codeOf(v)
		}
		s.commands = append(s.commands, carrier{c.Name, codes})
	}
	return s
}

// is tells whether a record of a later version is the same.
func (s *self) is(r *Record) bool {
	if s.reason != r.Reason || len(s.commands) != len(r.Commands) {
		return false
	}
	for i := range r.Views {
		v := &r.Views[i]
		if s.views[i] != (seen{v.Decl, v.Layout, v.Err}) {
			return false
		}
	}
	for i, c := range r.Commands {
		if s.commands[i].name != c.Name {
			return false
		}
		for k, v := range c.Values {
			if s.commands[i].codes[k] != codeOf(v) {
				return false
			}
		}
	}
	return true
}

// pending is what a version starts to check with: the verdicts on an earlier
// one, and the names that have been declared anew since.
type pending struct {
	verdicts *verdicts // nil for none
	names    []token.Sym
}

// maxPending bounds the names.
const maxPending = 1 << 12

// inherit hands on what still holds of the version before.
func (v *version) inherit(base *version) {
	if base == nil || !v.alike {
		return
	}
	before := base.pending.Load()
	if before == nil || before.verdicts == nil {
		return
	}
	next := &pending{verdicts: before.verdicts, names: slices.Clip(before.names)}
	for _, t := range v.targets {
		if base.target(t.ABI) == nil || !t.Unit.Local() {
			return
		}
		names, _ := t.Unit.Changed()
		next.names = append(next.names, names...)
	}
	if len(next.names) <= maxPending {
		v.pending.Store(next)
	}
}

// definition is the record by which the verdicts on a record are found.
func (r *Record) definition() *decl.Record {
	for i := range r.Views {
		if d := r.Views[i].Decl; d != nil {
			return d
		}
	}
	return nil
}

// stays tells whether the record and its commands stand where a verdict's
// places have moved to.
func (v *verdict) stays(r *Record, shift text.Shift) bool {
	if len(v.places) != 2+len(r.Commands) {
		return false
	}
	at := func(i int, span text.Span) bool {
		now, ok := shift.Span(v.places[i])
		return ok && now == span
	}
	if !at(0, r.Span) || !at(1, r.NameSpan) {
		return false
	}
	for i, c := range r.Commands {
		if !at(2+i, c.Span) {
			return false
		}
	}
	return true
}

func places(r *Record) []text.Span {
	list := make([]text.Span, 0, 2+len(r.Commands))
	list = append(list, r.Span, r.NameSpan)
	for _, c := range r.Commands {
		list = append(list, c.Span)
	}
	return list
}

// moved is a saying where it stands in another version.
func (s *saying) moved(shift text.Shift, path string) (now saying, ok bool) {
	now = *s
	if now.Span, ok = shift.Span(s.Span); !ok {
		return now, false
	}
	own := false // Related is a copy
	for i := range s.Related {
		loc := s.Related[i].Loc
		if loc.Path != path {
			return now, false
		}
		span, ok := shift.Span(loc.Span)
		if !ok {
			return now, false
		}
		if span == loc.Span {
			continue
		}
		if !own {
			now.Related, own = slices.Clip(slices.Clone(s.Related)), true
		}
		now.Related[i].Loc.Span = span
	}
	return now, true
}

// move gives what was said of a record where it stands now.
func move(said []saying, shift text.Shift, path string) ([]saying, bool) {
	if len(said) == 0 {
		return nil, true
	}
	list := make([]saying, len(said))
	for i := range said {
		var ok bool
		if list[i], ok = said[i].moved(shift, path); !ok {
			return nil, false
		}
	}
	return list, true
}
