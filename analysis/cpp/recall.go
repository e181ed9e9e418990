package cpp

import (
	"slices"

	"abide/analysis/token"
)

// replay does what an earlier run of a section did, if there was one that
// met the same.
func (p *pass) replay(f *frame, s *Section) bool {
	m := p.recall(f, s)
	if m == nil {
		return false
	}
	base := f.file.bases[f.sec]
	main := f.parent == nil && f.file == p.res.Main
	for _, w := range m.writes {
		if w.macro == nil {
			p.env.remove(w.name)
			continue
		}
		p.env.set(w.name, w.macro)
		if main {
			p.cur.defs = append(p.cur.defs, w.macro)
		}
	}
	n := len(f.conds) - len(m.entry)
	for i, c := range m.exit {
		if c.sec == nil {
			c.sec, c.start = f.conds[n+i].sec, f.conds[n+i].start
		}
		if n+i < len(f.conds) {
			f.conds[n+i] = c
		} else {
			f.conds = append(f.conds, c)
		}
	}
	f.conds = f.conds[:n+len(m.exit)]
	if m.needs.line {
		p.cur.lined = true
	}
	if len(m.over) > 0 || m.last {
		p.look(f.sec + len(m.over))
	}
	if m.last {
		p.look(len(f.file.sections))
	}
	p.counter += m.counted
	p.nest += m.nested
	if m.once {
		p.onlyOnce(f.file)
	}
	for _, pr := range m.problems {
		p.problemAt(f.file, base+pr.Loc.Start, base+pr.Loc.End, pr.Message)
	}
	if m.seg != nil {
		p.cur.put(m.seg)
		if p.emitted += len(m.seg.Tokens); p.emitted > maxTokens && !p.dead {
			p.cursor = cursor{sec: s}
			p.give(s, 0, tooManyTokens)
		}
	}
	p.cur.note(f, s, m)
	f.sec += m.more
	return true
}

// recall finds what the section remembers of a run like the one to come.
func (p *pass) recall(f *frame, s *Section) *memo {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := len(s.memos) - 1; k >= 0; k-- {
		m := s.memos[k]
		if !m.fits(p, f) {
			continue
		}
		m.update(p.c, s)
		if i := m.differs(p); i >= 0 {
			// What told the runs apart once will do it again.
			m.reads[0], m.reads[i] = m.reads[i], m.reads[0]
			continue
		}
		return m
	}
	return nil
}

// differs is the index of a name that means something else now, or -1.
func (m *memo) differs(p *pass) int {
	for i := range m.reads {
		if now, _ := p.env.Get(m.reads[i].name); now != m.reads[i].macro {
			return i
		}
	}
	return -1
}

// fits compares all but the macros.
func (m *memo) fits(p *pass, f *frame) bool {
	n := len(f.conds) - len(m.entry)
	if n < 0 || (n > 0 && f.conds[n-1].skip) != m.skip {
		return false
	}
	for i, c := range m.entry {
		if now := f.conds[n+i]; now.skip != c.skip || now.done != c.done || now.seenElse != c.seenElse {
			return false
		}
	}
	if m.brief != p.leavesOut() || m.brief && (m.nest != p.nest || m.main != (f.parent == nil)) {
		return false
	}
	if len(m.over) > 0 || m.last {
		rest := f.file.sections[f.sec+1:]
		if len(rest) < len(m.over) || m.last && len(rest) > len(m.over) || !slices.Equal(rest[:len(m.over)], m.over) {
			return false
		}
	}
	if m.needs == (needs{}) {
		return true
	}
	return (!m.needs.bottom || n == 0) && (!m.needs.abi || m.abi == p.cfg.ABI) &&
		(!m.needs.counter || m.counter == p.counter) &&
		(!m.needs.file || m.depth == f.depth && m.path == p.presumedPath(f)) &&
		(!m.needs.line || m.line == f.line(f.file.bases[f.sec]))
}

// update relearns if names became macros since the last time.
func (m *memo) update(c *Cache, s *Section) {
	if count := c.ever.count.Load(); m.known != count {
		m.relearn(c, s)
		m.known = count
	}
}

// relearn adds the names that became macros since to those that must mean
// nothing. Anything that the run looked up stands in the section, in the body
// of a macro that it looked up, or was made by ##.
func (m *memo) relearn(c *Cache, s *Section) {
	check := func(name token.Sym) {
		if c.ever.has(name) && c.ever.number(name) > m.known && !slices.ContainsFunc(m.reads, func(b binding) bool { return b.name == name }) {
			m.reads = append(m.reads, binding{name, nil})
		}
	}
	for _, name := range s.names() {
		check(name)
	}
	for _, more := range m.over {
		more.prepare()
		for _, name := range more.names() {
			check(name)
		}
	}
	for _, name := range m.made {
		check(name)
	}
	for _, b := range m.reads {
		if b.macro == nil {
			continue
		}
		for i := range b.macro.Body {
			if t := &b.macro.Body[i]; t.Kind == token.Ident {
				check(t.Sym)
			}
		}
	}
}
