package cpp

import (
	"math"
	"strings"
	"sync"
	"sync/atomic"

	"abide/analysis/text"
	"abide/analysis/token"
)

// cacheBudget is how many bytes of text the cache may hold per generation. What
// is derived from a text takes some ten times its size; a kernel driver reads
// about ten megabytes of headers for four ABIs.
const cacheBudget = 16 << 20

type cacheState struct {
	mu       sync.Mutex
	sections generations[sectionKey, *Section]
	files    generations[string, *File]

	predefMu   sync.Mutex
	predefined map[string]*Macro            // by their #define lines
	bases      map[string]token.Map[*Macro] // by the texts they come from
	kinds      atomic.Int64                 // how many bases there are
	ever       names                        // names that were a macro once

	moments moments
}

// sectionKey names a section by its content. Equal stretches of one file are
// told apart by their number in it.
type sectionKey struct {
	text string
	copy int
}

// generations is a cache that forgets, in two steps, what was not used since
// it was full.
type generations[K comparable, V any] struct {
	young, old map[K]V
	size       int // of young, in bytes
	budget     int // for size; cacheBudget if 0
}

func (g *generations[K, V]) get(k K, size int) (V, bool) {
	v, ok := g.young[k]
	if !ok {
		if v, ok = g.old[k]; ok {
			g.put(k, v, size)
		}
	}
	return v, ok
}

func (g *generations[K, V]) put(k K, v V, size int) {
	if g.young == nil {
		g.young = map[K]V{}
	}
	budget := g.budget
	if budget == 0 {
		budget = cacheBudget
	}
	if g.size += size; g.size > budget {
		g.old, g.young, g.size = g.young, map[K]V{}, size
	}
	g.young[k] = v
}

// section finds or makes the section of a text that is none of taken. Those
// that are there only until the next keystroke are not worth keeping.
func (c *Cache) section(s string, taken func(*Section) bool, keep bool) *Section {
	const overhead = 512
	for n := 0; ; n++ {
		key := sectionKey{s, n}
		sec, ok := c.sections.get(key, len(s)+overhead)
		if !ok {
			if !keep {
				s = strings.Clone(s) // a macro may outlive the text around it
			}
			sec = &Section{sectionState: sectionState{text: s}}
			if keep {
				c.sections.put(key, sec, len(s)+overhead)
			}
			return sec
		}
		if !taken(sec) {
			return sec
		}
	}
}

// File cuts a text into sections. prev, which may be nil, is an earlier
// version of the same file, whose unchanged sections keep their identity; those
// that did change are cut finer.
func (c *Cache) File(path string, t *text.File, prev *File) *File {
	content := t.Content()
	if prev == nil {
		starts, _ := cut(content, 0, coarse, nil)
		return c.assemble(path, t, content, nil, starts, nil, 0)
	}
	old := prev.Text.Content()
	if old == content {
		return newFile(path, t, prev.sections, prev.bases)
	}
	same := commonPrefix(old, content)
	tail := commonSuffix(old[same:], content[same:])
	shift := len(content) - len(old)

	// Sections before the change stay; one more is cut anew if what follows
	// it decided where it ends.
	first := max(0, prev.sectionAt(same))
	if first > 0 && first < len(prev.bases) && prev.bases[first] == same {
		first--
	}
	for first > 0 && first < len(prev.bases) && marked(content, prev.bases[first]) {
		first--
	}
	next := first
	resume := func(offset int) bool {
		if offset < len(content)-tail {
			return false
		}
		for next < len(prev.sections) && prev.bases[next]+shift < offset {
			next++
		}
		return next < len(prev.sections) && prev.bases[next]+shift == offset && prev.bases[next] >= same
	}
	from := 0
	if first < len(prev.bases) {
		from = prev.bases[first]
	}
	starts, end := cut(content, from, fine, resume)
	var rest []*Section
	if end < len(content) {
		rest = prev.sections[next:]
	}
	return c.assemble(path, t, content, prev.sections[:first], starts, rest, end)
}

// assemble makes a file of the sections before a change, the starts of those
// in it, and those behind it, which begin at an offset.
func (c *Cache) assemble(path string, t *text.File, content string, before []*Section, starts []int, after []*Section, end int) *File {
	n := len(before) + len(starts) + len(after)
	sections, bases := make([]*Section, 0, n), make([]int, 0, n+1)
	at := 0
	for _, s := range before {
		sections, bases = append(sections, s), append(bases, at)
		at += len(s.text)
	}
	mine := map[*Section]bool{}
	few := len(starts) <= 4
	if !few {
		for _, s := range before {
			mine[s] = true
		}
		for _, s := range after {
			mine[s] = true
		}
	}
	taken := func(s *Section) bool {
		if !few {
			return mine[s]
		}
		for _, list := range [][]*Section{sections, after} {
			for _, other := range list {
				if other == s {
					return true
				}
			}
		}
		return false
	}
	if len(after) == 0 {
		end = len(content)
	}
	c.mu.Lock()
	for i, start := range starts {
		stop := end
		if i+1 < len(starts) {
			stop = starts[i+1]
		}
		if start == stop {
			continue
		}
		s := c.section(content[start:stop], taken, len(before)+len(after) == 0)
		if !few {
			mine[s] = true
		}
		sections, bases = append(sections, s), append(bases, start)
	}
	c.mu.Unlock()
	at = end
	for _, s := range after {
		sections, bases = append(sections, s), append(bases, at)
		at += len(s.text)
	}
	return newFile(path, t, sections, append(bases, len(content)))
}

