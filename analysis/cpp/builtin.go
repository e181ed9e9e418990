package cpp

import (
	"path/filepath"
	"strings"

	"abide/analysis/token"
)

// builtin is the meaning of a macro that is no text.
type builtin uint8

const (
	notBuiltin builtin = iota
	builtinLine
	builtinFile
	builtinBaseFile
	builtinLevel
	builtinCounter
	builtinDate
	builtinTime
	builtinTimestamp
	builtinPragma
	builtinHasAttribute
	builtinHasStdAttribute
	builtinHasBuiltin
	builtinHasInclude
	builtinHasIncludeNext
)

// builtins are the macros that every translation unit starts with.
var builtins = map[token.Sym]*Macro{}

func init() {
	for name, b := range map[string]builtin{
		"__LINE__":            builtinLine,
		"__FILE__":            builtinFile,
		"__BASE_FILE__":       builtinBaseFile,
		"__INCLUDE_LEVEL__":   builtinLevel,
		"__COUNTER__":         builtinCounter,
		"__DATE__":            builtinDate,
		"__TIME__":            builtinTime,
		"__TIMESTAMP__":       builtinTimestamp,
		"_Pragma":             builtinPragma,
		"__has_attribute":     builtinHasAttribute,
		"__has_cpp_attribute": builtinHasAttribute,
		"__has_c_attribute":   builtinHasStdAttribute,
		"__has_builtin":       builtinHasBuiltin,
		"__has_include":       builtinHasInclude,
		"__has_include_next":  builtinHasIncludeNext,
	} {
		sym := token.Intern(name)
		builtins[sym] = &Macro{Name: sym, macroState: macroState{builtin: b, serial: macroSerial.Add(1)}}
	}
}

// The results of these do not change from one run to the next.
const (
	fixedDate      = `"Jan  1 1970"`
	fixedTime      = `"00:00:00"`
	fixedTimestamp = `"Thu Jan  1 00:00:00 1970"`
)

// call expands a predefined macro that is no text.
func (p *pass) call(m *Macro, name Token) bool {
	x := &p.expander
	var t Token
	switch m.builtin {
	case builtinLine:
		t = p.number(p.lineOf(x.line))
	case builtinFile:
		p.rec.needs.file = true
		t = x.scratch.token(token.String, quote(p.presumedPath(p.frame)))
	case builtinBaseFile:
		p.rec.uncacheable = true
		t = x.scratch.token(token.String, quote(p.cfg.Names.macro(p.cfg.Names.given(p.res.Main.Path))))
	case builtinLevel:
		p.rec.needs.file = true
		t = p.number(p.frame.depth)
	case builtinCounter:
		p.rec.needs.counter = true
		t = p.number(p.counter)
		p.counter++
	case builtinDate:
		t = x.scratch.token(token.String, fixedDate)
	case builtinTime:
		t = x.scratch.token(token.String, fixedTime)
	case builtinTimestamp:
		t = x.scratch.token(token.String, fixedTimestamp)
	case builtinPragma:
		return p.pragmaOperator(name)
	case builtinHasInclude, builtinHasIncludeNext:
		p.rec.uncacheable = true
		value, ok := p.hasInclude(m.builtin == builtinHasIncludeNext, name)
		if !ok {
			return false
		}
		t = p.number(value)
	default:
		value, ok := p.hasNamed(m, name)
		if !ok {
			return false
		}
		t = p.number(value)
	}
	t.Flags |= name.Flags & token.SpaceBefore
	x.push(context{toks: x.arena.keep([]Token{t})})
	return true
}

// number makes a token of a value.
func (p *pass) number(v int) Token {
	return Token{Kind: token.Number, Sym: token.Intern(itoa(v)), Sec: nowhere}
}

