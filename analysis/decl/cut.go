package decl

import (
	"abide/analysis/cpp"
	"abide/analysis/token"
)

// cutter finds the ends of top-level items by counting braces. Text that is
// being written has braces missing, so three signs, all of them taken from the
// way C is laid out on lines, end an item early: a definition that starts in
// the column where the item itself starts although a brace is open, a new
// declaration after a closing brace that no semicolon follows, and a call at
// file scope without a semicolon (a macro that nobody defined).
//
// Positions are counted in tokens from the start of the item. The state may be
// copied with clone.
type cutter struct {
	n      int // tokens of the item so far
	column int // of the item's first token
	stack  []brace
	parens int // open at depth 0
	prev   token.Sym
	first  word // of the item's first token

	assign  bool // at depth 0, behind a =
	body    int  // where the body of a function starts; 0 for none yet
	records bool // a record is defined somewhere in it
	pragmas bool // a pragma stands in it

	// A struct, union or enum keyword whose brace may come.
	kind     word
	kindAt   int
	kindLine bool // it starts a line, in the item's column
	kindTag  bool
	attr     attrScan // steps over attributes in between

	call    bool // so far it is IDENT ( …
	called  bool // … )
	closed  bool // at depth 0 right behind the brace of a record or enum
	suspect int  // the identifier on a new line behind such a brace

	declAt   int  // the first token since the last ; or brace
	declLine bool // it starts a line, in the item's column
	head     head
	fresh    bool
	rejoin   int // where to cut if the next token is a semicolon; 0 for nowhere
}

// head tells whether a declaration or statement begins like a function's
// definition: two words or more and stars, then a parenthesis.
type head uint8

const (
	headNone head = iota
	headWord      // one word so far
	headWords
	headFunction
	headOther
)

func (h head) step(t *cpp.Token, w word) head {
	switch {
	case h >= headFunction:
		return h
	case t.Sym == token.LParen && h == headWords:
		return headFunction
	case t.Kind == token.Ident && w != wordStatement:
		return min(h+1, headWords)
	case t.Sym == token.Star && h > headNone:
		return headWords
	}
	return headOther
}

// brace is an open brace.
type brace struct {
	kind  braceKind
	start int // of a record definition that may be the next item; 0 for none
}

type braceKind uint8

const (
	inRecord braceKind = iota
	inEnum
	inBlock       // function body, statement expression
	inInitializer // also what stands in braces in parentheses
)

// attrScan follows an attribute through its parentheses or brackets.
type attrScan struct {
	on    bool
	depth int
}

func (a *attrScan) step(s token.Sym) {
	switch s {
	case token.LParen, token.LBracket:
		a.depth++
	case token.RParen, token.RBracket:
		if a.depth--; a.depth <= 0 {
			*a = attrScan{}
		}
	default:
		if a.depth == 0 {
			*a = attrScan{}
		}
	}
}

func (c *cutter) clone() cutter {
	d := *c
	d.stack = append([]brace(nil), c.stack...)
	return d
}

func (c *cutter) reset() { *c = cutter{stack: c.stack[:0]} }

// step looks at the next token. It returns the length of the item if that is
// now known, else -1. The length may be smaller than the number of tokens seen:
// the rest is then to be looked at again.
func (c *cutter) step(t *cpp.Token) int {
	i := c.n
	c.n++
	if c.quick(t, i) {
		c.prev = t.Sym
		return -1
	}
	if t.Kind == token.Pragma {
		c.pragmas = true
		return -1
	}
	w := wordOf(t.Sym)
	if i == 0 {
		c.column = -1
		c.first = w
		c.call = t.Kind == token.Ident && w == wordNone
		c.kindAt = -1
	}
	line := t.Flags&token.FirstOnLine != 0 && t.Exp == nil && i > 0
	var end int
	if len(c.stack) == 0 {
		end = c.outer(t, w, i, line)
	} else {
		end = c.inner(t, w, i, line)
	}
	if end < 0 {
		c.follow(t, w, i, line)
		c.prev = t.Sym
	}
	return end
}

// quick tells whether a token between braces changes nothing but prev. Most
// tokens are such.
func (c *cutter) quick(t *cpp.Token, i int) bool {
	if len(c.stack) == 0 || c.fresh || c.rejoin > 0 || c.kind != wordNone || c.head < headFunction || t.Flags&token.FirstOnLine != 0 {
		return false
	}
	switch t.Kind {
	case token.Ident:
		w := wordOf(t.Sym)
		return w != wordRecord && w != wordEnum
	case token.Punct:
		return t.Sym != token.LBrace && t.Sym != token.RBrace && t.Sym != token.Semicolon
	}
	return t.Kind != token.Pragma
}

// margin tells whether t stands in the item's column or left of it.
func (c *cutter) margin(t *cpp.Token) bool {
	return column(t) <= c.column
}