// header gives the file for a text that was read from a path.
func (c *Cache) header(path, content string) *File {
	c.mu.Lock()
	f, ok := c.files.get(path, len(content))
	c.mu.Unlock()
	if ok && f.Text.Content() == content {
		return f
	}
	var prev *File
	if ok {
		prev = f
	}
	f = c.File(path, text.New(content), prev)
	c.mu.Lock()
	defer c.mu.Unlock()
	if other, ok := c.files.young[path]; ok && other.Text.Content() == content {
		return other // another pass was faster
	}
	c.files.put(path, f, len(content))
	return f
}

func commonPrefix(a, b string) int {
	const step = 256
	n, i := min(len(a), len(b)), 0
	for i+step <= n && a[i:i+step] == b[i:i+step] {
		i += step
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

func commonSuffix(a, b string) int {
	const step = 256
	n, i := min(len(a), len(b)), 0
	for i+step <= n && a[len(a)-i-step:len(a)-i] == b[len(b)-i-step:len(b)-i] {
		i += step
	}
	for i < n && a[len(a)-i-1] == b[len(b)-i-1] {
		i++
	}
	return i
}

// names is a set of symbols that only grows, and that readers use without a
// lock.
type names struct {
	pages [1 << 10]atomic.Pointer[namesPage]
	count atomic.Uint64
}

const pageNames = 1 << 15

type namesPage struct {
	bits [pageNames / 64]atomic.Uint64
	// numbers tell the order in which the names were added, from 1 on.
	numbers [pageNames]atomic.Uint32
}

// number is n for the n-th name that was added. A name that is being added
// comes after all others.
func (n *names) number(s token.Sym) uint64 {
	if i := s / pageNames; int(i) < len(n.pages) {
		if page := n.pages[i].Load(); page != nil {
			if v := page.numbers[s%pageNames].Load(); v != 0 {
				return uint64(v)
			}
		}
	}
	return math.MaxUint64
}

func (n *names) has(s token.Sym) bool {
	i := s / pageNames
	if int(i) >= len(n.pages) {
		return true
	}
	page := n.pages[i].Load()
	return page != nil && page.bits[s%pageNames/64].Load()>>(s%64)&1 != 0
}

// add tells whether the symbol is new.
func (n *names) add(s token.Sym) bool {
	i := s / pageNames
	if int(i) >= len(n.pages) {
		return false
	}
	page := n.pages[i].Load()
	if page == nil {
		page = new(namesPage)
		if !n.pages[i].CompareAndSwap(nil, page) {
			page = n.pages[i].Load()
		}
	}
	word, bit := &page.bits[s%pageNames/64], uint64(1)<<(s%64)
	if word.Load()&bit != 0 || word.Or(bit)&bit != 0 {
		return false
	}
	page.numbers[s%pageNames].Store(uint32(n.count.Add(1)))
	return true
}

// base gives the macros that a translation unit starts with.
func (c *Cache) base(cfg *Config) token.Map[*Macro] {
	var predefined string
	if cfg.ABI != nil {
		predefined = cfg.ABI.Macros
	}
	var key strings.Builder
	key.WriteString(predefined)
	for _, d := range cfg.Defines {
		key.WriteByte(0)
		if d.Undef {
			key.WriteString("-" + d.Name)
		} else {
			key.WriteString(d.Name + "=" + d.Value)
		}
	}
	c.predefMu.Lock()
	defer c.predefMu.Unlock()
	if m, ok := c.bases[key.String()]; ok {
		return m
	}
	if c.bases == nil || len(c.bases) > 256 {
		c.bases = map[string]token.Map[*Macro]{}
	}
	if c.predefined == nil || len(c.predefined) > 1<<16 {
		c.predefined = map[string]*Macro{}
	}
	env := new(token.Map[*Macro]).Edit()
	define := func(line string) {
		if m := c.predefine(line); m != nil {
			env.Set(m.Name, m)
		}
	}
	for name, m := range builtins {
		c.ever.add(name)
		env.Set(name, m)
	}
	for line := range strings.Lines(predefined) {
		define(strings.TrimRight(line, "\r\n"))
	}
	for _, d := range cfg.Defines {
		if d.Undef {
			env.Delete(token.Intern(d.Name))
		} else {
			define("#define " + d.Name + " " + firstLine(d.Value))
		}
	}
	m := env.Done()
	c.bases[key.String()] = m
	c.kinds.Store(int64(len(c.bases)))
	return m
}

// firstLine: what follows a line break in a -D is not part of the macro.
func firstLine(s string) string {
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return s[:i]
	}
	return s
}

// predefine gives the one macro for a #define line, nil for other lines.
func (c *Cache) predefine(line string) *Macro {
	if m, ok := c.predefined[line]; ok {
		return m
	}
	s := unspelled(strings.Clone(line))
	if len(s.items) != 1 || s.items[0].kind != dirDefine {
		return nil
	}
	m, err := s.define(&s.items[0])
	if err != nil {
		return nil
	}
	m.Sec = nil
	c.ever.add(m.Name)
	c.predefined[line] = m
	return m
}
