// Package pragmapackleak is the rule pragma-pack-leak: a file that leaves
// #pragma pack in force for those who include it.
package pragmapackleak

import (
	_ "embed"
	"fmt"
	"strings"

	"abide/analysis"
	"abide/analysis/payload"
	"abide/analysis/text"
	"abide/analysis/token"
)

//go:embed doc.md
var doc string

// Check reports a pragma of this file that is still in force at its end. A file
// that declares nothing, as pshpack1.h, is made for that.
var Check = &analysis.Check{
	Name:     "pragma-pack-leak",
	Summary:  "a file that ends with #pragma pack still in force",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,
}

func run(p *analysis.Pass) {
	if !strings.Contains(p.Text().Content(), "pack") || len(p.Records()) == 0 {
		return
	}
	var order []leak
	abis := map[leak][]string{}
	for _, t := range p.Targets() {
		for _, l := range leaks(p, t) {
			if abis[l] == nil {
				order = append(order, l)
			}
			abis[l] = append(abis[l], t.ABI.Name)
		}
	}
	for _, l := range order {
		message := fmt.Sprintf("'#pragma %s' is still in force at the end of the file", l.pragma)
		if len(abis[l]) < len(p.Targets()) {
			message += " on " + payload.List(abis[l])
		}
		f := analysis.Finding{Severity: analysis.Warning, Span: l.span, Message: message, ABIs: abis[l]}
		if len(abis[l]) == len(p.Targets()) {
			f.Plan = func() []analysis.Fix { return undo(p, l) }
		}
		p.Report(f)
	}
}

// leak is a pragma of the file that nothing takes back.
type leak struct {
	span   text.Span
	pragma string
	set    bool // the alignment is set, not pushed
}

// leaks runs the pragmas of a translation unit (GCC manual,
// "Structure-Layout Pragmas") and gives those of the file that remain.
func leaks(p *analysis.Pass, t *analysis.Target) []leak {
	var stack []entry
	var set *leak // what set the alignment outside of any push
	for tok := range t.Result.Pragmas() {
		op, ok := readPack(tok.Sym.String())
		if !ok {
			continue
		}
		here := leak{pragma: tok.Sym.String()}
		if loc, _ := t.Result.Place(tok); loc.Path == p.Path() {
			here.span = loc.Span
		}
		switch {
		case op.push:
			stack = append(stack, entry{op.name, here})
		case op.pop:
			stack = pop(stack, op.name)
		case len(stack) > 0: // lasts as long as the push
		case op.bytes == "" || op.bytes == "0":
			set = nil
		default:
			here.set = true
			set = &here
		}
	}
	var list []leak
	if set != nil && set.span.End > 0 {
		list = append(list, *set)
	}
	for _, e := range stack {
		if e.span.End > 0 {
			list = append(list, e.leak)
		}
	}
	return list
}

// entry is one #pragma pack(push).
type entry struct {
	name string
	leak
}

func pop(stack []entry, name string) []entry {
	top := len(stack) - 1
	for i := top; name != "" && i >= 0; i-- {
		if stack[i].name == name {
			top = i
			break
		}
	}
	return stack[:max(top, 0)]
}

// packing is what one #pragma pack does.
type packing struct {
	push, pop   bool
	name, bytes string
}

func readPack(pragma string) (op packing, ok bool) {
	rest, ok := strings.CutPrefix(strings.ReplaceAll(pragma, " ", ""), "pack(")
	if !ok || !strings.HasSuffix(rest, ")") {
		return op, false
	}
	for _, word := range strings.Split(strings.TrimSuffix(rest, ")"), ",") {
		switch {
		case word == "push":
			op.push = true
		case word == "pop":
			op.pop = true
		case word != "" && word[0] >= '0' && word[0] <= '9':
			op.bytes = word
		default:
			op.name = word
		}
	}
	return op, true
}

// undo inserts what takes the pragma back at the end of the file, inside of the
// include guard. A pragma under another condition is left to its author.
func undo(p *analysis.Pass, l leak) []analysis.Fix {
	content := p.Text().Content()
	at := len(content)
	for _, b := range payload.Around(p, l.span.Start) {
		if b.End.End == 0 || !last(content[b.End.End:]) {
			return nil
		}
		at = b.End.Start
	}
	pragma := "#pragma pack(pop)"
	if l.set {
		pragma = "#pragma pack()"
	}
	eol := "\n"
	if strings.Contains(content, "\r\n") {
		eol = "\r\n"
	}
	inserted := pragma + eol
	switch {
	case at == len(content) && !strings.HasSuffix(content, eol):
		inserted = eol + inserted
	case at < len(content) && !strings.HasSuffix(content[:at], eol+eol):
		inserted += eol
	}
	return []analysis.Fix{{
		Title:     "Insert '" + pragma + "' at the end of the file",
		Edits:     []text.Edit{{Span: text.Span{Start: at, End: at}, New: inserted}},
		Preferred: true,
	}}
}

// last tells whether nothing but comments, and ends of further conditions,
// follows.
func last(rest string) bool {
	lexed := token.Lex(rest)
	for _, t := range lexed.Tokens {
		if t.Kind != token.EOF && t.Sym != token.Hash && token.Spelling(lexed, t) != "endif" {
			return false
		}
	}
	return true
}
