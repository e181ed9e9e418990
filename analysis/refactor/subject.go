package refactor

import (
	"strconv"
	"strings"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/sysroot"
	"abide/analysis/text"
	"abide/analysis/token"
)

// subject is the record that is to be changed.
type subject struct {
	*analysis.Snapshot
	record *analysis.Record
	views  []analysis.View // those that define it
	lexed  *token.Lexed

	open, close int // tokens of lexed: its braces
	semicolon   int // that ends its declaration; -1 if there is none
}

// newSubject looks at a record; nil if it cannot be changed.
func newSubject(s *analysis.Snapshot, lexed *token.Lexed, r *analysis.Record) *subject {
	x := &subject{Snapshot: s, record: r, lexed: lexed, open: -1, close: -1, semicolon: -1}
	if r.Stale {
		return nil
	}
	for _, v := range r.Views {
		if v.Decl == nil {
			continue
		}
		if v.Layout == nil || len(v.Decl.Skipped) > 0 {
			return nil
		}
		open, ok := s.TokenSpan(v.Target, v.Decl.Open)
		shut, also := s.TokenSpan(v.Target, v.Decl.Close)
		if !ok || !also {
			return nil
		}
		i, k := x.tokenAt(open.Start), x.tokenAt(shut.Start)
		if x.open >= 0 && (i != x.open || k != x.close) || i < 0 || k <= i {
			return nil
		}
		x.open, x.close = i, k
		x.views = append(x.views, v)
	}
	if len(x.views) == 0 {
		return nil
	}
	x.semicolon = x.end()
	return x
}

// tokenAt is the token that starts at an offset, or -1.
func (x *subject) tokenAt(offset int) int {
	lo, hi := 0, len(x.lexed.Tokens)
	for lo < hi {
		if mid := (lo + hi) / 2; int(x.lexed.Tokens[mid].Start) < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(x.lexed.Tokens) && int(x.lexed.Tokens[lo].Start) == offset {
		return lo
	}
	return -1
}

// end is the semicolon that ends the outermost declaration which the record
// stands in, or -1.
func (x *subject) end() int {
	outer := x.views[0].Decl
	for outer.Parent != nil {
		outer = outer.Parent
	}
	shut, ok := x.TokenSpan(x.views[0].Target, outer.Close)
	if !ok {
		return -1
	}
	depth := 0
	for i := x.tokenAt(shut.Start) + 1; i > 0 && i < len(x.lexed.Tokens); i++ {
		sym := x.lexed.Tokens[i].Sym
		depth += sym.Nesting()
		switch {
		case sym == token.Semicolon && depth == 0:
			return i
		case sym == token.Hash || depth < 0:
			return -1
		}
	}
	return -1
}

// name is how C programs call the record's type.
func (x *subject) name() string { return x.views[0].Decl.CName() }

// whole tells whether the record's text is what every target sees: no
// directive divides it.
func (x *subject) whole() bool {
	for i := x.open; i < x.close; i++ {
		if t := x.lexed.Tokens[i]; t.Sym == token.Hash && t.Flags&token.FirstOnLine != 0 {
			return false
		}
	}
	return len(x.views) > 0
}

// changed lays the record out with another definition on each view; ok is
// false if that fails on one.
func (x *subject) changed(edit func(view int, d *decl.Record)) (after []*layout.Layout, ok bool) {
	for i, v := range x.views {
		d := *v.Decl
		d.Fields = append([]*decl.Field(nil), v.Decl.Fields...)
		edit(i, &d)
		e := v.Target.Engine
		l, err := layout.New(e.Scope, e.ABI, e.Flags).Record(&d)
		if err != nil {
			return nil, false
		}
		after = append(after, l)
	}
	return after, true
}

// moved names the ABIs on which a member lies elsewhere, or the size differs.
func (x *subject) moved(after []*layout.Layout) []string {
	var names []string
	for i, v := range x.views {
		if !samePlaces(v.Layout, after[i]) {
			names = append(names, v.Target.ABI.Name)
		}
	}
	return names
}

func samePlaces(a, b *layout.Layout) bool {
	if a.Size != b.Size {
		return false
	}
	places := map[string]int64{}
	for m := range a.Members() {
		places[m.Path] = m.BitOffset
	}
	for m := range b.Members() {
		if at, ok := places[m.Path]; !ok || at != m.BitOffset {
			return false
		}
	}
	return true
}

// price says on which ABIs programs see another layout; empty for none.
func (x *subject) price(after []*layout.Layout) string {
	moved := x.moved(after)
	switch {
	case len(moved) == 0:
		return ""
	case len(moved) == len(x.views):
		return " (changes the ABI)"
	}
	return " (changes the ABI on " + join(moved) + ")"
}

// maxNames bounds how many names a title lists.
const maxNames = 3

// join joins names: "a, b and c", "a, b and 4 more".
func join(names []string) string {
	if len(names) > maxNames {
		return strings.Join(names[:maxNames-1], ", ") + " and " + strconv.Itoa(len(names)-maxNames+1) + " more"
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// knowsMacro tells whether the file knows a macro on every target, and not
// from abide alone.
func (x *subject) knowsMacro(name string) bool {
	sym := token.Intern(name)
	for _, v := range x.views {
		m := v.Target.Result.Macro(sym)
		if m == nil {
			return false
		}
		if loc, ok := v.Target.Result.MacroLoc(m); ok && loc.Path == sysroot.Prelude {
			return false
		}
	}
	return true
}

// eol is how the file ends its lines.
func (x *subject) eol() string {
	if content := x.Text().Content(); strings.Contains(content[:min(len(content), 1<<16)], "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// lineEnd is the end of the line of an offset, its comment included where that
// ends on the line.
func (x *subject) lineEnd(offset int) int {
	return x.Text().LineEnd(x.Text().LineOf(offset))
}

func (x *subject) insert(at int, s string) []text.Edit {
	return []text.Edit{{Span: text.Span{Start: at, End: at}, New: s}}
}