// outer handles a token at depth 0.
func (c *cutter) outer(t *cpp.Token, w word, i int, line bool) int {
	if i == 1 {
		c.call = c.call && t.Sym == token.LParen
	}
	if c.called {
		c.called = false
		if line && (w != wordNone || t.Kind == token.Ident) && w != wordAttribute && w != wordAsm {
			return i
		}
	}
	if c.suspect > 0 {
		at := c.suspect
		c.suspect = 0
		if at == i-1 && (t.Sym == token.Star || t.Kind == token.Ident && (w == wordNone || w == wordBasic)) {
			return at
		}
	}
	if c.closed {
		c.closed = false
		if line {
			switch {
			case w == wordTypedef || w == wordDrop || w == wordBasic || w == wordRecord || w == wordEnum || w == wordAssert:
				return i
			case w == wordNone && t.Kind == token.Ident:
				c.suspect = i
			}
		}
	}
	if line && c.first != wordAttribute && isStorage(t.Sym, w) && c.margin(t) {
		return i
	}
	switch t.Sym {
	case token.Semicolon:
		return i + 1
	case token.LBrace:
		switch {
		case c.kind != wordNone && !c.assign:
			c.push(c.braceOf(), 0)
		case c.parens > 0 && (c.prev == token.LParen || c.prev == token.Comma || c.prev == token.RParen || c.prev == token.Assign):
			c.push(inInitializer, 0)
		case c.assign:
			c.push(inInitializer, 0)
		default:
			c.parens = 0
			if c.body == 0 {
				c.body = i
			}
			c.push(inBlock, 0)
		}
	case token.RBrace:
		if i == 0 {
			return 1
		}
		return i
	case token.LParen:
		c.parens++
	case token.RParen:
		if c.parens > 0 {
			c.parens--
		}
		if c.call && c.parens == 0 {
			c.call, c.called = false, true
		}
	case token.Assign:
		if c.parens == 0 {
			c.assign = true
		}
	}
	return -1
}

// inner handles a token between braces.
func (c *cutter) inner(t *cpp.Token, w word, i int, line bool) int {
	if c.rejoin > 0 {
		if t.Sym == token.Semicolon {
			return c.rejoin
		}
		c.rejoin = 0
	}
	margin := line && (w != wordNone || t.Kind == token.Ident || t.Sym == token.LBrace) && c.margin(t)
	if margin && isStorage(t.Sym, w) {
		return i
	}
	if c.fresh {
		c.fresh = false
		c.declAt, c.declLine, c.head = i, margin, headNone
	}
	c.head = c.head.step(t, w)
	top := c.stack[len(c.stack)-1].kind
	switch t.Sym {
	case token.LBrace:
		switch {
		case c.kind != wordNone:
			start := 0
			if c.kindLine && c.kindTag {
				if top != inRecord {
					return c.kindAt
				}
				start = c.kindAt
			}
			c.push(c.braceOf(), start)
		case top != inInitializer && c.prev == token.RParen && c.declLine && c.head == headFunction:
			return c.declAt
		case top == inBlock, c.prev == token.LParen:
			c.push(inBlock, 0)
		default:
			c.push(inInitializer, 0)
		}
	case token.RBrace:
		b := c.stack[len(c.stack)-1]
		c.stack = c.stack[:len(c.stack)-1]
		c.fresh = true
		if len(c.stack) > 0 {
			c.rejoin = b.start
			break
		}
		switch b.kind {
		case inBlock:
			return i + 1
		case inRecord, inEnum:
			c.closed = c.parens == 0
		}
	case token.Semicolon:
		c.fresh = true
	}
	return -1
}

// follow keeps track of a struct, union or enum keyword until its brace.
func (c *cutter) follow(t *cpp.Token, w word, i int, line bool) {
	if i == 0 {
		c.column = column(t)
	}
	switch {
	case w == wordRecord || w == wordEnum:
		c.kind, c.kindAt, c.kindTag = w, i, false
		c.kindLine = line && c.margin(t)
		c.attr = attrScan{}
	case c.kind == wordNone:
	case c.attr.on:
		c.attr.step(t.Sym)
	case w == wordAttribute || w == wordDeclspec || w == wordAlignas:
		c.attr = attrScan{on: true}
	case t.Sym == token.LBracket && !c.kindTag: // [[…]]
		c.attr = attrScan{on: true, depth: 1}
	case t.Kind == token.Ident && (w == wordNone || w == wordNote):
		c.kindTag = true
	case c.kind == wordEnum && (t.Sym == token.Colon || w == wordBasic):
	default:
		c.kind = wordNone
	}
}

func (c *cutter) braceOf() braceKind {
	if c.kind == wordEnum {
		return inEnum
	}
	c.records = true
	return inRecord
}

func (c *cutter) push(k braceKind, start int) {
	c.stack = append(c.stack, brace{kind: k, start: start})
	c.kind = wordNone
	c.fresh = true
}

// open tells whether the text so far leaves a brace open.
func (c *cutter) open() bool { return len(c.stack) > 0 }

// giveUp says where to cut an item that the end of the text leaves open: at
// the first definition in it that looks like an item of its own, else 0.
func (c *cutter) giveUp() int {
	for _, b := range c.stack {
		if b.start > 0 {
			return b.start
		}
	}
	return 0
}

// isStorage tells whether a word at the start of a line in the outermost
// column starts a declaration for certain.
func isStorage(s token.Sym, w word) bool {
	return w == wordTypedef || s == token.SymStatic || s == token.SymExtern
}

// column counts the bytes between the start of t's line and t, or the macro
// invocation that t comes from.
func column(t *cpp.Token) int {
	sec, start := t.Sec, t.Start
	if t.Exp != nil {
		sec, start = t.Exp.Sec, t.Exp.Start
	}
	if sec == nil || sec.Lex == nil || int(start) > len(sec.Lex.Text) {
		return 0
	}
	const far = 256
	n := 0
	for text := sec.Lex.Text[:start]; n < len(text) && n < far; n++ {
		if c := text[len(text)-1-n]; c == '\n' || c == '\r' {
			break
		}
	}
	return n
}
