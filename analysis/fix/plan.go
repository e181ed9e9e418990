package fix

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// Decl is a member declaration to insert: "__u8", "__pad[4]".
type Decl struct{ Type, Declarator string }

// Plan collects changes of one record that belong together. Changes of members
// that share a declaration are sorted out when all are known.
type Plan struct {
	record  *Record
	edits   []text.Edit
	changes map[int]*change // by the offset of the declaration
	err     error
}

// change is what should become of one declaration.
type change struct {
	*declaration
	inserts [][]Decl // [i] goes before parts[i], the last one behind the semicolon
	types   []string // of parts; empty to leave the type
	names   []int    // tokens of the names of parts that get a new type
}

// Plan starts a list of changes.
func (r *Record) Plan() *Plan { return &Plan{record: r, changes: map[int]*change{}} }

// Errors of a Plan. They are wrapped with the line that they are about.
var (
	errNotFound  = errors.New("no member declaration is spelled here")
	errDirective = errors.New("a preprocessor directive divides this declaration")
	errBody      = errors.New("this declaration defines a type in place")
	errName      = errors.New("this member has no name of its own")
	errShape     = errors.New("this declarator cannot be taken apart")
)

func (p *Plan) fail(m Member, err error) {
	if p.err == nil {
		p.err = fmt.Errorf("line %d: %w", p.record.file.LineOf(m.Decl.Start)+1, err)
	}
}

// find gives the change for a member's declaration, and the member's place in it.
func (p *Plan) find(m Member) (c *change, part int) {
	r := p.record
	c = p.changes[m.Decl.Start]
	if c == nil {
		d := r.declaration(m.Decl)
		if m.Macro {
			d = r.invocation(m.Decl)
		}
		if d == nil {
			p.fail(m, errNotFound)
			return nil, 0
		}
		n := len(d.parts)
		c = &change{declaration: d, inserts: make([][]Decl, n+1), types: make([]string, n), names: make([]int, n)}
		p.changes[m.Decl.Start] = c
	}
	if m.Name.Start > m.Decl.Start {
		part = sort.Search(len(c.parts), func(i int) bool { return r.start(c.parts[i].end) >= m.Name.Start })
	}
	if part == len(c.parts) {
		p.fail(m, errNotFound)
		return nil, 0
	}
	return c, part
}

// InsertAfter puts members behind m, in a line of their own where m has one.
func (p *Plan) InsertAfter(m Member, decls ...Decl) {
	if c, i := p.find(m); c != nil {
		c.inserts[i+1] = append(c.inserts[i+1], decls...)
	}
}

// InsertBefore puts members in front of m and of the comment lines above it.
func (p *Plan) InsertBefore(m Member, decls ...Decl) {
	if c, i := p.find(m); c != nil {
		c.inserts[i] = append(c.inserts[i], decls...)
	}
}

// Retype gives m another type: what it was a pointer to is dropped, array
// bounds, bit width and attributes stay.
func (p *Plan) Retype(m Member, typ string) {
	if m.Type != (text.Span{}) {
		w := writer{Record: p.record}
		w.erase(m.Type.Start, m.Type.End, typ)
		p.edits = append(p.edits, w.edits...)
		return
	}
	c, i := p.find(m)
	if c == nil {
		return
	}
	r := p.record
	name := r.tokenAt(m.Name.Start)
	if name < c.parts[i].first || name >= c.parts[i].end || r.tokens[name].Kind != token.Ident ||
		r.start(name) != m.Name.Start || r.end(name) != m.Name.End {
		p.fail(m, errName)
		return
	}
	c.types[i], c.names[i] = typ, name
}

// Edits gives the edits of the file that make all changes, in order.
func (p *Plan) Edits() ([]text.Edit, error) {
	w := writer{Record: p.record, edits: slices.Clone(p.edits)}
	starts := make([]int, 0, len(p.changes))
	for start := range p.changes {
		starts = append(starts, start)
	}
	slices.Sort(starts)
	for _, start := range starts {
		c := p.changes[start]
		if err := w.change(c); err != nil {
			p.fail(Member{Decl: text.Span{Start: start}}, err)
		}
	}
	if p.err != nil {
		return nil, p.err
	}
	slices.SortStableFunc(w.edits, func(a, b text.Edit) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return a.Span.End - b.Span.End
	})
	return w.edits, nil
}

// writer writes changes as edits.
type writer struct {
	*Record
	edits []text.Edit
}

func (w *writer) replace(start, end int, by string) {
	if w.text[start:end] != by {
		w.edits = append(w.edits, text.Edit{Span: text.Span{Start: start, End: end}, New: by})
	}
}

func (w *writer) change(c *change) error {
	if list := c.inserts[0]; len(list) > 0 {
		if c.first == 0 {
			return errNotFound
		}
		w.insert(c.first-1, c, list)
	}
	if list := c.inserts[len(c.parts)]; len(list) > 0 {
		w.insert(c.semicolon, c, list)
	}
	runs := c.runs()
	if len(runs) == 1 && runs[0].typ == "" {
		return nil
	}
	if c.directive {
		return errDirective
	}
	if c.body {
		return errBody
	}
	return w.rewrite(c, runs)
}

