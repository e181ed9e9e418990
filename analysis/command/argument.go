package command

import (
	"abide/analysis/cpp"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Spelled is an argument as the command's #define writes it.
type Spelled struct {
	Text   string
	Span   text.Span
	Tokens []cpp.Token
	spans  []text.Span // of Tokens
}

// At is where token i of the argument stands.
func (s *Spelled) At(i int) text.Span { return s.spans[i] }

// Arguments of _IOC, by place.
const (
	nrArgument   = 2
	sizeArgument = 3
)

// PayloadArgument is the argument that says what the command carries, or its size.
// ok is false if the #define itself does not spell it.
func (c *Command) PayloadArgument() (s Spelled, ok bool) { return c.argument(sizeArgument) }

// NrArgument is the argument that tells the command from others of its type.
func (c *Command) NrArgument() (s Spelled, ok bool) { return c.argument(nrArgument) }

func (c *Command) argument(of int) (s Spelled, ok bool) {
	_, first := c.First()
	if first < 0 {
		return s, false
	}
	result := c.Targets[first].Result
	name, args := call(c.macro.Body)
	k := parameter(result, name, of, 0)
	if k < 0 || k >= len(args) || len(args[k]) == 0 {
		return s, false
	}
	s.Tokens = args[k]
	for i := range s.Tokens {
		loc, ok := result.Loc(&s.Tokens[i])
		if !ok || loc.Path != c.pass.Path() {
			return s, false
		}
		s.spans = append(s.spans, loc.Span)
	}
	s.Span = text.Span{Start: s.spans[0].Start, End: s.spans[len(s.spans)-1].End}
	s.Text = c.pass.Text().Content()[s.Span.Start:s.Span.End]
	return s, true
}

// Wrapper is the macro that hides an argument of the command: the outermost
// one that the #define invokes and that this file defines, with its place.
func (c *Command) Wrapper() (name string, span text.Span, ok bool) {
	_, first := c.First()
	if first < 0 {
		return "", span, false
	}
	sym, _ := call(c.macro.Body)
	result := c.Targets[first].Result
	m := result.Macro(sym)
	if m == nil {
		return "", span, false
	}
	loc, ok := result.MacroLoc(m)
	return sym.String(), loc.Span, ok && loc.Path == c.pass.Path()
}

var symIOC = token.Intern("_IOC")

// maxWrappers bounds how many macros are looked through.
const maxWrappers = 16

// parameter is which parameter of a macro becomes the given argument of the
// _IOC that it invokes; -1 if none does.
func parameter(r *cpp.Result, name token.Sym, of, depth int) int {
	if name == symIOC {
		return of
	}
	m := r.Macro(name)
	if m == nil || !m.FuncLike || depth > maxWrappers {
		return -1
	}
	inner, args := call(m.Body)
	k := parameter(r, inner, of, depth+1)
	if k < 0 || k >= len(args) {
		return -1
	}
	found := -1
	for _, t := range args[k] {
		for i, p := range m.Params {
			if t.Kind != token.Ident || t.Sym != p {
				continue
			}
			if found >= 0 && found != i {
				return -1
			}
			found = i
		}
	}
	return found
}

// call takes a body that is one macro invocation apart; name is 0 if it is not.
func call(body []cpp.Token) (name token.Sym, args [][]cpp.Token) {
	body = unparen(body)
	if len(body) < 3 || body[0].Kind != token.Ident || body[1].Sym != token.LParen || closing(body, 1) != len(body)-1 {
		return 0, nil
	}
	depth, from := 0, 2
	for i := 2; i < len(body)-1; i++ {
		switch body[i].Sym {
		case token.LParen:
			depth++
		case token.RParen:
			depth--
		case token.Comma:
			if depth == 0 {
				args = append(args, body[from:i])
				from = i + 1
			}
		}
	}
	return body[0].Sym, append(args, body[from:len(body)-1])
}

func unparen(tokens []cpp.Token) []cpp.Token {
	for len(tokens) > 2 && tokens[0].Sym == token.LParen && closing(tokens, 0) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	return tokens
}

// closing is the index of the parenthesis that closes the one at open, or -1.
func closing(tokens []cpp.Token, open int) int {
	depth := 0
	for i := open; i < len(tokens); i++ {
		switch tokens[i].Sym {
		case token.LParen:
			depth++
		case token.RParen:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
