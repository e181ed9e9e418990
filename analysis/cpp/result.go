package cpp

import (
	"path/filepath"
	"slices"
	"sync"
	"time"

	"abide/analysis/token"
)

type resultState struct {
	cache     *Cache
	stretches []*Stretch
	starts    []int    // the sections of the main file that they begin at
	befores   []*state // of the pass there
	end       *state   // and behind the last one
	tail      *Stretch // what there is to say at the end of the file
	// headers is shared with results that met the same.
	headers *headerIndex
	dead    bool // a limit was reached
	// incomplete: there are problems, or some stretch is unread.
	incomplete bool

	fs       FS
	compared time.Time // when what was taken over from earlier results was compared with fs
}

// headerIndex tells where the sections of headers stand.
type headerIndex struct {
	once   sync.Once
	places map[*Section]sectionPlace
}

// sectionPlace is where a header's section stands.
type sectionPlace struct {
	file *File
	base int
}

// meet notes a header.
func (p *pass) meet(f *File) {
	if p.met[f] {
		return
	}
	if p.met == nil {
		p.met = map[*File]bool{}
	}
	p.met[f] = true
	p.cur.files = append(p.cur.files, f)
	p.cur.own = p.cur.own || filepath.Clean(f.Path) == filepath.Clean(p.res.Main.Path)
}

// shareHeaders takes the index of the headers of an earlier result that met
// the same ones.
func (r *Result) shareHeaders(prev *Result) {
	r.headers = new(headerIndex)
	if prev == nil {
		return
	}
	old := prev.stretches
	for _, s := range r.stretches {
		if len(s.files) == 0 {
			continue
		}
		for len(old) > 0 && len(old[0].files) == 0 {
			old = old[1:]
		}
		if len(old) == 0 || s != old[0] && !slices.Equal(s.files, old[0].files) {
			return
		}
		old = old[1:]
	}
	if !slices.ContainsFunc(old, func(s *Stretch) bool { return len(s.files) > 0 }) {
		r.headers = prev.headers
	}
}

// locate finds the file and the offset of a section: the main file before
// headers, the first header before others.
func (r *Result) locate(s *Section) (*File, int, bool) {
	if base, ok := r.Main.base(s); ok {
		return r.Main, base, true
	}
	h := r.headers
	h.once.Do(func() {
		h.places = map[*Section]sectionPlace{}
		met := map[*File]bool{}
		for _, s := range r.stretches {
			for _, f := range s.files {
				if met[f] {
					continue
				}
				met[f] = true
				for i, sec := range f.sections {
					if _, ok := h.places[sec]; !ok {
						h.places[sec] = sectionPlace{f, f.bases[i]}
					}
				}
			}
		}
	})
	place, ok := h.places[s]
	return place.file, place.base, ok
}

// span gives the place of bytes of a section.
func (r *Result) span(s *Section, start, end uint32) (Loc, bool) {
	f, base, ok := r.locate(s)
	if !ok {
		return Loc{}, false
	}
	return loc(f, base+int(start), base+int(end)), true
}

// Loc tells where a token is spelled. ok is false for tokens that no file
// spells (predefined macros, pasted or stringized tokens).
func (r *Result) Loc(t *Token) (where Loc, ok bool) {
	if t.Sec == nil || t.Sec == nowhere {
		return Loc{}, false
	}
	return r.span(t.Sec, t.Start, t.End)
}

// invocation gives the place of a macro invocation.
func (r *Result) invocation(e *Expansion) Loc {
	where, _ := r.span(e.Sec, e.Start, e.End)
	if n := len(e.over); n > 0 {
		if end, ok := r.span(e.over[n-1], e.overEnd, e.overEnd); ok && end.Path == where.Path {
			where.End = max(where.End, end.End)
		}
	}
	return where
}

// Place tells where a reader of the sources would point for t: where it is
// spelled, if that is in an argument or outside of macros; the invocation, if
// it comes from a macro's body (inBody is then true, and no edit of that place
// is sensible).
func (r *Result) Place(t *Token) (where Loc, inBody bool) {
	if t.Exp == nil || t.Exp.spells(t) {
		if where, ok := r.Loc(t); ok {
			return where, false
		}
	}
	if t.Exp == nil {
		return Loc{}, true
	}
	return r.invocation(t.Exp), true
}

