package cpp

import (
	"sync"
	"sync/atomic"

	"abide/analysis/token"
)

type sectionState struct {
	text string
	// unspelled: it stands in no file.
	unspelled bool
	once      sync.Once
	first     token.Flags // of the first token or the end, if nothing stood before the section
	items     []item
	// odd: some group is continued behind its #else.
	odd bool
	// macros has the definitions of the section's #define lines by item.arg,
	// each made when it is executed for the first time.
	macros []atomic.Pointer[Macro]
	memory
}

// item is a directive, or a run of text between directives.
type item struct {
	kind directive
	// A directive's operands, or a run's tokens.
	from, to int32
	hash     int32 // index of the directive's #
	// next is the item that continues or ends the conditional group that this
	// one opens or continues; the number of items if it is in a later section.
	next int32
	arg  int32 // #define: index in macros
}

// directive is what kind of directive an item is.
type directive uint8

const (
	dirText directive = iota
	dirNull
	dirUnknown
	dirDefine
	dirUndef
	dirInclude
	dirIncludeNext
	dirImport
	dirIf
	dirIfdef
	dirIfndef
	dirElif
	dirElifdef
	dirElifndef
	dirElse
	dirEndif
	dirLine
	dirMarker // # 12 "f"
	dirError
	dirWarning
	dirPragma
	dirIdent
	dirIgnored
)

var directives = map[token.Sym]directive{
	token.SymDefine:      dirDefine,
	token.SymUndef:       dirUndef,
	token.SymInclude:     dirInclude,
	token.SymIncludeNext: dirIncludeNext,
	token.SymImport:      dirImport,
	token.SymIf:          dirIf,
	token.SymIfdef:       dirIfdef,
	token.SymIfndef:      dirIfndef,
	token.SymElif:        dirElif,
	token.SymElifdef:     dirElifdef,
	token.SymElifndef:    dirElifndef,
	token.SymElse:        dirElse,
	token.SymEndif:       dirEndif,
	token.SymLine:        dirLine,
	token.SymError:       dirError,
	token.SymWarning:     dirWarning,
	token.SymPragma:      dirPragma,
	token.SymIdent:       dirIdent,
	token.SymSccs:        dirIdent,
	token.SymAssert:      dirIgnored,
	token.SymUnassert:    dirIgnored,
}

// opens tells whether a directive opens a conditional group.
func (d directive) opens() bool { return d == dirIf || d == dirIfdef || d == dirIfndef }

// conditional tells whether a directive is looked at in skipped text.
func (d directive) conditional() bool { return d >= dirIf && d <= dirEndif }

func (d directive) include() bool { return d >= dirInclude && d <= dirImport }

// prepare lexes the section and finds its directives, once.
func (s *Section) prepare() {
	s.once.Do(func() {
		s.Lex = token.Lex(s.text)
		s.first = s.Lex.Tokens[0].Flags
		s.Lex.Tokens[0].Flags |= token.SpaceBefore // the end of the line before
		s.parse()
	})
}

// loneInclude gives the directive of a section that is an #include line and
// nothing else.
func (s *Section) loneInclude() *item {
	if len(s.items) == 1 && s.items[0].kind.include() {
		return &s.items[0]
	}
	return nil
}

func (s *Section) parse() {
	toks := s.Lex.Tokens
	n, defines := 1, 0
	for i := range toks {
		if toks[i].Sym == token.Hash && toks[i].Flags&token.FirstOnLine != 0 {
			n += 2
		}
	}
	s.items = make([]item, 0, n)
	var open []int32 // the latest items of unfinished conditional groups
	end := int32(len(toks) - 1)
	for i := int32(0); i < end; {
		it := item{from: i, hash: i}
		if !startsDirective(&toks[i]) {
			for i++; i < end && !startsDirective(&toks[i]); i++ {
			}
			it.to = i
			s.items = append(s.items, it)
			continue
		}
		for i++; i < end && toks[i].Flags&token.FirstOnLine == 0; i++ {
		}
		it.from, it.to = it.hash+1, i
		it.kind = dirNull
		if it.from < it.to {
			it.kind = dirUnknown
			switch t := &toks[it.from]; t.Kind {
			case token.Ident:
				it.kind = directives[t.Sym]
				if it.kind == dirText {
					it.kind = dirUnknown
				}
				it.from++
			case token.Number:
				it.kind = dirMarker
			}
		}
		self := int32(len(s.items))
		switch {
		case it.kind == dirDefine:
			it.arg = int32(defines)
			defines++
		case it.kind.conditional():
			if !it.kind.opens() && len(open) > 0 {
				before := &s.items[open[len(open)-1]]
				before.next = self
				s.odd = s.odd || before.kind == dirElse && it.kind != dirEndif
				open = open[:len(open)-1]
			}
			if it.kind != dirEndif {
				open = append(open, self)
			}
		}
		s.items = append(s.items, it)
	}
	for _, i := range open {
		s.items[i].next = int32(len(s.items))
	}
	s.macros = make([]atomic.Pointer[Macro], defines)
}

func startsDirective(t *token.Token) bool {
	return t.Sym == token.Hash && t.Flags&token.FirstOnLine != 0
}

// define gives the macro of a #define line, which is always the same one; nil
// and a message if the line is not valid.
func (s *Section) define(it *item) (*Macro, *defineError) {
	slot := &s.macros[it.arg]
	if m := slot.Load(); m != nil {
		if m.err != nil {
			return nil, m.err
		}
		return m, nil
	}
	m := parseDefine(s, it.from, it.to)
	if !slot.CompareAndSwap(nil, m) {
		m = slot.Load()
	}
	if m.err != nil {
		return nil, m.err
	}
	return m, nil
}
