// Package fix plans edits of record definitions that keep what the author
// wrote: comments, indentation, columns, line ends, macros. It works on the
// text and on spans in it; what should be changed, others know.
//
//	p := fix.Read(file, recordSpan).Plan()
//	p.InsertAfter(size, fix.Decl{Type: "__u32", Declarator: "__pad"})
//	p.Retype(data, "__u64")
//	edits, err := p.Edits()
package fix

import (
	"sort"
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// Record is the source of one record definition.
type Record struct {
	file   *text.File
	text   string
	span   text.Span
	tokens []token.Token // of span; offsets are the file's
	notes  []text.Span   // comments, likewise
}

// Read takes the definition that stands at span: from its keyword, or any
// other token before it, to its closing brace, or the end of the macro
// invocation that it is written in.
func Read(f *text.File, span text.Span) *Record {
	span.Start = max(0, min(span.Start, f.Len()))
	span.End = max(span.Start, min(span.End, f.Len()))
	r := &Record{file: f, text: f.Content(), span: span}
	lx := token.Lex(r.text[span.Start:span.End])
	r.tokens = lx.Tokens[:len(lx.Tokens)-1]
	for i := range r.tokens {
		r.tokens[i].Start += uint32(span.Start)
		r.tokens[i].End += uint32(span.Start)
	}
	r.notes = lx.Comments
	for i := range r.notes {
		r.notes[i].Start += span.Start
		r.notes[i].End += span.Start
	}
	return r
}

// eolAt is the line break that ends the line of an offset; that of the file's
// first line if there is none.
func (r *Record) eolAt(offset int) string {
	for _, line := range []int{r.file.LineOf(offset), 0} {
		if s := r.text[r.file.LineEnd(line):r.file.LineStart(line+1)]; s != "" {
			return s
		}
	}
	return "\n"
}

// tokenAt is the index of the first token that starts at an offset or later.
func (r *Record) tokenAt(offset int) int {
	return sort.Search(len(r.tokens), func(i int) bool { return int(r.tokens[i].Start) >= offset })
}

func (r *Record) start(i int) int { return int(r.tokens[i].Start) }
func (r *Record) end(i int) int   { return int(r.tokens[i].End) }

// is tells whether token i is a punctuator or word of the symbol.
func (r *Record) is(i int, sym token.Sym) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].Sym == sym
}

// startsLine tells whether token i is the first of its line. Past the last
// token something follows that does not belong to the record.
func (r *Record) startsLine(i int) bool {
	if i == 0 {
		line := r.file.LineStart(r.file.LineOf(r.start(0)))
		return blank(r.text[line:r.start(0)])
	}
	return i < len(r.tokens) && r.tokens[i].Flags&token.FirstOnLine != 0
}

// commentsIn lists the comments in a span that starts and ends outside of
// comments.
func (r *Record) commentsIn(s text.Span) []text.Span {
	i := sort.Search(len(r.notes), func(i int) bool { return r.notes[i].Start >= s.Start })
	j := sort.Search(len(r.notes), func(i int) bool { return r.notes[i].Start >= s.End })
	return r.notes[i:max(i, j)]
}

// leading is the white space that a line starts with.
func (r *Record) leading(offset int) string {
	line := r.text[r.file.LineStart(r.file.LineOf(offset)):offset]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
