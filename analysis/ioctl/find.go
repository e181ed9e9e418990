package ioctl

import (
	"fmt"

	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// maxUses bounds how many invocations of _IOC in one macro are looked at.
const maxUses = 16

var (
	symIOC    = token.Intern("_IOC")
	symOpen   = token.Intern("(")
	symClose  = token.Intern(")")
	symComma  = token.Intern(",")
	symSizeof = token.Intern("sizeof")
)

// invokes tells whether a macro's body names another macro at all, which most
// constants do not.
func invokes(m *cpp.Macro, r *cpp.Result) bool {
	for i := range m.Body {
		if t := &m.Body[i]; t.Kind == token.Ident && r.Macro(t.Sym) != nil {
			return true
		}
	}
	return false
}

// invocation writes a use of a macro as tokens again.
func invocation(use cpp.Use) []cpp.Token {
	tokens := []cpp.Token{
		{Kind: token.Ident, Sym: use.Macro.Name},
		{Kind: token.Punct, Sym: symOpen},
	}
	for i, arg := range use.Args {
		if i > 0 {
			tokens = append(tokens, cpp.Token{Kind: token.Punct, Sym: symComma})
		}
		tokens = append(tokens, arg...)
	}
	return append(tokens, cpp.Token{Kind: token.Punct, Sym: symClose})
}

// isHead tells whether a macro's body is, through any number of wrappers and
// parentheses, one invocation of target and nothing else.
func isHead(r *cpp.Result, m *cpp.Macro, target token.Sym) bool {
	for range maxUses {
		body := unparen(m.Body)
		if len(body) == 0 || body[0].Kind != token.Ident {
			return false
		}
		if len(body) > 1 && (body[1].Sym != symOpen || closing(body, 1) != len(body)-1) {
			return false
		}
		if body[0].Sym == target {
			return true
		}
		if m = r.Macro(body[0].Sym); m == nil {
			return false
		}
	}
	return false
}

func unparen(tokens []cpp.Token) []cpp.Token {
	for len(tokens) > 2 && tokens[0].Sym == symOpen && closing(tokens, 0) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	return tokens
}

// closing is the index of the parenthesis that closes the one at open, or -1.
func closing(tokens []cpp.Token, open int) int {
	depth := 0
	for i := open; i < len(tokens); i++ {
		switch tokens[i].Sym {
		case symOpen:
			depth++
		case symClose:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// carry notes the type that a command carries: what the size argument of its
// _IOC takes the size of.
func (c *Command) carry(u *decl.Unit, e *layout.Engine, use *use) {
	c.use, c.SizeofTwice = use, use.twice
	measured := operand(use.size, 0)
	if measured == nil {
		return
	}
	c.Payload, c.Operand = measured.Type, measured.X
	if c.Payload != nil {
		c.Record = recordOf(u, e, c.Payload)
	}
}

// maxDepth bounds how deep an expression or type is followed.
const maxDepth = 64

// operand is the sizeof that gives an expression its value. The kernel's
// _IOC_TYPECHECK has it in a conditional's second operand.
func operand(x decl.Expr, depth int) *decl.Sizeof {
	if depth > maxDepth {
		return nil
	}
	depth++
	switch x := x.(type) {
	case *decl.Sizeof:
		return x
	case *decl.Cast:
		return operand(x.X, depth)
	case *decl.Cond:
		if s := operand(x.A, depth); s != nil {
			return s
		}
		return operand(x.B, depth)
	case *decl.Binary:
		if s := operand(x.X, depth); s != nil {
			return s
		}
		return operand(x.Y, depth)
	case *decl.Choose:
		return operand(x.A, depth)
	case *decl.Generic:
		for _, c := range x.Cases {
			if s := operand(c.X, depth); s != nil {
				return s
			}
		}
	}
	return nil
}

// takesSizeTwice tells whether an expanded size has a sizeof directly under a
// sizeof: sizeof(sizeof(x)).
func takesSizeTwice(size []cpp.Token) bool {
	for i := range size {
		if size[i].Sym != symSizeof {
			continue
		}
		k := i + 1
		for k < len(size) && size[k].Sym == symOpen {
			k++
		}
		if k > i+1 && k < len(size) && size[k].Sym == symSizeof {
			return true
		}
	}
	return false
}

// onlyMeasures tells whether x is made of integers and sizes of t, or of an
// array of t as the kernel's check of the operand has it.
func onlyMeasures(x decl.Expr, t decl.Type, depth int) bool {
	if depth > maxDepth {
		return false
	}
	depth++
	switch x := x.(type) {
	case *decl.Int, *decl.Name:
		return true
	case *decl.Sizeof:
		a, ok := x.Type.(*decl.Array)
		return x.Type != nil && (same(x.Type, t) || ok && same(a.Elem, t) && onlyMeasures(a.Len, t, depth))
	case *decl.Unary:
		return onlyMeasures(x.X, t, depth)
	case *decl.Binary:
		return onlyMeasures(x.X, t, depth) && onlyMeasures(x.Y, t, depth)
	case *decl.Cond:
		return onlyMeasures(x.C, t, depth) && onlyMeasures(x.A, t, depth) && onlyMeasures(x.B, t, depth)
	case *decl.Cast:
		_, basic := x.Type.(*decl.Basic)
		return basic && onlyMeasures(x.X, t, depth)
	}
	return false
}

// same tells whether two types are spelled alike. It knows the forms that
// commands have, and is false for others.
func same(a, b decl.Type) bool {
	switch a := a.(type) {
	case *decl.RecordRef:
		b, ok := b.(*decl.RecordRef)
		return ok && a.Def == b.Def && a.Union == b.Union && a.Tag == b.Tag && a.Tag != 0
	case *decl.TypedefRef:
		b, ok := b.(*decl.TypedefRef)
		return ok && a.Name == b.Name
	case *decl.Basic:
		b, ok := b.(*decl.Basic)
		return ok && *a == *b
	}
	return false
}

func recordOf(u *decl.Unit, e *layout.Engine, t decl.Type) *decl.Record {
	for range maxDepth {
		resolved, err := e.Resolve(t)
		if err != nil {
			return nil
		}
		switch r := resolved.(type) {
		case *decl.Array:
			t = r.Elem
		case *decl.RecordRef:
			if r.Def != nil {
				return r.Def
			}
			return u.Record(r.Union, r.Tag)
		default:
			return nil
		}
	}
	return nil
}

// unknown says why a command has no number.
func (c *Command) unknown(err error) error {
	if ref, ok := c.Payload.(*decl.RecordRef); ok && c.Record == nil {
		return fmt.Errorf("%s has no number: %s %s is not defined", c.Name, keyword(ref.Union), ref.Tag)
	}
	return fmt.Errorf("%s has no number: %w", c.Name, err)
}

func keyword(union bool) string {
	if union {
		return "union"
	}
	return "struct"
}
