package cpp

import (
	"iter"
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// Lexed is the tokens and comments of the file, as token.Lex gives them, put
// together once from those of its sections.
func (f *File) Lexed() *token.Lexed {
	f.lexedOnce.Do(func() {
		if f.lexed = f.joined(); f.lexed == nil {
			f.lexed = token.Lex(f.Text.Content())
		}
	})
	return f.lexed
}

// joined is nil if the sections alone do not tell: where one ends within
// something that the lexer would have looked for the end of.
func (f *File) joined() *token.Lexed {
	if len(f.sections) == 0 {
		return nil
	}
	tokens, comments := 1, 0
	last := len(f.sections) - 1
	for i, s := range f.sections {
		s.prepare()
		if i < last && !s.closed() || i > 0 && strings.HasPrefix(s.text, token.ByteOrderMark) {
			return nil
		}
		tokens += len(s.Lex.Tokens) - 1
		comments += len(s.Lex.Comments)
	}
	out := &token.Lexed{Text: f.Text.Content(), Tokens: make([]token.Token, 0, tokens), OpenComment: -1}
	if comments > 0 {
		out.Comments = make([]text.Span, 0, comments)
	}
	flags := token.Flags(0) // of white space before the section
	for i, s := range f.sections {
		base, from := f.bases[i], len(out.Tokens)
		end := len(s.Lex.Tokens)
		if i < last {
			end--
		}
		out.Tokens = append(out.Tokens, s.Lex.Tokens[:end]...)
		for k := range out.Tokens[from:] {
			t := &out.Tokens[from+k]
			t.Start += uint32(base)
			t.End += uint32(base)
		}
		if from < len(out.Tokens) {
			out.Tokens[from].Flags = s.first | flags
			flags = 0
		}
		flags |= s.after()
		for _, c := range s.Lex.Comments {
			out.Comments = append(out.Comments, text.Span{Start: base + c.Start, End: base + c.End})
		}
	}
	end := f.sections[last].Lex
	out.OpenRaw = end.OpenRaw
	if end.OpenComment >= 0 {
		out.OpenComment = f.bases[last] + end.OpenComment
	}
	return out
}

// closed tells whether the section ends with a line break that the lexer, too,
// takes for one, whatever follows.
func (s *Section) closed() bool {
	comments := s.Lex.Comments
	return s.after()&token.FirstOnLine != 0 && s.Lex.OpenComment < 0 && !s.Lex.OpenRaw &&
		(len(comments) == 0 || comments[len(comments)-1].End < len(s.text))
}

// after is the flags that what stands behind the section's tokens gives to the
// next one.
func (s *Section) after() token.Flags {
	if n := len(s.Lex.Tokens); n > 1 {
		return s.Lex.Tokens[n-1].Flags
	}
	return s.first
}

// Code yields the tokens of the file outside of directives, in order, in runs
// of whole lines. Their offsets are of use to nobody: they count from where a
// section begins.
func (f *File) Code() iter.Seq[[]token.Token] {
	return func(yield func([]token.Token) bool) {
		for _, s := range f.sections {
			s.prepare()
			for i := range s.items {
				if it := &s.items[i]; it.kind == dirText && !yield(s.Lex.Tokens[it.from:it.to]) {
					return
				}
			}
		}
	}
}
