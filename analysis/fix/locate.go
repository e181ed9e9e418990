package fix

import (
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Locate finds where the main file of res, which r is a part of, spells the
// declaration of f. ok is false if no edit of the file can change it or put
// something beside it: it comes out of a macro's body, or stands elsewhere.
func (r *Record) Locate(res *cpp.Result, f *decl.Field) (m Member, ok bool) {
	first, last := f.Decl.First, f.Decl.Last
	if first == nil || last == nil {
		return Member{}, false
	}
	from, inFirst := res.Place(first)
	to, inLast := res.Place(last)
	if from.Path != res.Main.Path || to.Path != res.Main.Path {
		return Member{}, false
	}
	if !inLast {
		// A type that a macro spells is part of the text, unless the same
		// invocation has the semicolon in its arguments.
		if from.Start >= to.End || inFirst && first.Exp == last.Exp {
			return Member{}, false
		}
		m.Decl = text.Span{Start: from.Start, End: to.End}
		if first.Exp != nil && first.Exp != last.Exp && !inFirst { // FIELD(void *, data);
			start := r.invocationOf(first.Exp.Macro.Name, from.Start)
			if start < 0 {
				return Member{}, false
			}
			m.Decl.Start = start
			m.Type = r.typeArgument(text.Span{Start: start, End: to.Start}, from.Start, f.Type)
		}
		m.Name, ok = name(res, f)
		return m, ok || !f.Shared
	}
	if first.Exp != last.Exp {
		return Member{}, false
	}
	if !alone(f) {
		return Member{}, false
	}
	if rec := f.Record; rec.Open.Exp != last.Exp && rec.Close.Exp != last.Exp {
		m.Decl, m.Macro = to.Span, true
	}
	if !inFirst {
		m.Type = r.typeArgument(to.Span, from.Start, f.Type)
	}
	return m, m.Macro || m.Type != text.Span{}
}

// invocationOf is where the invocation of a macro starts whose arguments hold an
// offset; -1 if that cannot be seen.
func (r *Record) invocationOf(macro token.Sym, at int) int {
	depth := 0
	for i := r.tokenAt(at) - 1; i > 0; i-- {
		switch r.tokens[i].Sym {
		case token.RParen:
			depth++
		case token.LParen:
			if depth--; depth < 0 {
				if r.is(i-1, macro) {
					return r.start(i - 1)
				}
				depth = 0
			}
		case token.LBrace, token.RBrace, token.Semicolon:
			return -1
		}
	}
	return -1
}

// name is where a member's name, or else its declarator, is spelled without the
// help of a macro that makes other parts of the declaration.
func name(res *cpp.Result, f *decl.Field) (span text.Span, ok bool) {
	tok := f.NameTok
	if tok == nil {
		tok = f.Range.First
	}
	if tok == nil || tok.Exp != f.Decl.Last.Exp {
		return text.Span{}, false
	}
	loc, inBody := res.Place(tok)
	if inBody {
		return text.Span{}, false
	}
	if f.NameTok == nil {
		loc.End = loc.Start
	}
	return loc.Span, true
}

// alone tells whether the macro invocation that makes the declaration of f
// makes no other member of the record.
func alone(f *decl.Field) bool {
	if f.Record == nil || f.Record.Open == nil || f.Record.Close == nil {
		return false
	}
	for _, other := range f.Record.Fields {
		first := other.Decl.First
		if first != nil && first != f.Decl.First && first.Exp == f.Decl.First.Exp {
			return false
		}
	}
	return true
}

// typeArgument is the argument of a macro invocation that starts at an offset,
// if it spells the type t and nothing else, as in FIELD(void *, data).
func (r *Record) typeArgument(invocation text.Span, at int, t decl.Type) text.Span {
	stars := 0
	for {
		switch u := t.(type) {
		case *decl.Array:
			t = u.Elem
			continue
		case *decl.Attributed:
			t = u.Type
			continue
		case *decl.Pointer:
			stars++
			t = u.Elem
			continue
		}
		break
	}
	i, end := r.tokenAt(at), r.tokenAt(invocation.End)
	if i >= end || r.start(i) != at || !r.is(i-1, token.LParen) && !r.is(i-1, token.Comma) {
		return text.Span{}
	}
	for j := i; j < end; j++ {
		switch r.tokens[j].Sym {
		case token.Star:
			stars--
		case token.LParen, token.LBrace, token.LBracket, token.Semicolon:
			return text.Span{}
		case token.Comma, token.RParen:
			if stars != 0 || j == i {
				return text.Span{}
			}
			return text.Span{Start: at, End: r.end(j - 1)}
		}
	}
	return text.Span{}
}
