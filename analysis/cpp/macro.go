package cpp

import (
	"slices"
	"sync"
	"sync/atomic"

	"abide/analysis/token"
)

// Kinds and flags of tokens inside of the preprocessor; none of them gets out.
const (
	kindPadding token.Kind = 0xf0 + iota // a place where white space matters; see pad
	kindParam                            // a parameter in a macro's program; Start is its index
	kindVaOpt                            // the start of __VA_OPT__( in a program; Start is the index of its end
	kindVaEnd                            // the ) of __VA_OPT__
)

const (
	pasteLeft token.Flags = 1 << (5 + iota) // ## follows
	stringify                               // # stands before
	viaMacro                                // an argument's token that comes out of a macro
)

type macroState struct {
	sec     *Section // where it is spelled; for predefined macros a text of its own
	builtin builtin
	serial  uint64 // that no other macro has
	err     *defineError
	once    sync.Once
	// program is the body as expansion reads it: without # and ## operators,
	// which are flags of the operands, and with kindParam for parameters.
	program []Token
	pastes  bool // it has a ## operator
	// uses counts for each parameter that it stands where its argument is
	// expanded.
	uses []bool
}

// defineError says what is wrong with a #define line, and at which bytes of
// its section.
type defineError struct {
	start, end uint32
	message    string
}

// raw makes a preprocessor token of a lexed one.
func raw(s *Section, t *token.Token) Token {
	return Token{Kind: t.Kind, Flags: t.Flags, Sym: t.Sym, Start: t.Start, End: t.End, Sec: s}
}

// macroSerial is the number of the latest macro.
var macroSerial atomic.Uint64

// parseDefine reads the definition that the tokens from to to hold. The result
// is never nil; its err is set if the line is not valid.
func parseDefine(s *Section, from, to int32) *Macro {
	toks := s.Lex.Tokens[:to]
	m := &Macro{}
	m.Sec, m.sec, m.serial = s, s, macroSerial.Add(1)
	fail := func(i int32, message string) *Macro {
		t := &s.Lex.Tokens[min(i, to)]
		if i >= to && to > 0 {
			t = &s.Lex.Tokens[to-1]
		}
		m.err = &defineError{t.Start, t.End, message}
		return m
	}
	if from >= to {
		return fail(from, "no macro name given in #define directive")
	}
	name := &toks[from]
	if name.Kind != token.Ident {
		return fail(from, "macro names must be identifiers")
	}
	if unnameable(name.Sym) {
		return fail(from, `"`+name.Sym.String()+`" cannot be used as a macro name`)
	}
	m.Name, m.Start, m.End = name.Sym, name.Start, name.End
	i := from + 1
	if i < to && toks[i].Sym == token.LParen && toks[i].Kind == token.Punct && toks[i].Flags&token.SpaceBefore == 0 {
		m.FuncLike = true
		var message string
		if i, message = m.parseParams(toks, i+1); message != "" {
			return fail(i, message)
		}
	}
	if i < to {
		m.Body = make([]Token, to-i)
		for k := range m.Body {
			m.Body[k] = raw(s, &toks[i+int32(k)])
		}
		m.Body[0].Flags &^= token.SpaceBefore
		if bad, message := m.checkBody(); message != "" {
			return fail(i+int32(bad), message)
		}
	}
	return m
}

// unnameable words are operators, not identifiers, to the preprocessor.
func unnameable(name token.Sym) bool {
	switch name {
	case token.SymDefined, token.SymHasInclude, token.SymHasIncludeNext:
		return true
	}
	return false
}

func (m *Macro) parseParams(toks []token.Token, i int32) (next int32, message string) {
	const unfinished = "expected ')' at the end of the macro's parameters"
	n := int32(len(toks))
	for {
		if i >= n {
			return i, unfinished
		}
		switch t := &toks[i]; {
		case t.Kind == token.Ident:
			if slices.Contains(m.Params, t.Sym) {
				return i, `duplicate macro parameter "` + t.Sym.String() + `"`
			}
			if t.Sym == token.SymVaArgs {
				return i, "__VA_ARGS__ cannot be the name of a parameter"
			}
			m.Params = append(m.Params, t.Sym)
			i++
			if i < n && toks[i].Kind == token.Punct && toks[i].Sym == token.Ellipsis {
				m.Variadic = true
				i++
			}
		case t.Kind == token.Punct && t.Sym == token.Ellipsis:
			m.Params = append(m.Params, token.SymVaArgs)
			m.Variadic = true
			i++
		case t.Kind == token.Punct && t.Sym == token.RParen && len(m.Params) == 0:
			return i + 1, ""
		default:
			return i, "expected a parameter name"
		}
		if i >= n {
			return i, unfinished
		}
		switch t := &toks[i]; {
		case t.Kind == token.Punct && t.Sym == token.RParen:
			return i + 1, ""
		case t.Kind == token.Punct && t.Sym == token.Comma && !m.Variadic:
			i++
		default:
			return i, unfinished
		}
	}
}

