package refactor

import (
	"fmt"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/text"
	"abide/analysis/token"
)

// flexible offers [] for a last member that is written [0] or [1], where no
// rule does.
func flexible(x *subject) []Action {
	if x.record.Payload || x.Config().Scope == analysis.ScopeAll {
		return nil
	}
	var at text.Span
	name := ""
	for i, v := range x.views {
		n := len(v.Decl.Fields)
		if v.Decl.Union || n < 2 {
			return nil
		}
		f := v.Decl.Fields[n-1]
		array, ok := f.Type.(*decl.Array)
		if !ok || f.NameTok == nil || array.Len == nil {
			return nil
		}
		bound, err := v.Target.Engine.Eval(array.Len)
		if err != nil || bound.Hi != 0 || bound.Lo > 1 {
			return nil
		}
		if nested, err := v.Target.Engine.Resolve(array.Elem); err != nil {
			return nil
		} else if _, ok := nested.(*decl.Array); ok {
			return nil
		}
		span, ok := x.bound(v, f)
		if !ok || i > 0 && span != at {
			return nil
		}
		at, name = span, f.Name.String()
	}
	after, ok := x.changed(func(_ int, d *decl.Record) {
		last := *d.Fields[len(d.Fields)-1]
		last.Type = &decl.Array{Elem: last.Type.(*decl.Array).Elem}
		d.Fields[len(d.Fields)-1] = &last
	})
	if !ok {
		return nil
	}
	written := x.Text().Content()[at.Start:at.End]
	price := ""
	if p := x.price(after); p != "" {
		price = ": " + x.name() + " is " + x.sizes(after) + p
	}
	return []Action{{
		Kind:  rewrite,
		Title: fmt.Sprintf("Write '%s[%s]' as '%s[]'%s", name, written, name, price),
		Plan:  func() []text.Edit { return []text.Edit{{Span: at}} },
	}}
}

// bound is what stands between the brackets behind a member's name.
func (x *subject) bound(v analysis.View, f *decl.Field) (s text.Span, ok bool) {
	named, ok := x.TokenSpan(v.Target, f.NameTok)
	if !ok {
		return s, false
	}
	i := x.tokenAt(named.Start)
	if i < 0 || i+2 >= len(x.lexed.Tokens) || x.lexed.Tokens[i+1].Sym != token.LBracket {
		return s, false
	}
	s.Start = int(x.lexed.Tokens[i+1].End)
	for i += 2; i < x.close; i++ {
		if t := x.lexed.Tokens[i]; t.Sym == token.RBracket {
			s.End = int(t.Start)
			break
		}
	}
	for _, c := range x.lexed.Comments {
		if c.Start >= s.Start && c.Start < s.End {
			return s, false
		}
	}
	return s, s.End > s.Start
}
