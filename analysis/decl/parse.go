package decl

import (
	"maps"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// maxRetries is how many members of an item cc may refuse before the item is
// given up.
const maxRetries = 24

// parseItem parses an item. What cannot be parsed is left out: a member of a
// record alone, if possible.
func parseItem(it *Item, class func(token.Sym) nameClass, state *pragmas) *parsed {
	p := &parsed{state: state, full: it.pragmas}
	toks := it.Tokens
	if it.body > 0 {
		toks = toks[:it.body+1]
	}
	parseTokens(p, toks, it.body, class, nil)
	switch {
	case !it.records:
	case it.body > 0:
		p.inner = p.parseFragments(it.Tokens[it.body:], class).records
	case len(p.records) == 0:
		q := p.parseFragments(it.Tokens, class)
		p.records, p.enums, p.typedefs = q.records, q.enums, q.typedefs
	}
	p.indexValues()
	p.answers, p.asked = answersOf(p.asked), nil
	return p
}

// parseTokens parses one external declaration.
func parseTokens(p *parsed, toks []cpp.Token, body int, class func(token.Sym) nameClass, local *locals) {
	refused := map[int32]string{}
	for range maxRetries {
		f := newFeed(toks, class)
		f.refused = refused
		f.text = append(f.text, prelude...)
		w := walker{f: f, end: len(f.kept)}
		nkept := len(f.kept)
		if nkept == 0 || nkept == 1 && w.sym() == token.Semicolon {
			return // asm, static assertions
		}
		ok := w.external(body)
		if ok {
			f.feedArgs(nkept)
		}
		p.assume(f.answers)
		if !ok {
			p.reason = w.why
			return
		}
		f.text = append(f.text, sentinel...)
		ast, err := parseText(string(f.text))
		if err == nil {
			c := &conv{f: f, p: p, locals: local}
			if c.run(ast) {
				return
			}
			p.reason = "the parser's tree is not as expected"
			return
		}
		p.reason = err.Error()
		off, found := errorOffset(err)
		if !found || !f.refuse(off, refused) {
			return
		}
	}
}

// assume adds answers.
func (p *parsed) assume(answers map[token.Sym]nameClass) {
	if p.asked == nil {
		p.asked = make(map[token.Sym]nameClass, len(answers))
	}
	maps.Copy(p.asked, answers)
}

// refuse marks the innermost member of a record that holds an offset as one
// that cc does not take.
func (f *feed) refuse(offset int, refused map[int32]string) bool {
	best := -1
	for i := range f.members {
		m := &f.members[i]
		if m.record >= 0 && m.offset <= offset && offset < m.end && (best < 0 || m.offset >= f.members[best].offset) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	refused[f.members[best].first] = "not a member declaration"
	return true
}
