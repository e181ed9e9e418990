package fix

import (
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// rewrite gives runs of declarators declarations and types of their own.
func (w *writer) rewrite(c *change, runs []run) error {
	own := w.ownLines(c)
	indent, align := w.indent(c), w.alignment(c.declaration)
	mark := len(w.edits)
	for n, run := range runs {
		spec := w.specifiers(c, run)
		switch {
		case n > 0:
			w.divide(c, run, w.header(c, run, own, indent, spec, align))
		case run.typ != "":
			if !w.respecify(c, spec, align) {
				return errShape
			}
		}
		if run.typ == "" {
			continue
		}
		for i := run.first; i < run.end; i++ {
			if i > run.first {
				w.erase(w.start(c.parts[i].first), w.start(c.names[i]), "")
			}
			if !w.reduce(c, i) {
				return errShape
			}
		}
	}
	w.keepColumn(c, mark)
	return nil
}

// ownLines tells whether a declaration shares its lines with no other code.
func (w *writer) ownLines(c *change) bool {
	next := c.semicolon + 1
	return w.startsLine(c.first) && (next >= len(w.tokens) || w.startsLine(next))
}

// spec is specifiers in one line, without comments. lead of their tokens stay
// where they are if they are written in the place of the old ones.
type spec struct {
	text, rest string // rest is without the leading ones
	lead       int
}

// specifiers writes those of a declaration for one run of its declarators.
// Attributes stay; qualifiers, too, unless they speak of what is pointed to.
func (w *writer) specifiers(c *change, run run) spec {
	if run.typ == "" {
		s := w.join(c.first, c.declare, "", func(int) bool { return true })
		return spec{text: s, rest: s}
	}
	pointer := false
	for i := run.first; i < run.end; i++ {
		for k := c.parts[i].first; k < c.names[i]; k++ {
			pointer = pointer || w.is(k, token.Star)
		}
	}
	kept := make([]bool, c.declare-c.first)
	for i := c.first; i < c.declare; i++ {
		switch sym := w.tokens[i].Sym; {
		case attributeWord(sym):
			end := i
			if w.is(i+1, token.LParen) {
				end = min(w.closing(i+1, c.declare), c.declare-1)
			}
			for ; i < end; i++ {
				kept[i-c.first] = true
			}
			kept[i-c.first] = true
		case qualifierWord(sym):
			kept[i-c.first] = !pointer
		}
	}
	keep := func(i int) bool { return kept[i-c.first] }
	lead := c.first
	for lead < c.declare && keep(lead) {
		lead++
	}
	return spec{
		text: w.join(c.first, c.declare, run.typ, keep),
		rest: w.join(lead, c.declare, run.typ, keep),
		lead: lead - c.first,
	}
}

// join writes tokens with the blanks between them reduced to one, and typ in
// the place of those that are not kept.
func (w *writer) join(first, end int, typ string, keep func(int) bool) string {
	var b strings.Builder
	blankBefore := false
	for i := first; i < end; i++ {
		s := w.text[w.start(i):w.end(i)]
		if !keep(i) {
			s, typ = typ, ""
			if s == "" {
				continue
			}
			blankBefore = true
		}
		if b.Len() > 0 && (blankBefore || w.tokens[i].Flags&token.SpaceBefore != 0) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		blankBefore = !keep(i)
	}
	return b.String()
}

// respecify writes the specifiers of a declaration in place, and takes away
// what stands between them and the name.
func (w *writer) respecify(c *change, s spec, a alignment) bool {
	first := c.first + s.lead
	if first >= c.declare {
		return false
	}
	from, to := w.start(first), w.start(c.names[0])
	sep := " "
	if inner := w.text[w.end(c.names[0]-1):to]; a.gap == "" && aligns(inner) { // char *	p
		a = alignment{inner, w.column(to)}
	} else if a.gap != "" && w.aligned(c, w.column(to)) { // names line up, stars stand before them
		a.column = w.column(to)
	}
	switch gap := w.text[w.end(c.declare-1):w.start(c.declare)]; {
	case a.gap != "":
		sep = fill(a.gap, width(w.column(from), s.rest), a.column)
	case strings.ContainsAny(gap, "\r\n") && blank(gap):
		sep = gap
	}
	if len(w.commentsIn(text.Span{Start: from, End: to})) == 0 {
		s.rest += sep
	}
	w.erase(from, to, s.rest)
	return true
}

// aligned tells whether declarators around c line up at a column, and none at
// that of c's own.
func (w *writer) aligned(c *change, column int) bool {
	own, there := w.column(w.start(c.declare)), false
	for _, d := range []*declaration{w.before(c.first), w.after(c.semicolon)} {
		if d == nil {
			continue
		}
		switch a := w.alignment(d); {
		case a.gap != "" && a.column == own:
			return false
		case a.gap != "" && a.column == column:
			there = true
		}
	}
	return there
}

// header is what stands between two declarations that were one.
func (w *writer) header(c *change, run run, own bool, indent string, s spec, a alignment) string {
	var b strings.Builder
	decls := append(c.inserts[run.first][:len(c.inserts[run.first]):len(c.inserts[run.first])], Decl{})
	for i, d := range decls {
		last := i == len(decls)-1
		if last {
			d.Type = s.text
		}
		sep := " "
		if own {
			b.WriteString(w.eolAt(w.start(c.first)) + indent)
			if a.gap != "" {
				sep = fill(a.gap, width(width(0, indent), d.Type), a.column)
			}
		} else {
			b.WriteString(" ")
		}
		b.WriteString(d.Type + sep)
		if !last {
			b.WriteString(d.Declarator + ";")
		}
	}
	return b.String()
}

// divide ends a declaration before a run and starts the next one with header.
// Comments in between go with what they stand behind.
func (w *writer) divide(c *change, run run, header string) {
	comma := c.parts[run.first-1].end
	w.replace(w.start(comma), w.end(comma), ";")
	from, to := w.end(comma), w.start(c.parts[run.first].first)
	if run.typ != "" {
		to = w.start(c.names[run.first])
	}
	if notes := w.commentsIn(text.Span{Start: from, End: to}); len(notes) > 0 {
		last := notes[len(notes)-1]
		w.erase(from, last.Start, "")
		from = last.End
		if w.lineComment(last) {
			header = w.eolAt(last.End) + strings.TrimLeft(header, " \r\n")
		}
	}
	w.replace(from, to, header)
}

// reduce takes away what a declarator has behind its name except array bounds
// of the name itself, attributes and bit width: void (*cb[2])(int) leaves cb[2].
func (w *writer) reduce(c *change, part int) bool {
	open := 0
	for i := c.parts[part].first; i < c.names[part]; i++ {
		switch w.tokens[i].Sym {
		case token.LParen:
			open++
		case token.RParen:
			open--
		}
	}
	i, end := c.names[part]+1, c.parts[part].end
	for w.is(i, token.LBracket) && i < end {
		i = w.closing(i, end) + 1
	}
	from := i
	for ; open > 0; open-- {
		if i >= end || !w.is(i, token.RParen) {
			return false
		}
		for i++; i < end && (w.is(i, token.LParen) || w.is(i, token.LBracket)); i++ {
			i = w.closing(i, end)
		}
	}
	if i > end || w.is(i, token.LParen) {
		return false
	}
	if i > from {
		w.erase(w.end(from-1), w.end(i-1), "")
	}
	return true
}

// erase replaces all but the comments between two offsets, by text where they
// start. What stood in separate lines or words stays so.
func (w *writer) erase(start, end int, by string) {
	at := start
	after := false // a line comment
	for _, note := range w.commentsIn(text.Span{Start: start, End: end}) {
		piece := w.text[at:note.Start]
		if !blank(piece) {
			w.replace(at, note.Start, w.lineBreak(piece, after)+by+" ")
		}
		by, at, after = "", note.End, w.lineComment(note)
	}
	piece := w.text[at:end]
	switch {
	case blank(piece):
		return
	case at > start:
		by = w.lineBreak(piece, after)
	}
	if by == "" && end < len(w.text) && (w.text[end] == '/' || at > start && inWord(w.text[end])) {
		by = " "
	}
	w.replace(at, end, by)
}

// lineBreak is the white space that piece starts with if a line comment stands
// before it.
func (w *writer) lineBreak(piece string, afterLineComment bool) string {
	if !afterLineComment {
		return ""
	}
	return piece[:len(piece)-len(strings.TrimLeft(piece, " \t\r\n"))]
}

func (w *writer) lineComment(note text.Span) bool {
	return !strings.HasSuffix(w.text[note.Start:note.End], "*/") || note.End-note.Start < len("/**/") ||
		w.text[note.Start+1] == '/'
}

// keepColumn moves the comment behind a declaration back to its column, if it
// was put there with more than a blank; the edits from mark on moved it.
func (w *writer) keepColumn(c *change, mark int) {
	from := w.end(c.semicolon)
	rest := w.text[from:]
	to := from + len(rest) - len(strings.TrimLeft(rest, " \t"))
	gap := w.text[from:to]
	if !aligns(gap) || len(w.commentsIn(text.Span{Start: to, End: min(to+1, w.span.End)})) == 0 {
		return
	}
	line := w.file.LineStart(w.file.LineOf(w.start(c.first)))
	var edits []text.Edit
	for _, e := range w.edits[mark:] {
		e.Span.Start -= line
		e.Span.End -= line
		edits = append(edits, e)
	}
	changed, err := text.New(w.text[line:from]).Apply(edits...)
	if err != nil {
		return
	}
	s := changed.Content()
	s = s[strings.LastIndexAny(s, "\r\n")+1:]
	w.replace(from, to, fill(gap, width(0, s), w.column(to)))
}
