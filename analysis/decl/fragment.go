package decl

import (
	"slices"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// fragment is a declaration inside an item that is not parsed as a whole: a
// function's body, or text that is broken.
type fragment struct {
	toks  []cpp.Token
	brace int // the closing brace of the record or enum it starts with; 0 for none
}

// fragments finds definitions of records and enums, and typedefs.
func fragments(toks []cpp.Token) []fragment {
	var out []fragment
	for i := 0; i < len(toks); {
		switch wordOf(toks[i].Sym) {
		case wordTypedef, wordRecord, wordEnum:
		default:
			i++
			continue
		}
		start, brace := i, 0
		for start > 0 && isSpecifier(&toks[start-1]) {
			start--
		}
		for i < len(toks) && isSpecifier(&toks[i]) {
			i++
		}
		if open := definition(toks, i); open > 0 {
			shut := closingBrace(toks, open)
			if shut < 0 {
				i = open + 1
				continue
			}
			brace, i = shut, shut+1
		} else if wordOf(toks[start].Sym) != wordTypedef {
			i++
			continue
		}
		end := statementEnd(toks, i)
		if end < 0 && brace == 0 {
			continue
		}
		f := fragment{brace: max(0, brace-start)}
		if end < 0 {
			f.toks = closed(toks[start : brace+1])
		} else {
			f.toks = toks[start : end+1 : end+1]
		}
		out = append(out, f)
	}
	return out
}

func isSpecifier(t *cpp.Token) bool {
	switch wordOf(t.Sym) {
	case wordTypedef, wordQual, wordDrop:
		return true
	}
	return false
}

// definition tells where the brace is of a record or enum whose keyword is
// toks[i]; 0 if it is none.
func definition(toks []cpp.Token, i int) int {
	if i >= len(toks) {
		return 0
	}
	if w := wordOf(toks[i].Sym); w != wordRecord && w != wordEnum {
		return 0
	}
	for i++; i < len(toks); {
		t := &toks[i]
		switch w := wordOf(t.Sym); {
		case t.Sym == token.LBrace:
			return i
		case w == wordAttribute || w == wordDeclspec || w == wordAlignas:
			if i++; i < len(toks) && toks[i].Sym == token.LParen {
				i = skipGroup(toks, i)
			}
		case isName(t) || w == wordNote || t.Kind == token.Pragma:
			i++
		default:
			return 0
		}
	}
	return 0
}

// closingBrace finds the brace that closes the one at i, or -1.
func closingBrace(toks []cpp.Token, i int) int {
	for depth := 0; i < len(toks); i++ {
		switch toks[i].Sym {
		case token.LBrace:
			depth++
		case token.RBrace:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// statementEnd finds the semicolon that ends a declaration, or -1.
func statementEnd(toks []cpp.Token, i int) int {
	for i < len(toks) {
		switch toks[i].Sym {
		case token.Semicolon:
			return i
		case token.LParen, token.LBracket, token.LBrace:
			i = skipGroup(toks, i)
		case token.RParen, token.RBracket, token.RBrace:
			return -1
		default:
			i++
		}
	}
	return -1
}

// closed is a declaration whose semicolon is elsewhere, or missing.
func closed(toks []cpp.Token) []cpp.Token {
	return append(slices.Clip(toks), cpp.Token{Kind: token.Punct, Sym: token.Semicolon})
}

// parseFragments parses the definitions in toks, each knowing the ones before
// it, and gives their records.
func (p *parsed) parseFragments(toks []cpp.Token, isType func(token.Sym) bool) *parsed {
	l := &locals{records: map[token.Sym]*Record{}, enums: map[token.Sym]*Enum{}, types: map[token.Sym]Type{}}
	known := func(s token.Sym) bool { return l.types[s] != nil || isType(s) }
	all := &parsed{}
	for _, f := range fragments(toks) {
		q := &parsed{state: p.state, full: p.full}
		parseTokens(q, f.toks, 0, known, l)
		if len(q.records) == 0 && q.reason != "" && f.brace > 0 {
			q.reason = ""
			parseTokens(q, closed(f.toks[:f.brace+1]), 0, known, l)
		}
		for _, a := range q.answers {
			if l.types[a.name] == nil {
				p.merge([]answer{a})
			}
		}
		for _, r := range q.records {
			l.records[r.Tag] = r
		}
		for _, e := range q.enums {
			l.enums[e.Tag] = e
		}
		for _, t := range q.typedefs {
			l.types[t.Name] = t.Type
		}
		all.records = append(all.records, q.records...)
		all.enums = append(all.enums, q.enums...)
		all.typedefs = append(all.typedefs, q.typedefs...)
	}
	return all
}
