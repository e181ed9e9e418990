package refactor

import (
	"fmt"
	"slices"
	"strings"

	"abide/analysis/text"
	"abide/analysis/token"
)

// figure is one constant of a record's layout: an expression in C and what it
// is on each view; -1 where a view has no such member.
type figure struct {
	expr   string
	what   string // "size", "offset of x"
	values []int64
}

// assertions offers to write the layout down where the compiler holds it.
func assertions(x *subject) []Action {
	if x.semicolon < 0 || x.name() == "" {
		return nil
	}
	if next := x.lexed.Tokens[x.semicolon+1]; next.Kind != token.EOF && next.Flags&token.FirstOnLine == 0 {
		return nil // in the middle of a line
	}
	var list []Action
	style := x.style()
	all := x.missing(x.figures(), style)
	if len(all) == 0 {
		return nil
	}
	offer := func(what string, figures []figure) {
		plain, conditional := x.sort(figures)
		if len(plain)+len(conditional) == 0 {
			return
		}
		note := ""
		if len(conditional) > 0 {
			note = ", per ABI where they differ"
		}
		list = append(list, Action{
			Kind:  rewrite,
			Title: fmt.Sprintf("Assert the %s of %s with %s%s", what, x.name(), style.word, note),
			Plan:  func() []text.Edit { return x.assert(style, plain, conditional) },
		})
	}
	if size := all[:1]; all[0].what == "size" {
		offer("size", size)
	}
	if len(all) > 1 || all[0].what != "size" {
		what := "size and offsets"
		if all[0].what != "size" {
			what = "offsets"
		}
		offer(what, all)
	}
	return append(list, buildBug(x)...)
}

// figures lists the record's size, then the offsets of its members.
func (x *subject) figures() []figure {
	offsetof := "offsetof"
	if !x.knowsMacro(offsetof) {
		offsetof = "__builtin_offsetof"
	}
	size := figure{expr: "sizeof(" + x.name() + ")", what: "size"}
	for _, v := range x.views {
		size.values = append(size.values, v.Layout.Size)
	}
	list := []figure{size}
	at := map[string]int{}
	for i, v := range x.views {
		for m := range v.Layout.Members() {
			if m.Field.Bitfield {
				continue
			}
			k, ok := at[m.Path]
			if !ok {
				k = len(list)
				at[m.Path] = k
				f := figure{expr: fmt.Sprintf("%s(%s, %s)", offsetof, x.name(), m.Path), what: "offset of " + m.Path}
				for range x.views {
					f.values = append(f.values, -1)
				}
				list = append(list, f)
			}
			list[k].values[i] = m.BitOffset / 8
		}
	}
	return list
}

// agreed tells whether a figure is alike on all views.
func (f *figure) agreed() bool {
	return !slices.ContainsFunc(f.values, func(v int64) bool { return v != f.values[0] })
}

// block is figures that hold under a preprocessor condition.
type block struct {
	condition string
	view      int // one that it holds for
	figures   []figure
}

// sort parts figures that every view agrees on from those that need a
// condition. What no condition tells apart is left out.
func (x *subject) sort(figures []figure) (plain []figure, conditional []block) {
	var differ []figure
	for _, f := range figures {
		if f.agreed() {
			plain = append(plain, f)
		} else {
			differ = append(differ, f)
		}
	}
	if len(differ) == 0 {
		return plain, nil
	}
	groups := x.group(differ)
	conditions := conditions(x.views, groups)
	for i, g := range groups {
		if conditions == nil {
			break
		}
		b := block{condition: conditions[i], view: g[0]}
		for _, f := range differ {
			if f.values[g[0]] >= 0 {
				b.figures = append(b.figures, f)
			}
		}
		conditional = append(conditional, b)
	}
	return plain, conditional
}

// group brings together the views that agree about all figures.
func (x *subject) group(figures []figure) [][]int {
	var groups [][]int
next:
	for i := range x.views {
		for k, g := range groups {
			if !slices.ContainsFunc(figures, func(f figure) bool { return f.values[i] != f.values[g[0]] }) {
				groups[k] = append(g, i)
				continue next
			}
		}
		groups = append(groups, []int{i})
	}
	return groups
}

// style is how a file asserts.
type style struct {
	word string
	line func(x *subject, f figure, value int64) string
}

var (
	plainStyle = style{"_Static_assert", func(x *subject, f figure, value int64) string {
		return fmt.Sprintf(`_Static_assert(%s == %d, "%s of %s");`, f.expr, value, f.what, x.name())
	}}
	kernelStyle = style{"static_assert", func(_ *subject, f figure, value int64) string {
		return fmt.Sprintf("static_assert(%s == %d);", f.expr, value)
	}}
	libcStyle = style{"static_assert", func(x *subject, f figure, value int64) string {
		return "s" + strings.TrimPrefix(plainStyle.line(x, f, value), "_S")
	}}
	buildBugStyle = style{"BUILD_BUG_ON", func(_ *subject, f figure, value int64) string {
		return fmt.Sprintf("BUILD_BUG_ON(%s != %d);", f.expr, value)
	}}
)

// style is what the file knows: the kernel's static_assert, which needs no
// message, that of assert.h, or else the keyword.
func (x *subject) style() style {
	if !x.knowsMacro("static_assert") {
		return plainStyle
	}
	for _, v := range x.views {
		if !v.Target.Result.Macro(token.Intern("static_assert")).FuncLike {
			return libcStyle
		}
	}
	return kernelStyle
}

// missing leaves out what the file asserts already.
func (x *subject) missing(figures []figure, s style) []figure {
	content := x.Text().Content()
	return slices.DeleteFunc(figures, func(f figure) bool {
		line := s.line(x, f, f.values[0])
		return strings.Contains(content, line[:strings.Index(line, f.expr)+len(f.expr)])
	})
}

// assert writes the lines behind the record's declaration.
func (x *subject) assert(s style, plain []figure, conditional []block) []text.Edit {
	end := int(x.lexed.Tokens[x.semicolon].End)
	lines := x.lines(s, plain, conditional, "")
	if s.word == plainStyle.word && strings.Contains(x.Text().Content(), "__cplusplus") { // C++ has no such word
		lines = x.eol() + "#ifndef __cplusplus" + lines + x.eol() + "#endif"
	}
	return x.insert(x.lineEnd(x.behind(end)), lines)
}

// lines writes assertions, each behind a line break.
func (x *subject) lines(s style, plain []figure, conditional []block, indent string) string {
	var b strings.Builder
	eol := x.eol()
	for _, f := range plain {
		b.WriteString(eol + indent + s.line(x, f, f.values[0]))
	}
	for i, c := range conditional {
		word := "#elif "
		if i == 0 {
			word = "#if "
		}
		b.WriteString(eol + word + c.condition)
		for _, f := range c.figures {
			b.WriteString(eol + indent + s.line(x, f, f.values[c.view]))
		}
	}
	if len(conditional) > 0 {
		b.WriteString(eol + "#endif")
	}
	return b.String()
}
