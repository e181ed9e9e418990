package cpp

import (
	"sort"
	"sync"
	"sync/atomic"

	"abide/analysis/text"
	"abide/analysis/token"
)

type fileState struct {
	sections []*Section
	bases    []int // where each section begins, and the length of the text

	indexOnce sync.Once
	index     map[*Section]int

	guardOnce sync.Once
	guard     token.Sym

	lexedOnce sync.Once
	lexed     *token.Lexed

	verified atomic.Uint64 // the moment at which it was what lies on disk
}

// newFile puts a file together. starts are the offsets at which its sections
// begin; section makes or finds them.
func newFile(path string, t *text.File, sections []*Section, bases []int) *File {
	return &File{Path: path, Text: t, fileState: fileState{sections: sections, bases: bases}}
}

// base gives the offset of a section in the file.
func (f *File) base(s *Section) (int, bool) {
	f.indexOnce.Do(func() {
		f.index = make(map[*Section]int, len(f.sections))
		for i := len(f.sections) - 1; i >= 0; i-- {
			f.index[f.sections[i]] = f.bases[i]
		}
	})
	base, ok := f.index[s]
	return base, ok
}

// sectionAt is the index of the section that holds the byte at an offset, or
// of the last one; -1 if there is none.
func (f *File) sectionAt(offset int) int {
	return min(sort.SearchInts(f.bases, offset+1)-1, len(f.sections)-1)
}

// Comments lists the comments of the file, in order.
func (f *File) Comments() []text.Span {
	var list []text.Span
	for i, s := range f.sections {
		s.prepare()
		for _, c := range s.Lex.Comments {
			list = append(list, text.Span{Start: f.bases[i] + c.Start, End: f.bases[i] + c.End})
		}
	}
	return list
}

// RawToken is a token as the file spells it.
type RawToken struct {
	token.Token           // Start and End are relative to a section: use Span
	Span        text.Span // in the file
	// Directive is the name of the directive that the token stands in
	// ("define", "include"; for a bare # the empty string), if InDirective.
	Directive   string
	InDirective bool
	// Operand is the index of the token behind the directive's name: 0 for
	// the name that #define defines. -1 for # and the directive's name.
	Operand int
}

// TokenAt gives the token that an offset lies in, or that ends there if none
// begins; ok is false in white space and comments.
func (f *File) TokenAt(offset int) (t RawToken, ok bool) {
	k := f.sectionAt(offset)
	if k < 0 || offset < 0 {
		return t, false
	}
	t, ok = f.tokenIn(k, offset)
	if !ok && k > 0 && offset == f.bases[k] {
		t, ok = f.tokenIn(k-1, offset)
	}
	return t, ok
}

func (f *File) tokenIn(k, offset int) (t RawToken, ok bool) {
	s, base := f.sections[k], f.bases[k]
	s.prepare()
	toks := s.Lex.Tokens[:len(s.Lex.Tokens)-1]
	rel := uint32(offset - base)
	i := sort.Search(len(toks), func(i int) bool { return toks[i].End > rel })
	if i == len(toks) || toks[i].Start > rel {
		if i == 0 || toks[i-1].End != rel {
			return t, false
		}
		i--
	}
	t = RawToken{Token: toks[i], Span: text.Span{Start: base + int(toks[i].Start), End: base + int(toks[i].End)}, Operand: -1}
	n := sort.Search(len(s.items), func(n int) bool { return s.items[n].to > int32(i) })
	if n < len(s.items) && s.items[n].kind != dirText {
		it := &s.items[n]
		t.InDirective = true
		if name := it.hash + 1; name < it.to && toks[name].Kind == token.Ident {
			t.Directive = toks[name].Sym.String()
		}
		if int32(i) >= it.from {
			t.Operand = i - int(it.from)
		}
	}
	return t, true
}

// includeGuard is the macro that, if defined, makes the file empty; 0 if there
// is none: the whole text is one #ifndef group.
func (f *File) includeGuard() token.Sym {
	f.guardOnce.Do(func() { f.guard = f.findGuard() })
	return f.guard
}

func (f *File) findGuard() token.Sym {
	guard, depth := token.Sym(0), 0
	for _, s := range f.sections {
		s.prepare()
		for i := range s.items {
			it := &s.items[i]
			switch {
			case guard == 0:
				if guard = guardOf(s, it); guard == 0 {
					return 0
				}
				depth = 1
			case depth == 0:
				return 0
			case it.kind.opens():
				depth++
			case it.kind == dirEndif:
				depth--
			case it.kind.conditional() && depth == 1:
				return 0
			}
		}
	}
	if depth != 0 {
		return 0
	}
	return guard
}

// guardOf gives NAME of #ifndef NAME and #if !defined NAME.
func guardOf(s *Section, it *item) token.Sym {
	toks := s.Lex.Tokens[it.from:it.to]
	switch {
	case it.kind == dirIfndef && len(toks) == 1 && toks[0].Kind == token.Ident:
		return toks[0].Sym
	case it.kind != dirIf || len(toks) < 3 || toks[0].Sym != token.Not || toks[1].Sym != token.SymDefined:
		return 0
	}
	toks = toks[2:]
	if len(toks) == 3 && toks[0].Sym == token.LParen && toks[2].Sym == token.RParen {
		toks = toks[1:2]
	}
	if len(toks) == 1 && toks[0].Kind == token.Ident {
		return toks[0].Sym
	}
	return 0
}
