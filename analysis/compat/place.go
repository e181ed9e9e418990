package compat

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"abide/analysis/decl"
	"abide/analysis/payload"
	"abide/analysis/token"
)

// What the records stand under: user space has no compat types, and a kernel
// may serve no 32-bit programs.
const (
	userGuard   = "__KERNEL__"
	kernelGuard = "CONFIG_COMPAT"
)

// place is where the definitions go.
type place struct {
	offset    int
	behind    string // a line break, where the line goes on
	guard     string
	eol       string
	include   bool // <linux/compat.h> is missing
	includeAt int  // the end of the line behind which it goes; -1 for inside the guard
}

var insideKernel = token.Intern("__KERNEL__")

// place finds the end of the last declaration that is translated. ok is false
// in the middle of a macro, and in programs.
func (w *writer) place(roots []*payload.Record) (at place, ok bool) {
	lexed, err := w.pass.Lexed(context.WithoutCancel(w.pass.Context()))
	if err != nil {
		return at, false
	}
	last := roots[len(roots)-1]
	end := w.end(lexed, last.Views[w.viewOf(last)].Decl)
	if end < 0 {
		return at, false
	}
	f := w.pass.Text()
	at.offset, at.guard, at.eol, at.includeAt = end, userGuard, "\n", -1
	if strings.Contains(w.content[:min(len(w.content), 1<<16)], "\r\n") {
		at.eol = "\r\n"
	}
	for _, c := range lexed.Comments {
		if c.Start >= at.offset && strings.Trim(w.content[at.offset:c.Start], " \t") == "" {
			at.offset = c.End
		}
	}
	line := f.LineOf(at.offset)
	switch next := f.LineStart(line + 1); {
	case strings.TrimSpace(w.content[at.offset:f.LineEnd(line)]) != "":
		at.offset, at.behind = end, at.eol
	case strings.TrimSpace(w.content[next:f.LineEnd(line+1)]) != "":
		at.behind = at.eol // an empty line
	}
	kernel := w.kernel()
	if kernel || payload.InKernel(w.pass, at.offset) {
		at.guard = kernelGuard
	} else if strings.HasSuffix(w.pass.Path(), ".c") {
		return at, false
	}
	if at.include = !w.knowsTypes(end); at.include && kernel {
		at.includeAt = w.lastInclude(end)
	}
	return at, true
}

// settle moves the place behind the compat records that the new ones use.
func (w *writer) settle(at *place) {
	if w.after <= at.offset {
		return
	}
	f := w.pass.Text()
	at.offset, at.behind = f.LineEnd(f.LineOf(w.after)), ""
	if line := f.LineOf(at.offset) + 1; strings.TrimSpace(w.content[f.LineStart(line):f.LineEnd(line)]) != "" {
		at.behind = at.eol
	}
	if at.includeAt < 0 { // theirs serves
		at.include = false
	}
}

// follow notes that what is written has to stand behind a record of the file.
// ok is false where it cannot.
func (w *writer) follow(name string, union bool) (ok bool) {
	open := w.definition(name, union)
	if open < 0 {
		return true // another file's
	}
	around := payload.Around(w.pass, open)
	outer := payload.Around(w.pass, w.start)
	if len(around) < len(outer) || !slices.Equal(around[:len(outer)], outer) {
		return false
	}
	end := strings.Index(w.content[open:], "\n}")
	if end < 0 {
		return false
	}
	end += open + 2
	if len(around) > len(outer) {
		end = around[len(outer)].End.End
	}
	w.after = max(w.after, end)
	return end > 0
}

// kernel tells whether the file is seen as kernel source.
func (w *writer) kernel() bool {
	return !slices.ContainsFunc(w.pairs, func(p pair) bool { return p.wide.Result.Macro(insideKernel) == nil })
}

// end is behind the semicolon of the outermost declaration around a record, or -1.
func (w *writer) end(lexed *token.Lexed, d *decl.Record) int {
	for d.Parent != nil {
		d = d.Parent
	}
	shut, ok := w.pass.TokenSpan(w.template(), d.Close)
	if !ok {
		return -1
	}
	depth := 0
	i, found := slices.BinarySearchFunc(lexed.Tokens, shut.Start, func(t token.Token, at int) int { return int(t.Start) - at })
	if !found {
		return -1
	}
	for _, t := range lexed.Tokens[i+1:] {
		switch t.Sym {
		case token.LParen, token.LBracket, token.LBrace:
			depth++
		case token.RParen, token.RBracket, token.RBrace:
			depth--
		case token.Hash:
			return -1
		case token.Semicolon:
			if depth == 0 {
				return int(t.End)
			}
		}
		if depth < 0 {
			return -1
		}
	}
	return -1
}

// knowsTypes tells whether the file includes what brings the compat types in
// front of an offset.
func (w *writer) knowsTypes(before int) bool {
	if strings.Contains(w.content[:before], "<linux/compat.h>") {
		return true
	}
	return !slices.ContainsFunc(w.pairs, func(p pair) bool {
		d := p.wide.Unit.Typedef(token.Intern("compat_uptr_t"))
		if d == nil || d.NameTok == nil {
			return true
		}
		loc, ok := p.wide.Result.Place(d.NameTok)
		return !ok && loc.Path == "" || !strings.HasSuffix(loc.Path, "/compat.h") && loc.Path != w.pass.Path()
	})
}

var includeLine = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include[ \t]*<linux/[^>]*>[^\r\n]*`)

// lastInclude is the end of the last line in front of an offset that includes a
// header of the kernel's under no condition of its own; -1 for none.
func (w *writer) lastInclude(before int) int {
	found := -1
	var around []payload.Branch
	for _, m := range includeLine.FindAllStringIndex(w.content[:before], -1) {
		here := payload.Around(w.pass, m[0])
		if found < 0 {
			around = here
		}
		if slices.Equal(here, around) && !strings.Contains(w.content[m[0]:m[1]], "/*") {
			found = m[1]
		}
	}
	return found
}

// indentOf is what the record's members are indented by.
func (w *writer) indentOf(r *payload.Record) string {
	f := w.pass.Text()
	for _, field := range r.Views[w.viewOf(r)].Decl.Fields {
		span, ok := w.pass.RangeSpan(w.template(), field.Decl)
		if !ok {
			continue
		}
		line := w.content[f.LineStart(f.LineOf(span.Start)):span.Start]
		if line != "" && strings.Trim(line, " \t") == "" {
			outer := f.Content()[f.LineStart(f.LineOf(r.Span.Start)):r.Span.Start]
			if rest, ok := strings.CutPrefix(line, outer[:len(outer)-len(strings.TrimLeft(outer, " \t"))]); ok && rest != "" {
				return rest
			}
		}
	}
	return "\t"
}
