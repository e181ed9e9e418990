// Package ioctlsizeof is the rule ioctl-sizeof: a size where a macro that
// applies sizeof itself wants a type.
package ioctlsizeof

import (
	_ "embed"
	"fmt"

	"abide/analysis"
	"abide/analysis/command"
	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/payload"
	"abide/analysis/text"
	"abide/analysis/token"
)

//go:embed doc.md
var doc string

// Check reports sizeof(x) and plain numbers in the place of the payload's type.
var Check = &analysis.Check{
	Name:     "ioctl-sizeof",
	Summary:  "a command that is given a size in the place of its payload's type",
	Doc:      doc,
	Severity: analysis.Error,
	Run:      run,
}

func run(p *analysis.Pass) {
	for _, c := range command.List(p) {
		v, i := c.First()
		if !v.SizeofTwice && !isNumber(v.Operand, 0) {
			continue
		}
		f := c.Finding(analysis.Error, "")
		s, spelled := c.PayloadArgument()
		wrapper, span, ours := c.Wrapper()
		switch {
		case spelled && len(s.Tokens) == 1 && s.Tokens[0].Sym == token.SymSizeof:
			continue // it is being typed
		case spelled && (s.Tokens[0].Sym == token.SymSizeof || !v.SizeofTwice):
			f.Span = s.Span
			f.Message = fmt.Sprintf("'%s' in the place of the payload's type: the number of %s holds the size of %s", s.Text, c.Name, held(v))
			f.Plan = func() []analysis.Fix { return fixes(c.Targets[i], s) }
		case ours: // once, for all the commands that are defined with it
			f.Span, f.Command = span, ""
			f.Message = fmt.Sprintf("%s passes a size on in the place of the payload's type: its commands hold the size of %s", wrapper, held(v))
		default:
			f.Message = fmt.Sprintf("a size in the place of the payload's type: the number of %s holds the size of %s", c.Name, held(v))
		}
		differs := c.Differing()
		if numbers, differ := payload.Numbers(c.Command, differs); differ && f.Command != "" {
			f.Related = []analysis.Related{{Loc: c.Loc, Message: c.Name + " is " + numbers}}
			f.ABIs = c.OtherABIs(differs)
		}
		p.Report(f)
	}
}

// held is what the number has the size of instead of the payload's.
func held(v *ioctl.Command) string {
	if v.SizeofTwice {
		return "a size_t"
	}
	return "an int"
}

// maxDepth bounds how deep an expression is followed.
const maxDepth = 64

// isNumber tells whether an expression is made of integers alone.
func isNumber(x decl.Expr, depth int) bool {
	if depth > maxDepth {
		return false
	}
	depth++
	switch x := x.(type) {
	case *decl.Int:
		return true
	case *decl.Unary:
		return isNumber(x.X, depth)
	case *decl.Binary:
		return isNumber(x.X, depth) && isNumber(x.Y, depth)
	}
	return false
}

// fixes gives the type under the sizeof, or characters as many as the size says.
func fixes(t *analysis.Target, s command.Spelled) []analysis.Fix {
	n := len(s.Tokens)
	typ := "char[" + s.Text + "]"
	if n > 3 && s.Tokens[1].Sym == token.LParen && s.Tokens[n-1].Sym == token.RParen && command.StartsType(t, s.Tokens[2]) && s.Closes(1) == n-1 {
		typ = s.Text[s.At(2).Start-s.Span.Start : s.At(n-2).End-s.Span.Start]
	}
	return []analysis.Fix{{
		Title:     fmt.Sprintf("Change '%s' to '%s' (changes the ABI)", s.Text, typ),
		Edits:     []text.Edit{{Span: s.Span, New: typ}},
		Preferred: true,
	}}
}
