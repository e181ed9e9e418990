// Package uapitypename is the rule uapi-type-name: integer types in a header
// of the kernel's user-space interface that are not that interface's own.
package uapitypename

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/payload"
	"abide/analysis/text"
	"abide/analysis/token"
)

//go:embed doc.md
var doc string

// Check reports each use of the kernel's names, which user space does not
// have, and the names of <stdint.h> once for the file.
var Check = &analysis.Check{
	Name:     "uapi-type-name",
	Summary:  "u32 or uint32_t instead of __u32 in a header under uapi/",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,
}

// use is a type name in the declaration of a member.
type use struct {
	name   string
	span   text.Span
	record string
	field  string
}

func run(p *analysis.Pass) {
	if !analysis.IsUAPI(p.Path()) {
		return
	}
	var standard, kernel []use
	for _, u := range uses(p) {
		switch {
		case payload.StandardInteger(u.name) != "":
			standard = append(standard, u)
		case !payload.InKernel(p, u.span.Start):
			kernel = append(kernel, u)
		}
	}
	for _, u := range kernel {
		f := finding(analysis.Warning, u, fmt.Sprintf("'%s' is the kernel's own name: user space has '%s'", u.name, payload.KernelInteger(u.name)))
		f.Plan = func() []analysis.Fix {
			fixes := rename(p, fmt.Sprintf("Change '%s' to '%s'", u.name, payload.KernelInteger(u.name)), true, []use{u})
			if len(kernel) > 1 {
				fixes = append(fixes, rename(p, "Change all of the kernel's own integer types in the file", false, kernel)...)
			}
			return fixes
		}
		p.Report(f)
	}
	if len(standard) == 0 {
		return
	}
	first := standard[0]
	f := finding(analysis.Hint, first, fmt.Sprintf("'%s' needs <stdint.h>: the kernel's interface has '%s' (%d of this kind in the file)",
		first.name, payload.StandardInteger(first.name), len(standard)))
	f.Plan = func() []analysis.Fix {
		return rename(p, fmt.Sprintf("Change '%s' and its like to '%s' in the whole file", first.name, payload.StandardInteger(first.name)), true, everywhere(p))
	}
	p.Report(f)
}

func finding(severity analysis.Severity, u use, message string) analysis.Finding {
	return analysis.Finding{Severity: severity, Span: u.span, Message: message, Record: u.record, Field: u.field}
}

// uses lists the names in the declarations of all members, in source order,
// those that a declaration shares once. Names that programs have are left out.
func uses(p *analysis.Pass) []use {
	if !mayHave(p) {
		return nil
	}
	lexed, err := p.Lexed(p.Context())
	if err != nil {
		return nil
	}
	var list []use
	told := map[int]bool{}
	for _, r := range p.Records() {
		if r.Stale {
			continue
		}
		for i := range r.Views {
			v := &r.Views[i]
			if v.Decl == nil {
				continue
			}
			for _, f := range v.Decl.Fields {
				for _, t := range spelled(p, lexed, v.Target, f) {
					if told[int(t.Start)] {
						continue
					}
					told[int(t.Start)] = true
					u := use{token.Spelling(lexed, t), text.Span{Start: int(t.Start), End: int(t.End)}, r.Name, ""}
					if f.Name != 0 {
						u.field = f.Name.String()
					}
					list = append(list, u)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b use) int { return a.span.Start - b.span.Start })
	return list
}

// mayHave tells whether such a name stands in the file's text at all.
func mayHave(p *analysis.Pass) bool {
	for run := range p.Code() {
		if slices.ContainsFunc(run, payload.IsInteger) {
			return true
		}
	}
	return false
}

// spelled is the tokens of a member's declaration in front of its name that
// are such a type's, without those of a record that is defined there.
func spelled(p *analysis.Pass, lexed *token.Lexed, t *analysis.Target, f *decl.Field) []token.Token {
	span, editable := p.RangeSpan(t, f.Decl)
	if !editable {
		return nil
	}
	var list []token.Token
	i, _ := slices.BinarySearchFunc(lexed.Tokens, span.Start, func(t token.Token, at int) int { return int(t.Start) - at })
	for ; i < len(lexed.Tokens) && int(lexed.Tokens[i].Start) < span.End; i++ {
		tok := lexed.Tokens[i]
		switch {
		case tok.Sym == token.LBrace:
			return nil
		case tok.Sym == f.Name:
			return list
		case !payload.IsInteger(tok):
			continue
		}
		name := tok.Sym.String()
		if payload.StandardInteger(name) != "" || payload.KernelInteger(name) != "" && !payload.Provided(p, t, tok.Sym) {
			list = append(list, tok)
		}
	}
	return list
}

// everywhere is all the standard names of the file's text.
func everywhere(p *analysis.Pass) []use {
	lexed, err := p.Lexed(context.WithoutCancel(p.Context()))
	if err != nil {
		return nil
	}
	var list []use
	for _, t := range lexed.Tokens {
		if !payload.IsInteger(t) {
			continue
		}
		if name := t.Sym.String(); payload.StandardInteger(name) != "" {
			list = append(list, use{name: name, span: text.Span{Start: int(t.Start), End: int(t.End)}})
		}
	}
	return list
}

// rename offers the interface's own names, if they are known to every ABI.
func rename(p *analysis.Pass, title string, preferred bool, list []use) []analysis.Fix {
	fix := analysis.Fix{Title: title, Preferred: preferred}
	for _, u := range list {
		name := payload.KernelInteger(u.name) + payload.StandardInteger(u.name)
		for _, t := range p.Targets() {
			if t.Unit.Typedef(token.Intern(name)) == nil {
				return nil
			}
		}
		fix.Edits = append(fix.Edits, text.Edit{Span: u.span, New: name})
	}
	return []analysis.Fix{fix}
}
