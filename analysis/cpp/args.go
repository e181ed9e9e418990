package cpp

import (
	"slices"

	"abide/analysis/token"
)

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
	exp, reach := x.exp, x.exp.extent()
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
	args, end, ok := x.collect(m)
	x.exp = exp
	x.quiet--
	if !ok {
		if len(x.ctx) == 0 {
			x.source.reset(back)
		}
		exp.shrink(reach)
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

// extent is how far an invocation reaches.
type extent struct {
	end, overEnd uint32
	over         []*Section
}

func (e *Expansion) extent() extent {
	if e == nil {
		return extent{}
	}
	return extent{e.End, e.overEnd, e.over}
}

// shrink goes back to an earlier extent: where the sections of the file end must
// not tell how far something reaches that is not complete.
func (e *Expansion) shrink(to extent) {
	if e != nil {
		e.End, e.overEnd, e.over = to.end, to.overEnd, slices.Clip(to.over)
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
				t.Flags &^= viaMacro
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
