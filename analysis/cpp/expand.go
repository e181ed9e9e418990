package cpp

import (
	"slices"
	"strings"

	"abide/analysis/token"
)

// Bounds of macro expansion, counted in tokens that are copied or made.
const (
	maxInvocation = 1 << 20  // by one invocation
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
		line := linePlace{}
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
		if line.sec == nil || x.exp.spells(&t) {
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
		x.abandon(at, "macro expansion is too large: the rest of it is left out")
	case len(x.ctx) > maxNesting || x.nested > maxNesting:
		x.abandon(at, "macro expansion is nested too deeply: the rest of it is left out")
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

// argument is one argument of an invocation.
type argument struct {
	toks     []Token // as written, with paddings
	expanded []Token
	ready    bool // expanded is
	absent   bool // the variadic argument is left out altogether
}

// arguments reads the ( and the arguments of an invocation. It is false if
// there is no ( or if the arguments are wrong.
func (x *expander) arguments(m *Macro, name Token) ([]argument, bool) {
	x.quiet++
	open := x.paren()
	x.quiet--
	if !open {
		return nil, false
	}
	atFile := len(x.ctx) == 0
	var back place
	if atFile {
		back = x.source.mark()
	}
	x.quiet++
	exp := x.exp
	args, end, ok := x.collect(m)
	x.exp = exp
	x.quiet--
	if !ok {
		if atFile && len(x.ctx) == 0 {
			x.source.reset(back)
		}
		x.env.problem(name, `unterminated argument list invoking macro "`+m.Name.String()+`"`)
		return nil, false
	}
	if len(x.ctx) == 0 && x.exp != nil {
		x.exp.extend(&end)
	}
	if len(args) == 1 && len(m.Params) == 0 && len(args[0].toks) == 0 {
		args = args[:0]
	}
	given, want := len(args), len(m.Params)
	switch {
	case given == want:
		if m.Variadic && given == 1 && len(args[0].toks) == 0 {
			args[0].absent = true
		}
	case given+1 == want && m.Variadic:
		x.args = append(x.args, argument{absent: true})
		args = x.args[len(x.args)-want:]
	case given < want:
		x.env.problem(name, `macro "`+m.Name.String()+`" requires `+plural(want)+", but only "+itoa(given)+" given")
		return nil, false
	default:
		x.env.problem(name, `macro "`+m.Name.String()+`" takes `+plural(want)+", but "+itoa(given)+" are given")
		return nil, false
	}
	return args, true
}

func plural(n int) string {
	if n == 1 {
		return "1 argument"
	}
	return itoa(n) + " arguments"
}

// extend makes the invocation reach up to a token's end.
func (e *Expansion) extend(end *Token) {
	switch {
	case end.Sec == e.Sec:
		e.End = max(e.End, end.End)
	case len(e.over) > 0 && e.over[len(e.over)-1] == end.Sec:
		e.overEnd = end.End
	}
}

// paren tells whether the next token is a (. If so it has been read.
func (x *expander) paren() bool {
	pad := Token{}
	for len(x.ctx) > 0 {
		c := &x.ctx[len(x.ctx)-1]
		if c.pos == len(c.toks) {
			if c.barrier {
				return false
			}
			x.pop()
			if pad.Kind == 0 || pad.Sym == 0 {
				pad = Token{Kind: kindPadding}
			}
			continue
		}
		t := &c.toks[c.pos]
		switch {
		case t.Kind == kindPadding:
			if pad.Kind == 0 || pad.Sym == 0 || pad.Flags&token.SpaceBefore == 0 && t.Sym == 0 {
				pad = *t
			}
			c.pos++
		case t.Flags&pasteLeft != 0:
			c.pos++
			x.paste(*t)
		case op(t, token.LParen):
			c.pos++
			return true
		default:
			x.keepPadding(pad)
			return false
		}
	}
	if x.source.paren() {
		x.source.next()
		return true
	}
	x.keepPadding(pad)
	return false
}

func (x *expander) keepPadding(pad Token) {
	if pad.Kind == 0 || x.directing {
		return
	}
	x.push(context{toks: x.arena.keep([]Token{pad})})
}

// collect reads arguments up to the closing parenthesis, which it gives too.
func (x *expander) collect(m *Macro) (args []argument, end Token, ok bool) {
	buf, depth, base := x.arena.open(), 0, len(x.args)
	for {
		t := x.get()
		switch {
		case t.Kind == kindPadding:
			if len(buf) == 0 {
				continue
			}
		case t.Kind == token.EOF:
			x.arena.drop(buf)
			return nil, t, false
		case t.Kind != token.Punct:
		case t.Sym == token.LParen:
			depth++
		case t.Sym == token.RParen && depth > 0:
			depth--
		case t.Sym == token.RParen:
			x.args = append(x.args, argument{toks: x.arena.keep(trimmed(buf))})
			x.arena.drop(buf)
			return x.args[base:], t, true
		case t.Sym == token.Comma && depth == 0 && !(m.Variadic && len(x.args)-base+1 == len(m.Params)):
			x.args = append(x.args, argument{toks: x.arena.keep(trimmed(buf))})
			buf = buf[:0]
			continue
		}
		t.Flags &^= token.FirstOnLine
		buf = append(buf, t)
		if len(buf)&0xfff == 0 && !x.spend(0x1000, t) {
			x.arena.drop(buf)
			return nil, t, false
		}
	}
}

// trimmed leaves out the paddings at the end.
func trimmed(toks []Token) []Token {
	for len(toks) > 0 && toks[len(toks)-1].Kind == kindPadding {
		toks = toks[:len(toks)-1]
	}
	return toks
}

func (x *expander) report(m *Macro, args []argument) {
	u := Use{Macro: m, Args: make([][]Token, len(args))}
	for i := range args {
		for _, t := range args[i].toks {
			if t.Kind != kindPadding {
				u.Args[i] = append(u.Args[i], t)
			}
		}
	}
	x.seen(u)
}

// expand fully expands an argument on its own.
func (x *expander) expand(a *argument) []Token {
	if a.ready {
		return a.expanded
	}
	a.ready = true
	if len(a.toks) == 0 {
		return nil
	}
	if x.plain(a.toks) {
		a.expanded = a.toks
		return a.toks
	}
	quiet, depth := x.quiet, len(x.ctx)
	x.quiet = 0
	x.nested++
	x.push(context{toks: a.toks, barrier: true, line: x.line})
	out := x.arena.open()
	for {
		t := x.get()
		if t.Kind == token.EOF && len(x.ctx) == depth+1 {
			break
		}
		out = append(out, t)
		if len(out)&0xfff == 0 && !x.spend(0x1000, t) {
			break
		}
	}
	x.ctx = x.ctx[:depth]
	x.nested--
	x.quiet = quiet
	a.expanded = x.arena.close(out)
	return a.expanded
}

// plain tells whether tokens expand to themselves.
func (x *expander) plain(toks []Token) bool {
	for i := range toks {
		if t := &toks[i]; t.Flags&pasteLeft != 0 ||
			t.Kind == token.Ident && t.Flags&token.NoExpand == 0 && x.env.lookup(t.Sym) != nil {
			return false
		}
	}
	return true
}

// replace puts arguments in the place of parameters.
func (x *expander) replace(m *Macro, program []Token, args []argument) []Token {
	for i := range args {
		if m.uses[i] {
			x.expand(&args[i])
		}
	}
	r := replacer{x: x, m: m, args: args, out: x.arena.open()}
	r.run(program, 0, len(program))
	return x.arena.close(r.out)
}

type replacer struct {
	x       *expander
	m       *Macro
	args    []argument
	out     []Token
	opening int // 1 + the length of out at which __VA_OPT__ began, if nothing came since
}

func (r *replacer) add(t Token) { r.out = append(r.out, t) }

// run replaces in the tokens from to to of a program.
func (r *replacer) run(program []Token, from, to int) {
	for i := from; i < to; i++ {
		t := &program[i]
		switch t.Kind {
		case kindParam:
			r.param(program, i)
		case kindVaOpt:
			end := int(t.Start)
			r.optional(program, i, end)
			i = end
		default:
			r.add(*t)
		}
		if !r.x.within(len(r.out)) {
			return
		}
	}
}

// within tells whether an expansion of n tokens is still affordable.
func (x *expander) within(n int) bool { return x.work+n <= x.limit }

func (r *replacer) param(program []Token, i int) {
	t := &program[i]
	arg := &r.args[t.Start]
	var toks []Token
	fix := -1 // the token whose paste flag may have to change
	switch {
	case t.Flags&stringify != 0:
		s := r.x.stringify(arg.toks)
		s.Flags |= t.Flags & token.SpaceBefore
		toks = []Token{s}
	case t.Flags&pasteLeft != 0:
		toks = arg.toks
	case i > 0 && program[i-1].Flags&pasteLeft != 0:
		toks = arg.toks
		if n := len(r.out) - 1; n >= 0 {
			switch {
			case op(&r.out[n], token.Comma) && r.m.Variadic && int(t.Start) == len(r.m.Params)-1:
				// GNU: the comma goes with an argument that is left out.
				if arg.absent {
					r.out = r.out[:n]
				} else {
					fix = n
				}
			case len(toks) == 0 && r.opening != len(r.out)+1:
				fix = n
			}
		}
	default:
		toks = r.x.expand(arg)
		if r.opening == len(r.out)+1 {
			for len(toks) > 0 && toks[0].Kind == kindPadding {
				toks = toks[1:]
			}
		}
	}
	if !r.x.directing && i > 0 && program[i-1].Flags&pasteLeft == 0 && r.opening != len(r.out)+1 {
		r.add(padding(t))
	}
	if len(toks) > 0 {
		for k := range toks {
			r.add(toks[k])
		}
		if t.Flags&pasteLeft != 0 {
			fix = len(r.out) - 1
		}
	}
	if !r.x.directing && t.Flags&pasteLeft == 0 && r.opening != len(r.out)+1 {
		r.add(Token{Kind: kindPadding})
	}
	if fix >= 0 {
		r.out[fix].Flags = r.out[fix].Flags&^pasteLeft | t.Flags&pasteLeft
	}
}

// optional replaces __VA_OPT__(…), whose parts lie between two tokens.
func (r *replacer) optional(program []Token, word, end int) {
	last := &r.args[len(r.args)-1]
	present := false
	for _, t := range r.x.expand(last) {
		present = present || t.Kind != kindPadding
	}
	w, e := &program[word], &program[end]
	pasted := word > 0 && program[word-1].Flags&pasteLeft != 0
	if w.Flags&stringify != 0 {
		inner := replacer{x: r.x, m: r.m, args: r.args}
		if present {
			inner.opening = 1
			inner.run(program, word+1, end)
			inner.out = r.x.pasteAll(inner.out)
		}
		s := r.x.stringify(inner.out)
		s.Flags |= w.Flags&token.SpaceBefore | e.Flags&pasteLeft
		r.add(s)
		return
	}
	before := len(r.out)
	if !pasted {
		r.add(padding(w))
		before++
	}
	if present {
		r.opening = len(r.out) + 1
		r.run(program, word+1, end)
		r.opening = 0
	}
	n := len(r.out)
	for n > before && r.out[n-1].Kind == kindPadding {
		n--
	}
	r.out = r.out[:n]
	switch {
	case present && r.vanishes(program, word+1, end-1):
		// A placemarker is what stands at the end: ## after it does nothing.
	case n > before:
		r.out[n-1].Flags = r.out[n-1].Flags&^pasteLeft | e.Flags&pasteLeft
	case pasted && before > 0:
		r.out[before-1].Flags = r.out[before-1].Flags&^pasteLeft | e.Flags&pasteLeft
	}
	if e.Flags&pasteLeft == 0 {
		r.add(Token{Kind: kindPadding})
	}
}

// vanishes tells whether the operands of ## that end at program[i] are all
// empty.
func (r *replacer) vanishes(program []Token, from, i int) bool {
	pastes := false
	for ; i >= from; i-- {
		if t := &program[i]; t.Kind != kindParam || t.Flags&stringify != 0 || len(r.args[t.Start].toks) > 0 {
			return false
		}
		if i == from || program[i-1].Flags&pasteLeft == 0 {
			return pastes
		}
		pastes = true
	}
	return false
}

// pasteAll does the ## operators in a list.
func (x *expander) pasteAll(toks []Token) []Token {
	depth := len(x.ctx)
	x.push(context{toks: toks, barrier: true})
	var out []Token
	for len(x.ctx) > depth {
		c := &x.ctx[len(x.ctx)-1]
		if c.pos == len(c.toks) {
			x.ctx = x.ctx[:len(x.ctx)-1]
			continue
		}
		t := c.toks[c.pos]
		c.pos++
		if t.Flags&pasteLeft != 0 {
			x.paste(t)
			continue
		}
		out = append(out, t)
	}
	return out
}

// stringify makes a string literal of an argument (C11 6.10.3.2).
func (x *expander) stringify(toks []Token) Token {
	var b strings.Builder
	b.WriteByte('"')
	space, any := 0, false // 0: as the next token has it; 1: none; 2: one
	for i := range toks {
		t := &toks[i]
		if t.Kind == kindPadding {
			if space == 0 || space == 1 && t.Sym == 0 {
				space = t.space()
			}
			continue
		}
		if any && (space == 2 || space == 0 && t.Flags&token.SpaceBefore != 0) {
			b.WriteByte(' ')
		}
		space, any = 0, true
		spelling := t.Text()
		if t.Kind != token.String && t.Kind != token.Char {
			b.WriteString(spelling)
			continue
		}
		for k := 0; k < len(spelling); k++ {
			switch c := spelling[k]; c {
			case '\\', '"':
				b.WriteByte('\\')
				b.WriteByte(c)
			case '\n':
				b.WriteString(`\n`)
			default:
				b.WriteByte(c)
			}
		}
		if b.Len() > x.limit {
			break
		}
	}
	s := b.String()
	// A stray backslash at the end would escape the closing quote.
	if n := len(s) - len(strings.TrimRight(s, `\`)); n%2 == 1 {
		s = s[:len(s)-1]
	}
	x.work += len(s) / 16
	return x.scratch.token(token.String, s+`"`)
}

// space is what a padding says: 0 nothing, 1 no white space, 2 white space.
func (t *Token) space() int {
	switch {
	case t.Sym == 0:
		return 0
	case t.Flags&token.SpaceBefore == 0:
		return 1
	}
	return 2
}

// paste joins a token with what follows it in the context on top, and puts
// the result in a context of its own.
func (x *expander) paste(lhs Token) {
	for {
		c := &x.ctx[len(x.ctx)-1]
		rhs := -1
		for k := c.pos; k < len(c.toks); k++ {
			if c.toks[k].Kind != kindPadding {
				rhs = k
				break
			}
		}
		if rhs < 0 {
			lhs.Flags &^= pasteLeft
			break
		}
		t := c.toks[rhs]
		joined, ok := x.join(&lhs, &t)
		if !ok {
			x.env.problem(lhs, `pasting "`+lhs.Text()+`" and "`+t.Text()+`" does not give a valid preprocessing token`)
			lhs.Flags &^= pasteLeft
			break
		}
		c.pos = rhs + 1
		joined.Flags |= lhs.Flags & token.SpaceBefore
		more := t.Flags&pasteLeft != 0
		lhs = joined
		if !more {
			break
		}
	}
	x.push(context{toks: x.arena.keep([]Token{lhs}), line: x.ctx[len(x.ctx)-1].line})
	x.spend(1, lhs)
}

// join gives the token that two spellings make together.
func (x *expander) join(a, b *Token) (Token, bool) {
	left, right := a.Text(), b.Text()
	if len(left)+len(right) > maxPaste {
		return Token{}, false
	}
	if a.Kind == token.Ident && b.Kind == token.Ident && len(left) > 2 {
		t := Token{Kind: token.Ident, Sym: token.Intern(left + right), Sec: nowhere}
		x.env.made(t.Sym)
		return t, true
	}
	text := left + right
	lx := token.Lex(text)
	if len(lx.Tokens) != 2 || len(lx.Comments) > 0 || lx.Tokens[0].Start != 0 || int(lx.Tokens[0].End) != len(text) {
		return Token{}, false
	}
	t := &lx.Tokens[0]
	if t.Sym == 0 {
		if t.Kind == token.Other || t.Flags&token.Unterminated != 0 {
			return Token{}, false
		}
		return x.scratch.token(t.Kind, text), true
	}
	if t.Kind == token.Ident {
		x.env.made(t.Sym)
	}
	return Token{Kind: t.Kind, Sym: t.Sym, Sec: nowhere}, true
}
