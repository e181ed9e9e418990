package cpp

import (
	"path/filepath"
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// location is where a header was found.
type location struct {
	path string
	dir  int // index in the search path, -1 for a place outside of it
	err  string
}

// include executes an #include, #include_next or #import directive.
func (p *pass) include(it *item) {
	f := p.frame
	inc := Include{Next: it.kind == dirIncludeNext}
	p.rec.uncacheable = true // if it stands in the middle of a section
	start, end, ok := p.includeOperand(it, &inc)
	base := f.file.bases[f.sec]
	inc.Loc = loc(f.file, base+int(start), base+int(end))
	if !ok {
		p.directiveProblem(it, "#"+p.directiveName(it)+` expects "FILE" or <FILE>`)
		return
	}
	var file *File
	dir := -1
	inc.Path, dir, inc.Err = p.find(inc.Name, inc.Angle, inc.Next)
	if inc.Err == "" {
		file, inc.Err = p.load(inc.Path)
	}
	if inc.Err == "" && f.depth+1 >= maxDepth {
		inc.Err = "nested too deeply"
	}
	if inc.Err != "" {
		inc.Path = ""
	}
	p.cur.includes = append(p.cur.includes, placed[Include]{what: inc})
	if inc.Err != "" || !p.wanted(file, it.kind == dirImport) {
		return
	}
	if p.entered++; p.entered > maxIncludes {
		if !p.dead {
			p.give(p.sec, start, tooManyIncludes)
		}
		return
	}
	// A run of text that an #include stands in the middle of ends here.
	running := p.rec.on
	if running {
		p.finish()
	}
	saved := p.cursor
	p.run(&frame{parent: f, file: file, dir: dir, name: inc.Name, depth: f.depth + 1})
	p.cursor = saved
	if running {
		p.begin(false)
	}
}

// wanted tells whether a file has anything to say this time.
func (p *pass) wanted(f *File, imported bool) bool {
	key := token.Intern(filepath.Clean(f.Path))
	if _, ok := p.once.Get(key); ok {
		return false
	}
	if imported {
		p.onlyOnce(f)
	}
	guard := f.includeGuard()
	return guard == 0 || p.lookup(guard) == nil
}

// onlyOnce keeps a file from being included again.
func (p *pass) onlyOnce(f *File) {
	path := token.Intern(filepath.Clean(f.Path))
	if _, ok := p.once.Get(path); ok {
		return
	}
	e := p.once.Edit()
	e.Set(path, f)
	p.onceSum ^= mix(uint64(path))
	p.once = e.Done()
}

func (p *pass) load(path string) (*File, string) {
	content, err := p.fs.Read(path)
	if err != nil {
		return nil, err.Error()
	}
	f := p.res.Main // included by itself it is one file, too
	if filepath.Clean(path) != filepath.Clean(f.Path) || content != f.Text.Content() {
		f = p.c.header(path, content)
	}
	p.meet(f)
	return f, ""
}

// includeOperand reads the operand of an #include: its name, and its span in
// the section.
func (p *pass) includeOperand(it *item, inc *Include) (start, end uint32, ok bool) {
	toks := p.sec.Lex.Tokens
	if it.from >= it.to {
		t := &toks[max(it.hash, it.to-1)]
		return t.Start, t.End, false
	}
	first, last := &toks[it.from], &toks[it.to-1]
	start, end = first.Start, last.End
	switch {
	case first.Kind == token.String && first.Flags&token.Unterminated == 0:
		s := token.Spelling(p.sec.Lex, *first)
		if s[0] == '"' && len(s) > 2 {
			inc.Name = s[1 : len(s)-1]
			return start, first.End, true
		}
		return start, end, false
	case first.Kind == token.Punct && (first.Sym == token.Less || p.sec.text[first.Start] == '<'):
		// From the bytes: a header name has no comments and no escapes.
		line := p.sec.text[first.Start+1:]
		if n := strings.IndexAny(line, "\r\n"); n >= 0 {
			line = line[:n]
		}
		if n := strings.IndexByte(line, '>'); n > 0 {
			inc.Name, inc.Angle = line[:n], true
			return start, start + 1 + uint32(n) + 1, true
		}
		if strings.HasPrefix(line, ">") {
			return start, end, false
		}
	}
	p.operands(it, func(*expander) {
		inc.Name, inc.Angle, ok = p.headerName(p.expandedToken())
	})
	return start, end, ok && inc.Name != ""
}

// find searches a header: "name" beside the current file first, then along
// the search path; next goes on behind the place of the current file.
func (p *pass) find(name string, angle, next bool) (path string, dir int, err string) {
	if strings.IndexByte(name, 0) >= 0 {
		return "", -1, "file not found"
	}
	if absolute(name) {
		return p.probe([]string{""}, 0, name, -1)
	}
	f := p.frame
	if next && f.parent == nil {
		next = false // as gcc: in the main file it is an #include
	}
	quote := len(p.cfg.Quote)
	if next {
		return p.search(name, f.dir+1)
	}
	if angle {
		if l, ok := p.found[name]; ok {
			return l.path, l.dir, l.err
		}
		path, dir, err = p.search(name, quote)
		if p.found == nil {
			p.found = map[string]location{}
		}
		p.found[name] = location{path, dir, err}
		return path, dir, err
	}
	beside := join(dirOf(f.file.Path), name)
	if p.fs.Exists(beside) {
		return beside, -1, ""
	}
	if path, dir, err = p.search(name, 0); err == "file not found" {
		if _, e := p.fs.Read(beside); e != nil {
			err = e.Error()
		}
	}
	return path, dir, err
}

// search looks through the search path from an index on.
func (p *pass) search(name string, from int) (string, int, string) {
	n := len(p.cfg.Quote)
	if from < n {
		if path, dir, err := p.probe(p.cfg.Quote, from, name, 0); err == "" {
			return path, dir, ""
		}
		from = n
	}
	return p.probe(p.cfg.Angle, from-n, name, n)
}

// probe looks into directories. Those are numbered from first on.
func (p *pass) probe(dirs []string, from int, name string, first int) (string, int, string) {
	for i := from; i < len(dirs); i++ {
		if path := join(dirs[i], name); p.fs.Exists(path) {
			return path, first + i, ""
		}
	}
	// Say why, if something of that name is there.
	for i := from; i < len(dirs); i++ {
		if _, err := p.fs.Read(join(dirs[i], name)); err != nil && err.Error() != "file not found" {
			return "", -1, err.Error()
		}
	}
	return "", -1, "file not found"
}

// join puts a directory and a name together as gcc does, without cleaning.
func join(dir, name string) string {
	switch {
	case dir == "":
		return name
	case dir[len(dir)-1] == '/':
		return dir + name
	}
	return dir + "/" + name
}

func dirOf(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i+1]
	}
	return ""
}

func loc(f *File, start, end int) Loc {
	return Loc{Path: f.Path, Span: text.Span{Start: start, End: end}}
}

// preinclude reads a -include or -imacros file.
func (p *pass) preinclude(name string, output bool) {
	inc := Include{Name: name, Loc: Loc{Path: commandLine}}
	dir := -1
	if p.fs.Exists(name) {
		inc.Path = name
	} else {
		inc.Path, dir, inc.Err = p.search(name, 0)
	}
	var file *File
	if inc.Err == "" {
		file, inc.Err = p.load(inc.Path)
	}
	if inc.Err != "" {
		inc.Path = ""
	}
	p.cur.includes = append(p.cur.includes, placed[Include]{what: inc})
	if inc.Err != "" || !p.wanted(file, false) {
		return
	}
	segments := len(p.cur.Segments)
	p.run(&frame{parent: p.frame, file: file, dir: dir, depth: 1})
	if !output {
		p.cur.Segments, p.cur.pragmas = p.cur.Segments[:segments], nil
	}
}

// commandLine is the path of what no file says.
const commandLine = "<command-line>"