func (m *Macro) param(name token.Sym) int {
	for i, p := range m.Params {
		if p == name {
			return i
		}
	}
	return -1
}

// vaOpt tells whether __VA_OPT__ is an operator in the body.
func (m *Macro) vaOpt() bool { return m.Variadic }

// checkBody enforces what C11 6.10.3 demands of # and ##.
func (m *Macro) checkBody() (bad int, message string) {
	body := m.Body
	last := len(body) - 1
	if op(&body[0], token.HashHash) {
		return 0, "'##' cannot appear at either end of a macro expansion"
	}
	if op(&body[last], token.HashHash) {
		return last, "'##' cannot appear at either end of a macro expansion"
	}
	if !m.FuncLike {
		return 0, ""
	}
	for i := range body {
		if op(&body[i], token.Hash) {
			if i == last || body[i+1].Kind != token.Ident ||
				m.param(body[i+1].Sym) < 0 && !(m.vaOpt() && body[i+1].Sym == token.SymVaOpt) {
				return i, "'#' is not followed by a macro parameter"
			}
		}
		if m.vaOpt() && body[i].Kind == token.Ident && body[i].Sym == token.SymVaOpt {
			end := vaOptEnd(body, i)
			if end < 0 {
				return i, "unterminated __VA_OPT__"
			}
			if end > i+2 && (op(&body[i+2], token.HashHash) || op(&body[end-1], token.HashHash)) {
				return i, "'##' cannot appear at either end of __VA_OPT__"
			}
		}
	}
	return 0, ""
}

func op(t *Token, sym token.Sym) bool { return t.Kind == token.Punct && t.Sym == sym }

// vaOptEnd is the index of the ) that belongs to the __VA_OPT__ at body[i], or
// -1; also for one inside of another, which C forbids.
func vaOptEnd(body []Token, i int) int {
	if i+1 >= len(body) || !op(&body[i+1], token.LParen) {
		return -1
	}
	depth := 0
	for k := i + 1; k < len(body); k++ {
		switch {
		case op(&body[k], token.LParen):
			depth++
		case op(&body[k], token.RParen):
			if depth--; depth == 0 {
				return k
			}
		case body[k].Kind == token.Ident && body[k].Sym == token.SymVaOpt:
			return -1
		}
	}
	return -1
}

// compile gives the macro's program.
func (m *Macro) compile() []Token {
	m.once.Do(func() {
		if !m.FuncLike && !slices.ContainsFunc(m.Body, func(t Token) bool { return op(&t, token.HashHash) }) {
			m.program = m.Body
			return
		}
		c := compiler{m: m, out: make([]Token, 0, len(m.Body))}
		m.uses = make([]bool, len(m.Params))
		c.run(m.Body)
		m.program = c.out
		for i := range m.program {
			t := &m.program[i]
			m.pastes = m.pastes || t.Flags&pasteLeft != 0
			if t.Kind == kindParam && t.Flags&(stringify|pasteLeft) == 0 && (i == 0 || m.program[i-1].Flags&pasteLeft == 0) {
				m.uses[t.Start] = true
			}
		}
	})
	return m.program
}

// compiler turns a body into a program.
type compiler struct {
	m   *Macro
	out []Token
}

func (c *compiler) run(body []Token) {
	for i := 0; i < len(body); i++ {
		t := body[i]
		switch {
		case op(&t, token.HashHash) && len(c.out) > 0:
			c.out[len(c.out)-1].Flags |= pasteLeft
			// Of several ## in a row the others paste nothing.
			for i+1 < len(body) && op(&body[i+1], token.HashHash) {
				i++
			}
			continue
		case op(&t, token.Hash) && c.m.FuncLike && i+1 < len(body):
			i++
			operand := body[i]
			operand.Flags = operand.Flags&^token.SpaceBefore | t.Flags&token.SpaceBefore | stringify
			t = operand
		}
		if t.Kind == token.Ident && c.m.FuncLike {
			if t.Sym == token.SymVaOpt && c.m.vaOpt() {
				if end := vaOptEnd(body, i); end >= 0 {
					c.optional(body[i+2:end], t, body[end])
					i = end
					continue
				}
			}
			if n := c.m.param(t.Sym); n >= 0 {
				t.Kind, t.Start = kindParam, uint32(n)
			}
		}
		c.out = append(c.out, t)
	}
}

// optional compiles __VA_OPT__(body).
func (c *compiler) optional(body []Token, word, paren Token) {
	at := len(c.out)
	word.Kind = kindVaOpt
	c.out = append(c.out, word)
	inner := compiler{m: c.m}
	inner.run(body)
	c.out = append(c.out, inner.out...)
	paren.Kind = kindVaEnd
	c.out[at].Start = uint32(len(c.out))
	c.out = append(c.out, paren)
}
