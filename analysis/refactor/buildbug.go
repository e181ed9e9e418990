package refactor

import (
	"fmt"
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// initcalls name the function that a driver starts with.
var initcalls = map[token.Sym]bool{
	token.Intern("module_init"): true, token.Intern("core_initcall"): true, token.Intern("postcore_initcall"): true,
	token.Intern("arch_initcall"): true, token.Intern("subsys_initcall"): true, token.Intern("fs_initcall"): true,
	token.Intern("device_initcall"): true, token.Intern("late_initcall"): true,
}

// buildBug offers BUILD_BUG_ON, which is a statement, in the function that the
// driver starts with.
func buildBug(x *subject) []Action {
	if !x.knowsMacro("BUILD_BUG_ON") {
		return nil
	}
	figures := x.missing(x.figures(), buildBugStyle)
	plain, conditional := x.sort(figures)
	name, at, indent := x.start()
	if at < 0 || len(plain)+len(conditional) == 0 {
		return nil
	}
	return []Action{{
		Kind:  rewrite,
		Title: fmt.Sprintf("Assert the size and offsets of %s with BUILD_BUG_ON in %s()", x.name(), name),
		Plan: func() []text.Edit {
			return x.insert(at, x.lines(buildBugStyle, plain, conditional, indent))
		},
	}}
}

// start is the line end in the driver's first function that statements can go
// behind: its opening brace's, or that of its last declaration. at is -1 if
// there is none.
func (x *subject) start() (name string, at int, indent string) {
	tokens := x.lexed.Tokens
	var function token.Sym
	for i, t := range tokens {
		if initcalls[t.Sym] && t.Flags&token.FirstOnLine != 0 && i+3 < len(tokens) && tokens[i+1].Sym == token.LParen && tokens[i+3].Sym == token.RParen {
			function = tokens[i+2].Sym
		}
	}
	if function == 0 {
		return "", -1, ""
	}
	for i := x.close; i+1 < len(tokens); i++ {
		if tokens[i].Sym != function || tokens[i+1].Sym != token.LParen {
			continue
		}
		k := i + 1
		for k < len(tokens) && tokens[k].Sym != token.RParen {
			k++
		}
		if k+1 >= len(tokens) || tokens[k+1].Sym != token.LBrace {
			continue
		}
		last := x.declarations(k + 1)
		indent = "\t"
		if last+1 < len(tokens) && tokens[last+1].Flags&token.FirstOnLine != 0 {
			line := x.Text().LineStart(x.Text().LineOf(int(tokens[last+1].Start)))
			if before := x.Text().Content()[line:tokens[last+1].Start]; before != "" && strings.TrimSpace(before) == "" {
				indent = before
			}
			return function.String(), x.lineEnd(x.behind(int(tokens[last].End))), indent
		}
	}
	return "", -1, ""
}

// declarations is the last token of the declarations that a body starts with:
// a semicolon, or the opening brace at i.
func (x *subject) declarations(i int) int {
	tokens := x.lexed.Tokens
	last := i
	for i+1 < len(tokens) && x.declares(tokens[i+1]) {
		depth := 0
		for i++; i < len(tokens); i++ {
			depth += tokens[i].Sym.Nesting()
			if depth < 0 || depth == 0 && tokens[i].Sym == token.Semicolon {
				break
			}
		}
		if i >= len(tokens) || depth < 0 {
			return last
		}
		last = i
	}
	return last
}

// declares tells whether a declaration can start with a token.
func (x *subject) declares(t token.Token) bool {
	return declarationWords[t.Sym] || t.Kind == token.Ident && x.views[0].Target.Unit.Typedef(t.Sym) != nil
}

var declarationWords = map[token.Sym]bool{
	token.SymStruct: true, token.SymUnion: true, token.SymEnum: true, token.SymConst: true, token.SymVolatile: true,
	token.SymVoid: true, token.SymBool: true, token.SymBool1: true, token.SymChar: true, token.SymShort: true, token.SymInt: true,
	token.SymLong: true, token.SymSigned: true, token.SymUnsigned: true, token.SymFloat: true, token.SymDouble: true,
	token.Intern("static"): true, token.Intern("register"): true,
}
