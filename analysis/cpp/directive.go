package cpp

import (
	"strings"

	"abide/analysis/token"
)

// directive executes a directive in text that is not left out, or a
// conditional one.
func (p *pass) directive(it *item) {
	switch it.kind {
	case dirDefine:
		m, err := p.sec.define(it)
		if err != nil {
			p.problem(Token{Sec: p.sec, Start: err.start, End: err.end}, err.message)
			return
		}
		if b, _ := p.env.Get(m.Name); b != nil && b.builtin >= builtinPragma {
			p.directiveProblem(it, `"`+m.Name.String()+`" cannot be used as a macro name`)
			return
		}
		p.define(m.Name, m)
	case dirUndef:
		if name := p.macroName(it); name != 0 {
			if p.lookup(name) != nil {
				p.define(name, nil)
			}
		}
	case dirInclude, dirIncludeNext, dirImport:
		p.include(it)
	case dirIf:
		v := p.condition(it)
		p.open(it, cond{skip: !v, done: v})
	case dirIfdef, dirIfndef:
		v := false
		if name := p.macroName(it); name != 0 {
			v = (p.lookup(name) != nil) == (it.kind == dirIfdef)
		}
		p.open(it, cond{skip: !v, done: v})
	case dirElif, dirElifdef, dirElifndef:
		p.elif(it)
	case dirElse:
		c := p.innermost(it)
		if c == nil {
			return
		}
		if c.seenElse {
			p.directiveProblem(it, "#else after #else")
		}
		c.skip, c.done, c.seenElse = c.done, true, true
	case dirEndif:
		if c := p.innermost(it); c != nil {
			p.frame.conds = p.frame.conds[:len(p.frame.conds)-1]
		}
	case dirLine, dirMarker:
		p.lineDirective(it)
	case dirError:
		p.directiveProblem(it, strings.TrimSpace("#error "+p.spelling(it)))
	case dirWarning:
		p.directiveProblem(it, strings.TrimSpace("#warning "+p.spelling(it)))
	case dirPragma:
		p.pragma(it)
	case dirIdent:
		p.ident(it)
	case dirUnknown:
		p.directiveProblem(it, "invalid preprocessing directive #"+p.directiveName(it))
	}
}

// open begins a conditional.
func (p *pass) open(it *item, c cond) {
	f := p.frame
	if len(f.conds) >= maxNestedIfs {
		if !p.dead {
			p.give(p.sec, p.sec.Lex.Tokens[it.hash].Start, tooManyIfs)
		}
		return
	}
	c.sec, c.start = p.sec, p.sec.Lex.Tokens[it.hash].Start
	f.conds = append(f.conds, c)
}

// innermost is the open conditional that a directive belongs to.
func (p *pass) innermost(it *item) *cond {
	f := p.frame
	n := len(f.conds)
	if n == 0 {
		p.rec.needs.bottom = true
		p.directiveProblem(it, "#"+p.directiveName(it)+" without #if")
		return nil
	}
	f.low = min(f.low, n-1)
	return &f.conds[n-1]
}

func (p *pass) elif(it *item) {
	c := p.innermost(it)
	if c == nil {
		return
	}
	if c.seenElse {
		p.directiveProblem(it, "#"+p.directiveName(it)+" after #else")
	}
	if c.done {
		c.skip = true
		return
	}
	var v bool
	if it.kind == dirElif {
		v = p.condition(it)
	} else if name := p.macroName(it); name != 0 {
		v = (p.lookup(name) != nil) == (it.kind == dirElifdef)
	}
	c.skip, c.done = !v, v
}

// macroName reads the operand of #undef, #ifdef and their kin.
func (p *pass) macroName(it *item) token.Sym {
	if it.from >= it.to {
		p.directiveProblem(it, "no macro name given in #"+p.directiveName(it)+" directive")
		return 0
	}
	t := &p.sec.Lex.Tokens[it.from]
	if t.Kind != token.Ident {
		p.directiveProblem(it, "macro names must be identifiers")
		return 0
	}
	return t.Sym
}

func (p *pass) directiveName(it *item) string {
	if it.from > it.hash+1 {
		return p.sec.Lex.Tokens[it.hash+1].Sym.String()
	}
	return ""
}

// directiveProblem notes something about a whole directive.
func (p *pass) directiveProblem(it *item, message string) {
	toks := p.sec.Lex.Tokens
	f := p.frame
	base := f.file.bases[f.sec]
	p.problemAt(f.file, base+int(toks[it.hash].Start), base+int(toks[max(it.hash, it.to-1)].End), message)
}

// spelling is a directive's operands, white space as single blanks.
func (p *pass) spelling(it *item) string {
	var b strings.Builder
	for k := it.from; k < it.to; k++ {
		t := &p.sec.Lex.Tokens[k]
		if k > it.from && t.Flags&token.SpaceBefore != 0 {
			b.WriteByte(' ')
		}
		b.WriteString(token.Spelling(p.sec.Lex, *t))
	}
	return b.String()
}

// lineDirective executes #line 12 "file" and # 12 "file".
func (p *pass) lineDirective(it *item) {
	p.rec.uncacheable, p.rec.needs.line = true, true
	var toks []Token
	p.operands(it, func(x *expander) {
		for t := x.get(); t.Kind != token.EOF && len(toks) < 8; t = x.get() {
			if t.Kind != kindPadding {
				toks = append(toks, t)
			}
		}
	})
	if len(toks) == 0 || toks[0].Kind != token.Number {
		p.directiveProblem(it, "#line needs a line number")
		return
	}
	n := 0
	for _, c := range toks[0].Text() {
		if c < '0' || c > '9' || n > 1<<31 {
			p.directiveProblem(it, `"`+toks[0].Text()+`" after #line is not a line number`)
			return
		}
		n = n*10 + int(c-'0')
	}
	f := p.frame
	if len(toks) > 1 {
		name := toks[1].Text()
		if toks[1].Kind != token.String || len(name) < 2 || name[0] != '"' || name[len(name)-1] != '"' {
			p.directiveProblem(it, name+" after #line is not a file name")
			return
		}
		f.presumed = unescape(name[1 : len(name)-1])
	}
	here := f.file.Text.LineOf(f.file.bases[f.sec] + int(p.sec.Lex.Tokens[max(it.hash, it.to-1)].End))
	f.shift = n - (here + 2)
}

func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
