package payload

import (
	"strings"

	"abide/analysis"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Branch is one branch of an #if of the file.
type Branch struct {
	Span  text.Span // of its directive, from the # on
	Text  string    // the directive without comments and line splices
	Body  text.Span // what it guards
	First string    // the directive that the #if began with; Text, if that is it
	End   text.Span // of the #endif; empty if there is none
}

type branchesKey struct{}

// Branches lists the branches of conditionals whose directives stand in a
// stretch of the file.
func Branches(p *analysis.Pass, s text.Span) []Branch {
	var list []Branch
	for _, b := range branches(p) {
		if s.Start <= b.Span.Start && b.Span.End <= s.End {
			list = append(list, *b)
		}
	}
	return list
}

// Around lists the branches that guard an offset, the outermost first.
func Around(p *analysis.Pass, offset int) []Branch {
	var list []Branch
	for _, b := range branches(p) {
		if b.Body.Start <= offset && offset < b.Body.End {
			list = append(list, *b)
		}
	}
	return list
}

// InKernel tells whether a place of the file is for the kernel only: it stands
// under #ifdef __KERNEL__.
func InKernel(p *analysis.Pass, offset int) bool {
	for _, b := range Around(p, offset) {
		if !strings.Contains(b.First, "__KERNEL__") {
			continue
		}
		negated := strings.Contains(b.First, "ifndef") || strings.Contains(b.First, "!")
		if negated == (b.Text != b.First) {
			return true
		}
	}
	return false
}

func branches(p *analysis.Pass) []*Branch {
	return p.Memo(branchesKey{}, func() any {
		r := branchReader{lexed: lexed(p)}
		return r.read()
	}).([]*Branch)
}

// branchReader reads the conditionals of a file.
type branchReader struct {
	lexed *token.Lexed
	all   []*Branch
	open  [][]*Branch // branches of the groups that are not closed
}

// conditional is the directives that are read: a file has many others.
var conditional = map[token.Sym]bool{
	token.SymIf: true, token.SymIfdef: true, token.SymIfndef: true, token.SymElif: true,
	token.SymElifdef: true, token.SymElifndef: true, token.SymElse: true, token.SymEndif: true,
}

func (r *branchReader) read() []*Branch {
	tokens := r.lexed.Tokens
	for i := 0; i+1 < len(tokens); i++ {
		if tokens[i].Sym != token.Hash || tokens[i].Flags&token.FirstOnLine == 0 ||
			tokens[i+1].Flags&token.FirstOnLine != 0 || !conditional[tokens[i+1].Sym] {
			continue
		}
		span := text.Span{Start: int(tokens[i].Start)}
		var words []string
		for {
			words = append(words, token.Spelling(r.lexed, tokens[i]))
			span.End = int(tokens[i].End)
			if tokens[i+1].Kind == token.EOF || tokens[i+1].Flags&token.FirstOnLine != 0 {
				break
			}
			i++
		}
		r.directive(words, span)
	}
	for _, group := range r.open {
		group[len(group)-1].Body.End = len(r.lexed.Text)
	}
	return r.all
}

func (r *branchReader) directive(words []string, span text.Span) {
	top := len(r.open) - 1
	b := &Branch{Span: span, Text: strings.Join(words, " "), Body: text.Span{Start: span.End}}
	switch words[1] {
	case "if", "ifdef", "ifndef":
		b.First = b.Text
		r.open = append(r.open, []*Branch{b})
		r.all = append(r.all, b)
	case "elif", "else", "elifdef", "elifndef":
		if top < 0 {
			return
		}
		group := r.open[top]
		group[len(group)-1].Body.End = span.Start
		b.First = group[0].Text
		r.open[top] = append(group, b)
		r.all = append(r.all, b)
	case "endif":
		if top < 0 {
			return
		}
		group := r.open[top]
		group[len(group)-1].Body.End = span.Start
		for _, b := range group {
			b.End = span
		}
		r.open = r.open[:top]
	}
}