// InMain tells whether Place(t) is in the main file.
func (r *Result) InMain(t *Token) bool {
	s := t.Sec
	if t.Exp != nil {
		s = t.Exp.Sec // an invocation does not go over a file's end
	}
	if s == nil {
		return false
	}
	_, ok := r.Main.base(s)
	return ok
}

// Text is a token's spelling, splices removed.
func (t *Token) Text() string {
	if t.Sec == nil || t.Sec == nowhere || t.Kind == token.Pragma {
		return t.Sym.String()
	}
	if t.Flags&token.Spliced != 0 {
		return token.Spelling(t.Sec.Lex, token.Token{Kind: t.Kind, Flags: t.Flags, Sym: t.Sym, Start: t.Start, End: t.End})
	}
	return t.Sec.Lex.Text[t.Start:t.End]
}

// MacroLoc tells where a macro's name stands in its #define.
func (r *Result) MacroLoc(m *Macro) (Loc, bool) {
	if m.Sec == nil {
		return Loc{}, false
	}
	return r.span(m.Sec, m.Start, m.End)
}

// Macro gives the definition of a name at the end of the translation unit.
func (r *Result) Macro(name token.Sym) *Macro {
	m, _ := r.end.env.Get(name)
	return m
}

// Macros is the definitions of all names at the end of the translation unit.
func (r *Result) Macros() token.Map[*Macro] { return r.end.env }

// Use is one macro invocation seen while Expand worked: which macro, and its
// arguments as written (not expanded).
type Use struct {
	Macro *Macro
	Args  [][]Token
}

// Expand fully macro-expands tokens with the definitions at the end of the
// translation unit. seen, which may be nil, is called for every macro
// invocation on the way, outermost first. An expansion that grows without
// measure is cut short. What differs from one use of a macro to the next,
// __LINE__ and __COUNTER__, stays as it is.
func (r *Result) Expand(tokens []Token, seen func(Use)) []Token {
	p := &pass{c: r.cache, fs: r.fs, cfg: r.Config, res: &Result{Main: r.Main, Config: r.Config}, env: definitions{MapEdit: r.end.env.Edit()}, cur: &Stretch{}}
	p.frame = &frame{file: r.Main, dir: -1} // __FILE__ and __has_include ask for it
	for _, name := range symPlaced {
		p.env.remove(name)
	}
	p.expander = expander{env: p, source: noSource{}, seen: seen, limit: maxQuestion}
	p.rec.uncacheable = true
	p.push(context{toks: tokens, barrier: true})
	var out []Token
	pad := outPadding{}
	for {
		t := p.get()
		switch t.Kind {
		case token.EOF:
			return out
		case kindPadding:
			pad.add(t)
		default:
			pad.apply(&t)
			t.Flags &^= viaMacro
			out = append(out, t)
		}
		if len(out) > maxQuestion {
			return out
		}
	}
}

var symPlaced = []token.Sym{token.Intern("__LINE__"), token.Intern("__COUNTER__")}

// noSource is an empty source.
type noSource struct{}

func (noSource) next() Token { return Token{Kind: token.EOF} }
func (noSource) paren() bool { return false }
func (noSource) mark() place { return place{} }
func (noSource) reset(place) {}

// Preprocess runs the preprocessor over main for one ABI. prev, which may be
// nil, is the result for an earlier version of the same file and ABI; its
// work is used again as far as it still holds. stop, which may be nil, is
// polled; when it returns true the work is given up and nil is returned.
func (c *Cache) Preprocess(fs FS, cfg *Config, main *File, prev *Result, stop func() bool) *Result {
	p := &pass{c: c, fs: fs, cfg: cfg, stop: stop}
	p.res = &Result{Main: main, Config: cfg, resultState: resultState{cache: c, fs: fs, compared: time.Now()}}
	p.expander = expander{env: p, source: fileSource{p}, limit: maxInvocation}
	p.acquire()
	defer p.release()
	root := &frame{file: main, dir: -1}
	p.frame = root
	if !p.resume(prev, root) {
		p.env = definitions{MapEdit: c.base(cfg).Edit()}
		p.openStretch()
		for _, name := range cfg.Macros {
			p.preinclude(name, false)
		}
		for _, name := range cfg.Include {
			p.preinclude(name, true)
		}
	}
	p.run(root)
	if p.stopped {
		return nil
	}
	p.cur.place(main)
	p.res.tail, p.res.end, p.res.dead = p.cur, p.before, p.dead
	p.res.incomplete = p.res.incomplete || p.problems > 0
	p.res.shareHeaders(prev)
	return p.res
}