// lineOf is what __LINE__ is at a place of the text that is being read.
func (p *pass) lineOf(at linePlace) int {
	p.rec.needs.line = true
	if m := p.expander.exp; m != nil && !m.Macro.FuncLike && m.Macro.builtin == 0 {
		at = linePlace{m.Sec, m.Start}
	}
	f := p.frame
	// The place is in the current section, or in one shortly before it.
	for k := f.sec; k >= 0 && k >= f.sec-64; k-- {
		if f.file.sections[k] == at.sec {
			return f.line(f.file.bases[k] + int(at.start))
		}
	}
	return f.line(f.file.bases[f.sec])
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// plainToken reads the next token without expanding it.
func (x *expander) plainToken() Token {
	x.quiet++
	defer func() { x.quiet-- }()
	for {
		if t := x.get(); t.Kind != kindPadding {
			return t
		}
	}
}

// expandedToken reads the next token of an operand.
func (x *expander) expandedToken() Token {
	x.operand++
	defer func() { x.operand-- }()
	for {
		if t := x.get(); t.Kind != kindPadding {
			return t
		}
	}
}

// hasNamed evaluates __has_attribute(name) and its kin.
func (p *pass) hasNamed(m *Macro, name Token) (int, bool) {
	x := &p.expander
	x.quiet++
	open := x.paren()
	x.quiet--
	if !open {
		p.problem(name, `missing '(' after "`+m.Name.String()+`"`)
		return 0, false
	}
	t := x.expandedToken()
	value := 0
	if t.Kind == token.Ident {
		word := t.Sym.String()
		switch m.builtin {
		case builtinHasBuiltin:
			value = hasBuiltin(p.arch(), word)
			t = x.plainToken()
		default:
			scope := ""
			if t = x.plainToken(); op(&t, token.Colon) {
				if t = x.plainToken(); op(&t, token.Colon) {
					if t = x.plainToken(); t.Kind == token.Ident {
						scope, word = word, t.Sym.String()
						t = x.plainToken()
					}
				}
			}
			value = hasAttribute(p.arch(), scope, word, m.builtin == builtinHasStdAttribute)
		}
	} else {
		p.problem(name, `"`+m.Name.String()+`" needs a name`)
	}
	// To the closing parenthesis.
	for depth := 0; t.Kind != token.EOF; t = x.plainToken() {
		if op(&t, token.LParen) {
			depth++
		} else if op(&t, token.RParen) {
			if depth == 0 {
				return value, true
			}
			depth--
		}
	}
	p.problem(name, `missing ')' after "`+m.Name.String()+`"`)
	return value, true
}

func (p *pass) arch() string {
	p.rec.needs.abi = true
	if p.cfg.ABI == nil {
		return ""
	}
	return p.cfg.ABI.Arch
}

// hasInclude evaluates __has_include(<name>).
func (p *pass) hasInclude(next bool, name Token) (int, bool) {
	x := &p.expander
	x.quiet++
	open := x.paren()
	x.quiet--
	if !open {
		p.problem(name, `missing '(' before the operand of "`+name.Sym.String()+`"`)
		return 0, false
	}
	header, angle, ok := p.headerName(x.expandedToken())
	if t := x.plainToken(); !op(&t, token.RParen) {
		p.problem(name, `missing ')' after the operand of "`+name.Sym.String()+`"`)
	}
	if !ok {
		p.problem(name, `operator "`+name.Sym.String()+`" requires a header name`)
		return 0, true
	}
	if _, _, err := p.find(header, angle, next); err != "" {
		return 0, true
	}
	return 1, true
}

// headerName reads "name" or <name> from tokens of which the first is given.
func (p *pass) headerName(t Token) (name string, angle, ok bool) {
	switch {
	case t.Kind == token.String:
		s := t.Text()
		if len(s) < 3 || s[0] != '"' || s[len(s)-1] != '"' {
			return "", false, false
		}
		return s[1 : len(s)-1], false, true
	case !op(&t, token.Less):
		return "", false, false
	}
	if t.Exp == nil { // spelled here, it is a header name: no macros in it
		p.expander.quiet++
		defer func() { p.expander.quiet-- }()
	}
	var b strings.Builder
	for b.Len() < maxPaste {
		pad := Token{}
		t = p.expander.get()
		for t.Kind == kindPadding {
			if pad.Kind == 0 {
				pad = t
			}
			t = p.expander.get()
		}
		switch {
		case t.Kind == token.EOF:
			return "", true, false
		case t.Kind == token.Punct && t.Sym == token.Greater:
			return b.String(), true, b.Len() > 0
		}
		if t.Flags&token.SpaceBefore != 0 && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Text())
	}
	return "", true, false
}

// absolute tells whether a header's name is a path of its own.
func absolute(name string) bool { return filepath.IsAbs(name) }