// run is neighbouring declarators that keep one declaration.
type run struct {
	first, end int    // parts
	typ        string // empty for the old one
}

// runs cuts a declaration where types part or something is inserted.
func (c *change) runs() []run {
	var list []run
	for i, typ := range c.types {
		if n := len(list); n > 0 && list[n-1].typ == typ && len(c.inserts[i]) == 0 {
			list[n-1].end = i + 1
			continue
		}
		list = append(list, run{i, i + 1, typ})
	}
	return list
}

// insert puts declarations behind token after, as neighbours of c.
func (w *writer) insert(after int, c *change, list []Decl) {
	next := after + 1
	if next < len(w.tokens) && !w.startsLine(next) {
		w.insertInLine(next, list)
		return
	}
	at := w.restOfLine(w.end(after))
	indent, gap := w.indent(c), w.gap(c)
	var b strings.Builder
	for _, d := range list {
		b.WriteString(w.eolAt(at) + indent + w.spell(d, indent, gap))
	}
	w.replace(at, at, b.String())
}

// insertInLine puts declarations in front of token next, which stands in the
// same line as what they go behind.
func (w *writer) insertInLine(next int, list []Decl) {
	at := w.start(next)
	s := ""
	for _, d := range list {
		s += d.Type + " " + d.Declarator + "; "
	}
	if at > 0 && !strings.ContainsRune(" \t\r\n", rune(w.text[at-1])) {
		s = " " + s
		if w.is(next, token.RBrace) {
			s = strings.TrimSuffix(s, " ")
		}
	}
	w.replace(at, at, s)
}

// restOfLine is where the line ends that goes on at an offset behind a token,
// comments included that start in it.
func (w *writer) restOfLine(at int) int {
	end := at
	for {
		rest := w.text[at:]
		at += len(rest) - len(strings.TrimLeft(rest, " \t\v\f"))
		notes := w.commentsIn(text.Span{Start: at, End: min(at+1, w.span.End)})
		if len(notes) == 0 {
			return end
		}
		at = notes[0].End
		end = at
	}
}

// indent is the white space that lines of c's neighbours start with.
func (w *writer) indent(c *change) string {
	if w.startsLine(c.first) {
		return w.leading(w.start(c.first))
	}
	depth := 0
	for i := c.first - 1; i > 0; i-- { // an earlier member that starts a line
		switch depth -= w.tokens[i].Sym.Nesting(); {
		case depth < 0:
			return w.leading(w.start(i)) + "\t"
		case depth == 0 && w.is(i, token.Semicolon) && w.startsLine(i+1) && !w.is(i+1, token.Hash):
			return w.leading(w.start(i + 1))
		}
	}
	return w.leading(w.start(c.first))
}

// alignment is the column where declarators line up; gap is the white space before them that
// shows it, empty if they do not.
type alignment struct {
	gap    string
	column int
}

// gap tells how the declarators around c line up.
func (w *writer) gap(c *change) alignment {
	if a := w.alignment(c.declaration); a.gap != "" {
		return a
	}
	for _, d := range []*declaration{w.before(c.first), w.after(c.semicolon)} {
		if d != nil && (c.body || c.declare == c.semicolon) { // c itself has nothing to line up
			if a := w.alignment(d); a.gap != "" {
				return a
			}
		}
	}
	return alignment{}
}

func (w *writer) alignment(d *declaration) alignment {
	if d.body || d.directive || d.declare <= d.first || d.declare >= d.parts[0].end {
		return alignment{}
	}
	gap := w.text[w.end(d.declare-1):w.start(d.declare)]
	if !aligns(gap) {
		return alignment{}
	}
	return alignment{gap, w.column(w.start(d.declare))}
}

// before reads the declaration that ends right before token i, after the one
// that starts right behind it; nil if there is none.
func (w *writer) before(i int) *declaration {
	if !w.is(i-1, token.Semicolon) {
		return nil
	}
	depth := 0
	for j := i - 2; j >= 0; j-- {
		depth -= w.tokens[j].Sym.Nesting()
		if depth < 0 || depth == 0 && w.is(j, token.Semicolon) {
			return w.declaration(text.Span{Start: w.start(j + 1), End: w.end(i - 1)})
		}
	}
	return nil
}

func (w *writer) after(i int) *declaration {
	depth := 0
	for j := i + 1; j < len(w.tokens); j++ {
		depth += w.tokens[j].Sym.Nesting()
		if depth < 0 {
			return nil
		}
		if depth == 0 && w.is(j, token.Semicolon) {
			return w.declaration(text.Span{Start: w.start(i + 1), End: w.end(j)})
		}
	}
	return nil
}

// spell writes a declaration that starts behind the white space indent.
func (w *writer) spell(d Decl, indent string, a alignment) string {
	sep := " "
	if a.gap != "" {
		sep = fill(a.gap, width(width(0, indent), d.Type), a.column)
	}
	return d.Type + sep + d.Declarator + ";"
}
