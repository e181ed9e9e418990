package decl

import (
	"strings"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// entry is one name that an item declares at file scope.
type entry struct {
	sym  token.Sym
	kind entryKind
	item *Item
}

type entryKind uint8

const (
	isTypedef entryKind = iota
	isObject
	isEnumerator
	isTag // a struct, union or enum that is defined, not merely declared
)

// maxNesting bounds every recursion over the source text.
const maxNesting = 200

// lister lists the names that an item declares without parsing it.
type lister struct {
	toks []cpp.Token
	item *Item
	out  []entry
}

// list appends the names of it.
func (l *lister) list(it *Item) {
	l.item, l.toks = it, it.Tokens
	if it.body > 0 {
		l.toks = it.Tokens[:it.body]
	}
	i, kind := l.specifiers()
	if i >= 0 {
		l.declarators(i, kind)
	}
}

func (l *lister) at(i int) *cpp.Token {
	if i < len(l.toks) {
		return &l.toks[i]
	}
	return &noToken
}

var noToken cpp.Token

func (l *lister) add(sym token.Sym, kind entryKind) {
	l.out = append(l.out, entry{sym: sym, kind: kind, item: l.item})
}

// isName tells whether t is an identifier and no keyword.
func isName(t *cpp.Token) bool {
	w := wordOf(t.Sym)
	return t.Kind == token.Ident && (w == wordNone || w == wordNote)
}

// specifiers steps over the declaration specifiers. It returns -1 if the item
// declares nothing.
func (l *lister) specifiers() (i int, kind entryKind) {
	kind = isObject
	typed := false
	for i < len(l.toks) {
		t := &l.toks[i]
		switch w := wordOf(t.Sym); w {
		case wordTypedef:
			kind = isTypedef
			i++
		case wordBasic, wordAutoType:
			typed = true
			i++
		case wordRecord, wordEnum:
			typed = true
			i = l.tagged(i, 0)
		case wordTypeof, wordAtomic:
			if l.at(i+1).Sym == token.LParen {
				typed = true
			}
			i = l.parens(i + 1)
		case wordAttribute, wordDeclspec, wordAlignas, wordAsm:
			i = l.parens(i + 1)
		case wordDrop, wordQual, wordNote:
			i++
		case wordNone:
			switch {
			case t.Kind == token.Pragma:
				i++
				continue
			case l.bracketed(i):
				i = l.balanced(i)
				continue
			case t.Kind != token.Ident || typed:
				return i, kind
			}
			next := l.at(i + 1)
			switch {
			case next.Sym == token.Star, next.Kind == token.Ident:
			case next.Sym == token.LParen && (kind == isTypedef || l.at(i+2).Sym == token.Star):
			default:
				return -1, kind
			}
			typed = true
			i++
		default:
			return -1, kind
		}
	}
	return i, kind
}

// declarators lists what is declared from i on.
func (l *lister) declarators(i int, kind entryKind) {
	for i < len(l.toks) {
		t := &l.toks[i]
		switch w := wordOf(t.Sym); {
		case w == wordAttribute || w == wordDeclspec || w == wordAlignas || w == wordAsm:
			i = l.parens(i + 1)
		case isName(t) && !endsName(t, l.at(i+1)):
			i++ // a macro that nobody defined, or the type behind one
		case isName(t):
			l.add(t.Sym, kind)
			i = l.rest(i + 1)
		case l.bracketed(i):
			i = l.balanced(i)
		case t.Sym == token.Semicolon:
			return
		default:
			i++
		}
	}
}

// endsName tells whether next can follow a declared name, or whether that is a
// macro which nobody defined, or the type behind one.
func endsName(name, next *cpp.Token) bool {
	switch next.Kind {
	case token.Punct:
		return next.Sym != token.Star
	case token.Ident:
		switch w := wordOf(next.Sym); w {
		case wordAttribute, wordDeclspec, wordAsm, wordNote:
			return true
		case wordNone:
			// The kernel's attribute macros begin so, and stand behind.
			return strings.HasPrefix(next.Sym.String(), "__") && !strings.HasPrefix(name.Sym.String(), "__")
		}
		return false
	}
	return true
}

// rest steps from behind a declared name to behind the next comma at the same
// level; parentheses that the declarator opened before are closed on the way.
func (l *lister) rest(i int) int {
	for i < len(l.toks) {
		switch l.toks[i].Sym {
		case token.LParen, token.LBracket, token.LBrace:
			i = l.balanced(i)
		case token.Comma:
			return i + 1
		case token.Semicolon:
			return i
		default:
			i++
		}
	}
	return i
}

// tagged steps over a struct, union or enum specifier and lists what it defines.
func (l *lister) tagged(i, depth int) int {
	w := wordOf(l.toks[i].Sym)
	var tag token.Sym
	based := false // behind the colon of `enum e : T`
	for i++; i < len(l.toks); {
		t := &l.toks[i]
		switch tw := wordOf(t.Sym); {
		case tw == wordAttribute || tw == wordDeclspec || tw == wordAlignas:
			i = l.parens(i + 1)
			continue
		case tag == 0 && l.bracketed(i):
			i = l.balanced(i)
			continue
		case tw == wordNote:
		case isName(t) && tag == 0:
			tag = t.Sym
		case w == wordEnum && t.Sym == token.Colon:
			based = true
		case based && (tw == wordBasic || isName(t)):
		case t.Kind == token.Pragma:
		case t.Sym == token.LBrace:
			if tag != 0 {
				l.add(tag, isTag)
			}
			if w == wordEnum {
				return l.enumerators(i + 1)
			}
			return l.members(i+1, depth+1)
		default:
			return i
		}
		i++
	}
	return i
}

// members steps over a record's body and lists what is defined in it.
func (l *lister) members(i, depth int) int {
	if depth > maxNesting {
		return l.balanced(i - 1)
	}
	for level := 1; i < len(l.toks); {
		t := &l.toks[i]
		if w := wordOf(t.Sym); w == wordRecord || w == wordEnum {
			i = l.tagged(i, depth)
			continue
		}
		i++
		switch t.Sym {
		case token.LBrace:
			level++
		case token.RBrace:
			if level--; level == 0 {
				return i
			}
		}
	}
	return i
}

// enumerators steps over an enum's body and lists its constants.
func (l *lister) enumerators(i int) int {
	for expect := true; i < len(l.toks); {
		t := &l.toks[i]
		switch {
		case t.Sym == token.RBrace:
			return i + 1
		case t.Sym == token.Comma:
			expect = true
			i++
		case t.Sym == token.LParen || t.Sym == token.LBracket || t.Sym == token.LBrace:
			i = l.balanced(i)
		case expect && isName(t):
			l.add(t.Sym, isEnumerator)
			expect = false
			i++
		default:
			i++
		}
	}
	return i
}

// parens steps over a group in parentheses, if one starts at i.
func (l *lister) parens(i int) int {
	if l.at(i).Sym == token.LParen {
		return l.balanced(i)
	}
	return i
}

// bracketed tells whether C23's [[attribute]] begins at i.
func (l *lister) bracketed(i int) bool {
	return l.at(i).Sym == token.LBracket && l.at(i+1).Sym == token.LBracket
}

// balanced steps over a group in brackets of any kind.
func (l *lister) balanced(i int) int { return skipGroup(l.toks, i) }

// skipGroup returns the index behind the bracket that closes the one at i, or
// len(toks).
func skipGroup(toks []cpp.Token, i int) int {
	for depth := 0; i < len(toks); i++ {
		n := toks[i].Sym.Nesting()
		if depth += n; n < 0 && depth <= 0 {
			return i + 1
		}
	}
	return i
}
