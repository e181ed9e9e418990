// Package ioctlpointerarg is the rule ioctl-pointer-arg: a command defined
// with a pointer to what it carries.
package ioctlpointerarg

import (
	_ "embed"
	"fmt"
	"slices"

	"abide/analysis"
	"abide/analysis/command"
	"abide/analysis/cpp"
	"abide/analysis/payload"
	"abide/analysis/text"
	"abide/analysis/token"
)

//go:embed doc.md
var doc string

// Check reports commands whose payload's type is a pointer.
var Check = &analysis.Check{
	Name:     "ioctl-pointer-arg",
	Summary:  "a command that encodes the size of a pointer, not of what it points to",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,
}

func run(p *analysis.Pass) {
	for _, c := range command.List(p) {
		if !c.CarriesPointer() {
			continue
		}
		_, i := c.First()
		message := fmt.Sprintf("%s encodes the size of a pointer, '%s', not of what it points to", c.Name, c.Payload)
		differs := c.Differing()
		if numbers, differ := payload.Numbers(c.Command, differs); differ {
			message += ": it is " + numbers
		}
		f := c.Finding(analysis.Warning, message)
		f.ABIs = c.OtherABIs(differs)
		s, spelled := c.PayloadArgument()
		if spelled {
			f.Span = s.Span
			f.Plan = func() []analysis.Fix { return fixes(c.Targets[i], s) }
		}
		p.Report(f)
	}
}

// fixes takes the '*' away, where a type's name remains.
func fixes(t *analysis.Target, s command.Spelled) []analysis.Fix {
	first, last := 0, len(s.Tokens)-1
	if s.Tokens[0].Sym == token.SymSizeof && last > 2 && s.Closes(1) == last { // of _IOC
		first, last = 2, last-1
	}
	from := last
	for from > first && (s.Tokens[from].Sym == token.Star || qualifiers[s.Tokens[from].Sym]) {
		from--
	}
	removed := s.Tokens[from+1 : last+1]
	isStar := func(tok cpp.Token) bool { return tok.Sym == token.Star }
	if !slices.ContainsFunc(removed, isStar) || !command.StartsType(t, s.Tokens[first]) || slices.ContainsFunc(s.Tokens[first:from+1], isVoid) {
		return nil
	}
	cut := text.Span{Start: s.At(from).End, End: s.At(last).End}
	old, kept := s.Text[s.At(first).Start-s.Span.Start:cut.End-s.Span.Start], s.Text[s.At(first).Start-s.Span.Start:cut.Start-s.Span.Start]
	return []analysis.Fix{{
		Title:     fmt.Sprintf("Change '%s' to '%s' (changes the ABI)", old, kept),
		Edits:     []text.Edit{{Span: cut}},
		Preferred: true,
	}}
}

func isVoid(tok cpp.Token) bool { return tok.Sym == token.SymVoid }

var qualifiers = map[token.Sym]bool{token.SymConst: true, token.SymVolatile: true, token.Intern("__user"): true}
