package cpp

import (
	"abide/analysis/token"
)

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
