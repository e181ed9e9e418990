package compat

import (
	"fmt"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/command"
	"abide/analysis/decl"
	"abide/analysis/payload"
	"abide/analysis/text"
	"abide/analysis/token"
)

// maxNames bounds how many names a title lists.
const maxNames = 3

func (w *writer) title(commands []define, at place) string {
	var names []string
	for i := len(w.order) - 1; i >= 0; i-- {
		names = append(names, keyword(w.order[i].of)+" "+w.order[i].name)
	}
	for _, c := range commands {
		names = append(names, c.name)
	}
	s := "Generate " + payload.List(names) + " for 32-bit programs"
	if len(names) > maxNames {
		s = fmt.Sprintf("Generate %s and %d more definitions for 32-bit programs", strings.Join(names[:maxNames-1], ", "), len(names)-maxNames+1)
	}
	if at.guard == userGuard {
		s += ", under #ifdef " + userGuard
	}
	if len(w.without) > 0 {
		s += "; " + payload.List(w.without) + " has another layout"
	}
	return s
}

func (w *writer) edits(at place, commands []define) []text.Edit {
	eol := at.eol
	lines := []string{"", "#ifdef " + at.guard}
	var edits []text.Edit
	if at.include {
		include := "#include <linux/compat.h>"
		if at.includeAt < 0 {
			lines = append(lines, include, "")
		} else {
			edits = append(edits, text.Edit{Span: text.Span{Start: at.includeAt, End: at.includeAt}, New: eol + include})
		}
	}
	for i, r := range w.order {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, "/* "+called(r.of)+" as 32-bit programs have it */", keyword(r.of)+" "+r.name+" {")
		lines = w.body(lines, r, w.indent)
		lines = append(lines, "}"+w.recordAttributes(r)+";")
	}
	if len(commands) > 0 {
		lines = append(lines, "")
	}
	for _, c := range commands {
		lines = append(lines, strings.Split(c.text, eol)...)
	}
	lines = append(lines, "#endif")
	block := text.Edit{Span: text.Span{Start: at.offset, End: at.offset}, New: eol + strings.Join(lines, eol) + at.behind}
	return append(edits, block)
}

// called is how people speak of a record: "struct foo", "foo_t".
func called(d *decl.Record) string { return d.CName() }

func keyword(d *decl.Record) string {
	if d.Union {
		return "union"
	}
	return "struct"
}

// recordAttributes is those of a record; they have been read once already.
func (w *writer) recordAttributes(r *record) string {
	s, _ := w.attributes(r.of.Attrs)
	return s
}

func (w *writer) body(lines []string, r *record, indent string) []string {
	for _, m := range r.members {
		name := ""
		if m.of.Name != 0 {
			name = m.of.Name.String()
		}
		for _, d := range m.dims {
			name += "[" + d.text + "]"
		}
		name += m.bits + m.attrs
		if m.in == nil {
			if name != "" && name[0] != ' ' {
				name = " " + name
			}
			lines = append(lines, indent+m.spec+name+";")
			continue
		}
		lines = append(lines, indent+keyword(m.in.of)+" {")
		lines = w.body(lines, m.in, indent+w.indent)
		end := indent + "}" + w.recordAttributes(m.in)
		if name != "" {
			end += " " + strings.TrimPrefix(name, " ")
		}
		lines = append(lines, end+";")
	}
	return lines
}

// spellBounds takes the source's words for the bounds of a member.
func (w *writer) spellBounds(f *decl.Field, m *member) {
	t := w.template()
	whole, ok := w.pass.RangeSpan(t, f.Range)
	name, also := w.pass.TokenSpan(t, f.NameTok)
	if !ok || !also || name.Start < whole.Start || name.End > whole.End {
		return
	}
	rest := w.content[name.End:whole.End]
	for i := range m.dims {
		rest = strings.TrimLeft(rest, " \t")
		shut := strings.IndexByte(rest, ']')
		if !strings.HasPrefix(rest, "[") || shut < 0 {
			return
		}
		words := rest[1:shut]
		if strings.ContainsAny(words, "[\r\n\\") || strings.Contains(words, "/*") {
			return
		}
		if m.dims[i].same {
			m.dims[i].text = strings.TrimSpace(words)
		}
		rest = rest[shut+1:]
	}
}

// define is the compat form of a command.
type define struct{ name, text string }

// commands writes the commands that carry the records once more, for those of
// 32-bit programs, where the number has another size in it.
func (w *writer) commands() []define {
	carried := map[*analysis.Command]*analysis.Record{}
	for _, r := range w.pass.Records() {
		if v := r.View(w.template().ABI); v != nil && v.Decl != nil && w.records[v.Decl] != nil && w.resized(r) {
			for _, c := range r.Commands {
				carried[c] = r
			}
		}
	}
	var list []define
	for _, c := range command.List(w.pass) {
		if r := carried[c.Command]; r != nil {
			if d, ok := w.define(c, r); ok {
				list = append(list, d)
			}
		}
	}
	return list
}

func (w *writer) resized(r *analysis.Record) bool {
	for _, p := range w.pairs {
		a, b := r.View(p.wide.ABI), r.View(p.narrow.ABI)
		if a != nil && b != nil && a.Layout != nil && b.Layout != nil && a.Layout.Size != b.Layout.Size {
			return true
		}
	}
	return false
}

func (w *writer) define(c *command.Command, r *analysis.Record) (d define, ok bool) {
	made := w.records[r.View(w.template().ABI).Decl]
	argument, ok := c.PayloadArgument()
	if !ok || made == nil {
		return d, false
	}
	v, first := c.First()
	if first < 0 || len(v.Macro.Body) == 0 {
		return d, false
	}
	result := c.Targets[first].Result
	from, a := result.Loc(&v.Macro.Body[0])
	to, b := result.Loc(&v.Macro.Body[len(v.Macro.Body)-1])
	if !a || !b || from.Path != w.pass.Path() || to.Path != from.Path || from.Start < c.Span.End ||
		argument.Span.Start < from.Start || argument.Span.End > to.End {
		return d, false
	}
	named, ok := w.spelled(&argument, made.of)
	name := w.commandName(c.Name)
	if !ok || name == "" {
		return d, false
	}
	w.taken[name] = true
	carries := keyword(made.of) + " " + made.name
	if w.content[named.Start:named.End] == r.Tag.String() && !w.typedefOf(r.Tag.String(), made.of) {
		carries = made.name
	}
	return define{name, "#define " + name + w.content[c.Span.End:from.Start] + w.content[from.Start:named.Start] +
		carries + w.content[named.End:to.End]}, true
}

// spelled is where an argument names a record: by its tag, or a typedef of it.
func (w *writer) spelled(s *command.Spelled, d *decl.Record) (span text.Span, ok bool) {
	for i, t := range s.Tokens {
		switch {
		case d.Tag != 0 && t.Sym == d.Tag && i > 0 && s.Tokens[i-1].Sym.String() == keyword(d):
			return text.Span{Start: s.At(i - 1).Start, End: s.At(i).End}, true
		case w.typedefOf(t.Sym.String(), d):
			return s.At(i), true
		}
	}
	if d.Tag != 0 && len(s.Tokens) == 1 && s.Tokens[0].Sym == d.Tag { // a macro has the keyword
		return s.Span, true
	}
	return span, false
}

// typedefOf tells whether a name is the record's.
func (w *writer) typedefOf(name string, d *decl.Record) bool {
	return slices.ContainsFunc(d.Typedefs, func(s token.Sym) bool { return s.String() == name })
}
