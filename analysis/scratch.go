package analysis

import "abide/analysis/text"

// With gives the snapshot of another text of the file, for a look at what an
// edit would make of it. The session does not remember it.
func (s *Snapshot) With(f *text.File) *Snapshot {
	next := &Snapshot{session: s.session, path: s.path, text: f, config: s.config, files: s.files.with(s.path, f)}
	next.base.Store(s.version())
	return next
}

// InScope tells whether layout rules speak of a record, as configured.
func (s *Snapshot) InScope(r *Record) bool { return s.inScope(r) }
