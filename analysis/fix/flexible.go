package fix

import (
	"errors"

	"abide/analysis/text"
	"abide/analysis/token"
)

var errArray = errors.New("this member has no array bound of its own")

// Unbound takes away the first array bound of a member: a[0] becomes a[].
func (p *Plan) Unbound(m Member) {
	r := p.record
	open, ok := p.bound(m)
	if !ok {
		return
	}
	w := writer{Record: r}
	w.erase(r.end(open), r.start(r.closing(open, len(r.tokens))), "")
	p.edits = append(p.edits, w.edits...)
}

// Invoke makes the member the declaration of macro(type, name), without the
// first array bound. A declaration of several members cannot be one.
func (p *Plan) Invoke(m Member, macro string) {
	r := p.record
	open, ok := p.bound(m)
	if !ok {
		return
	}
	d := r.declaration(m.Decl)
	name := r.tokenAt(m.Name.Start)
	shut := r.closing(open, len(r.tokens))
	if d == nil || len(d.parts) != 1 || d.body || d.directive || shut+1 != d.semicolon || name == d.first {
		p.fail(m, errShape)
		return
	}
	if len(r.commentsIn(text.Span{Start: r.start(d.first), End: r.end(shut)})) > 0 {
		p.fail(m, errShape)
		return
	}
	w := writer{Record: r}
	w.edits = append(w.edits, text.Edit{Span: text.Span{Start: r.start(d.first), End: r.start(d.first)}, New: macro + "("})
	w.edits = append(w.edits, text.Edit{Span: text.Span{Start: r.end(name - 1), End: r.start(name)}, New: ", "})
	w.replace(r.end(name), r.end(shut), ")")
	p.edits = append(p.edits, w.edits...)
}

// bound is the bracket behind a member's name.
func (p *Plan) bound(m Member) (open int, ok bool) {
	r := p.record
	if m.Macro || m.Name.End <= m.Name.Start {
		p.fail(m, errArray)
		return 0, false
	}
	open = r.tokenAt(m.Name.End)
	if !r.is(open, token.LBracket) {
		p.fail(m, errArray)
		return 0, false
	}
	return open, true
}
