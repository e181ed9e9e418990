package decl

import (
	"maps"
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

// Limits of the search for fragments, in tokens: how far a declaration's
// specifiers and declarators reach.
const (
	maxSpecifiers  = 16
	maxDeclarators = 1 << 10
)

// fragments finds definitions of records and enums, and typedefs.
func fragments(toks []cpp.Token) []fragment {
	var out []fragment
	partners := closingBraces(toks)
	for i := 0; i < len(toks); {
		switch wordOf(toks[i].Sym) {
		case wordTypedef, wordRecord, wordEnum:
		default:
			i++
			continue
		}
		start, brace := i, 0
		for start > 0 && i-start < maxSpecifiers && isSpecifier(&toks[start-1]) {
			start--
		}
		for i < len(toks) && isSpecifier(&toks[i]) {
			i++
		}
		if open := definition(toks, i); open > 0 {
			shut, ok := partners[open]
			if !ok {
				i = open + 1
				continue
			}
			brace, i = shut, shut+1
		} else if wordOf(toks[start].Sym) != wordTypedef {
			i++
			continue
		}
		end := statementEnd(toks[:min(len(toks), i+maxDeclarators)], i)
		if i = max(i+1, end+1); end < 0 && brace == 0 {
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

// closingBraces gives, for each brace that is closed, the one that closes it.
func closingBraces(toks []cpp.Token) map[int]int {
	partners := make(map[int]int)
	var open []int
	for i := range toks {
		switch toks[i].Sym {
		case token.LBrace:
			open = append(open, i)
		case token.RBrace:
			if n := len(open); n > 0 {
				partners[open[n-1]] = i
				open = open[:n-1]
			}
		}
	}
	return partners
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
func (p *parsed) parseFragments(toks []cpp.Token, class func(token.Sym) nameClass) *parsed {
	l := newLocals()
	inside := func(s token.Sym) nameClass {
		switch {
		case l.types[s] != nil:
			return nameType
		case l.values[s] != nil:
			return nameValue
		}
		return class(s)
	}
	all := &parsed{}
	for _, f := range fragments(toks) {
		q := &parsed{state: p.state, full: p.full}
		parseTokens(q, f.toks, 0, inside, l)
		if len(q.records) == 0 && q.reason != "" && f.brace > 0 {
			q.reason = ""
			parseTokens(q, closed(f.toks[:f.brace+1]), 0, inside, l)
		}
		maps.DeleteFunc(q.asked, func(name token.Sym, _ nameClass) bool { return l.types[name] != nil || l.values[name] != nil })
		p.assume(q.asked)
		l.learn(q)
		all.records = append(all.records, q.records...)
		all.enums = append(all.enums, q.enums...)
		all.typedefs = append(all.typedefs, q.typedefs...)
	}
	return all
}
