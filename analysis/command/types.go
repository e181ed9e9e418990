package command

import (
	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/fix"
	"abide/analysis/token"
)

// StartsType tells whether a type's name can start with a token.
func StartsType(t *analysis.Target, tok cpp.Token) bool {
	return typeWords[tok.Sym] || tok.Kind == token.Ident && t.Unit.Typedef(tok.Sym) != nil
}

var typeWords = map[token.Sym]bool{
	token.SymStruct: true, token.SymUnion: true, token.SymEnum: true, token.SymConst: true, token.SymVolatile: true,
	token.SymVoid: true, token.SymBool: true, token.SymBool1: true, token.SymChar: true, token.SymShort: true,
	token.SymInt: true, token.SymLong: true, token.SymSigned: true, token.SymUnsigned: true,
	token.SymFloat: true, token.SymDouble: true,
}

// Closes is the token that closes the parenthesis at i, or -1.
func (s *Spelled) Closes(i int) int { return closing(s.Tokens, i) }

// Fixed is the 64-bit integer, as the file would spell it, for a command that
// carries one integer; empty for others.
func (c *Command) Fixed() string {
	signed, known := false, false
	for i := range c.Values {
		if c.Values[i] == nil {
			continue
		}
		b, ok := c.Resolved(i).(*decl.Basic)
		if !ok || b.Complex || b.Kind < abi.Bool || b.Kind > abi.ULongLong {
			return ""
		}
		signed, known = !c.Targets[i].ABI.Unsigned(b.Kind), true
	}
	if !known {
		return ""
	}
	const bits = 64
	for _, s := range append([]fix.Style{fix.StyleOf(c.pass.Text())}, fix.Styles()...) {
		name := s.Unsigned(bits)
		if signed {
			name = s.Signed(bits)
		}
		if c.knows(name) {
			return name
		}
	}
	if signed {
		return "long long"
	}
	return "unsigned long long"
}

// knows tells whether a type's name means something on every target.
func (c *Command) knows(name string) bool {
	sym := token.Intern(name)
	for _, t := range c.Targets {
		if t.Unit.Typedef(sym) == nil && t.Result.Macro(sym) == nil {
			return false
		}
	}
	return true
}
