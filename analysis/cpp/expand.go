package cpp

import (
	"slices"

	"abide/analysis/token"
)

// Bounds of macro expansion, counted in tokens that are copied or made.
const (
	maxInvocation = 1 << 19  // by one invocation
	maxExpansion  = 32 << 20 // by a translation unit
	maxQuestion   = 1 << 18  // by a call of Result.Expand
	maxNesting    = 4000     // contexts and nested arguments
	maxPaste      = 4 << 10  // bytes of a pasted token
)

// context is a list of tokens that are read before anything else: a macro's
// expansion, or an argument.
type context struct {
	toks []Token
	pos  int
	// name is the macro to enable again when the list is read to its end.
	name token.Sym
	// barrier: the list does not run on into what is below it.
	barrier bool
	// line is where __LINE__ in the list is, if the list is a macro's.
	line linePlace
}

// linePlace is the file's spelling that an expansion goes back to.
type linePlace struct {
	sec   *Section
	start uint32
}

// expander reads tokens and expands macros. Under its contexts lies a source
// of tokens of a file, if there is one.
type expander struct {
	env    environment
	source source
	ctx    []context
	// exp is the outermost invocation whose tokens are being read.
	exp *Expansion
	// quiet > 0: identifiers are not expanded (macro arguments are collected).
	quiet int
	// operand > 0: an operand is read, which ends at an #include.
	operand int
	// directing: tokens of a directive are read; the end of a context does
	// not matter to white space.
	directing bool
	// disabled macros are in the middle of their own expansion.
	disabled bitset
	arena    arena
	scratch  scratch
	limit    int        // of work
	work     int        // of this invocation
	total    int        // of all before it
	nested   int        // arguments in arguments
	gaveUp   bool       // of this invocation
	line     linePlace  // of the macro entered last
	args     []argument // of the invocations being replaced
	seen     func(Use)
}

// environment gives the meaning of names, and takes what there is to say.
type environment interface {
	lookup(name token.Sym) *Macro
	// call expands a predefined macro that is no text; its name has been read.
	call(m *Macro, name Token) bool
	problem(at Token, message string)
	// made tells of a name that ## made.
	made(name token.Sym)
}

// source is the text under the contexts.
type source interface {
	// next reads a token, executing directives on the way; an EOF at the end.
	next() Token
	// paren tells whether the next token is a (, without reading it.
	paren() bool
	// mark notes the place of the ( that was read last, for reset to go back to.
	mark() place
	reset(place)
}

// get reads the next token, expanded, or a padding. A token of kind EOF says
// that the source or the context above a barrier is at its end.
func (x *expander) get() Token {
	for {
		var t Token
		line, inMacro := linePlace{}, false
		if n := len(x.ctx); n > 0 {
			c := &x.ctx[n-1]
			if c.pos == len(c.toks) {
				if c.barrier {
					return Token{Kind: token.EOF}
				}
				x.pop()
				if x.directing {
					continue
				}
				return Token{Kind: kindPadding}
			}
			t = c.toks[c.pos]
			c.pos++
			if t.Flags&pasteLeft != 0 {
				x.paste(t)
				continue
			}
			if t.Exp == nil {
				t.Exp = x.exp
			}
			line = c.line
			if inMacro = c.name != 0; inMacro && x.quiet > 0 {
				t.Flags |= viaMacro
			}
		} else {
			t = x.source.next()
		}
		if t.Kind != token.Ident || t.Flags&token.NoExpand != 0 {
			return t
		}
		m := x.env.lookup(t.Sym)
		if m == nil {
			return t
		}
		if x.disabled.has(t.Sym) {
			t.Flags |= token.NoExpand
			return t
		}
		if x.quiet > 0 {
			return t
		}
		// As in gcc, __LINE__ is the line where an argument spells it only if
		// it was expanded as an argument, not after it was put in with ##.
		if line.sec == nil || !inMacro && t.Flags&viaMacro == 0 && x.exp.spells(&t) {
			line = linePlace{t.Sec, t.Start}
		}
		if !x.enter(m, t, line) {
			return t
		}
		if x.directing {
			continue
		}
		return padding(&t)
	}
}

// spells tells whether a token is written between the invocation's ends.
func (e *Expansion) spells(t *Token) bool {
	switch {
	case e == nil:
		return false
	case t.Sec == e.Sec:
		return t.Start >= e.Start && (t.Start < e.End || len(e.over) > 0)
	}
	i := slices.Index(e.over, t.Sec)
	return i >= 0 && (i < len(e.over)-1 || t.Start < e.overEnd)
}

// padding stands where white space counts as that of a token would.
func padding(source *Token) Token {
	return Token{Kind: kindPadding, Sym: 1, Flags: source.Flags & token.SpaceBefore}
}

// pop leaves the context on top.
func (x *expander) pop() {
	n := len(x.ctx) - 1
	if name := x.ctx[n].name; name != 0 {
		x.disabled.clear(name)
	}
	x.ctx[n].toks = nil
	x.ctx = x.ctx[:n]
}

func (x *expander) push(c context) { x.ctx = append(x.ctx, c) }

// enter begins the expansion of m, whose name has been read. It is false if
// the name is no invocation, or not a valid one.
func (x *expander) enter(m *Macro, name Token, line linePlace) bool {
	if len(x.ctx) == 0 && name.Exp == nil {
		x.begin()
		x.arena.reset()
		x.exp = &Expansion{Macro: m, Sec: name.Sec, Start: name.Start, End: name.End}
	}
	if !x.spend(1, name) {
		return false
	}
	x.line = line
	if m.builtin != 0 {
		return x.env.call(m, name)
	}
	program := m.compile()
	if m.FuncLike {
		base := len(x.args)
		args, ok := x.arguments(m, name)
		if !ok {
			x.args = x.args[:base]
			return false
		}
		if x.seen != nil {
			x.report(m, args)
		}
		if len(m.Params) > 0 {
			x.line = line
			program = x.replace(m, program, args)
		}
		clear(args)
		x.args = x.args[:base]
	} else if x.seen != nil {
		x.seen(Use{Macro: m})
	}
	x.disabled.set(m.Name)
	x.push(context{toks: program, name: m.Name, line: line})
	return x.spend(len(program), name)
}

// begin starts the account of another invocation or directive.
func (x *expander) begin() {
	x.total += x.work
	x.work = 0
	x.gaveUp = x.total > maxExpansion
}

// spend counts work, and gives the invocation up when it is too much.
func (x *expander) spend(n int, at Token) bool {
	x.work += n
	switch {
	case x.work > x.limit || x.total+x.work > maxExpansion:
		x.abandon(at, tooLarge)
	case len(x.ctx) > maxNesting || x.nested > maxNesting:
		x.abandon(at, tooNested)
	default:
		return true
	}
	return false
}

// abandon drops what is left of the expansion. Every list is at its end then,
// so that all readers come to theirs.
func (x *expander) abandon(at Token, message string) {
	for i := range x.ctx {
		x.ctx[i].pos = len(x.ctx[i].toks)
	}
	if !x.gaveUp {
		x.gaveUp = true
		x.env.problem(at, message)
	}
}
