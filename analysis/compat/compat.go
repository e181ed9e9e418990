// Package compat writes the record that a 64-bit kernel reads where a 32-bit
// program passed one that the two lay out differently: struct compat_foo for
// struct foo, of the kernel's compat types, and the command that carries it. It
// offers nothing that it has not laid out and compared, member by member.
//
//	compat.Fixes(p, r)[0].Title // "Generate struct compat_foo and FOO_GET32 for 32-bit programs"
package compat

import (
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/payload"
	"abide/analysis/token"
)

// pair is two ABIs that one kernel serves: its own, and that of 32-bit programs.
type pair struct {
	wide, narrow *analysis.Target
	view         int // of narrow
}

type memoKey struct{ *payload.Record }

// Fixes offers the compat record for a record that differs between partners,
// together with those of what it contains and of what contains it. There is
// none where somebody has written one, or where no type of the kernel says what
// 32-bit programs have.
func Fixes(p *analysis.Pass, r *payload.Record) []analysis.Fix {
	r = r.Outer()
	return p.Memo(memoKey{r}, func() any {
		all := pairs(p.Targets())
		fixes := offer(p, r, all, nil)
		if first, others := firstPartners(all); fixes == nil && len(others) > 0 {
			fixes = offer(p, r, first, others)
		}
		return fixes
	}).([]analysis.Fix)
}

func offer(p *analysis.Pass, r *payload.Record, pairs []pair, without []string) []analysis.Fix {
	if len(pairs) == 0 || r.Partial {
		return nil
	}
	for _, minimal := range []bool{true, false} {
		w := newWriter(p, pairs, minimal)
		w.without = without
		if fix, ok := w.fix(r); ok {
			return []analysis.Fix{fix}
		}
	}
	return nil
}

func pairs(targets []*analysis.Target) []pair {
	var list []pair
	for _, wide := range targets {
		if wide.ABI.Types[abi.Pointer].Size != 8 {
			continue
		}
		for _, name := range wide.ABI.Partners {
			i := slices.IndexFunc(targets, func(t *analysis.Target) bool { return t.ABI.Name == name })
			if i >= 0 && targets[i].ABI.Types[abi.Pointer].Size == 4 {
				list = append(list, pair{wide, targets[i], i})
			}
		}
	}
	return list
}

// firstPartners keeps one ABI of 32-bit programs for each kernel: its headers
// have one set of compat types, for the one that its table row names first.
func firstPartners(all []pair) (list []pair, others []string) {
	for _, p := range all {
		if len(list) == 0 || list[len(list)-1].wide != p.wide {
			list = append(list, p)
		} else {
			others = append(others, p.narrow.ABI.Name)
		}
	}
	return list, others
}

// writer plans the compat records of one fix.
type writer struct {
	pass    *analysis.Pass
	pairs   []pair
	without []string // 32-bit ABIs that are left out
	minimal bool     // a record inside that only aligns differently stays
	content string
	indent  string // of members
	pack    int64  // the #pragma pack in force where the records go
	// records are those that will be written, by what they stand for; nil where
	// there can be none.
	records map[*decl.Record]*record
	order   []*record // the same, those inside of others first
	taken   map[string]bool
	start   int // of the record that is asked for
	after   int // where compat records end that others wrote and these use
}

func newWriter(p *analysis.Pass, pairs []pair, minimal bool) *writer {
	return &writer{
		pass: p, pairs: pairs, minimal: minimal, content: p.Text().Content(), indent: "\t",
		records: map[*decl.Record]*record{}, taken: map[string]bool{},
	}
}

func (w *writer) fix(r *payload.Record) (fix analysis.Fix, ok bool) {
	roots := w.roots(r)
	if len(roots) == 0 {
		return fix, false
	}
	at, ok := w.place(roots)
	if !ok {
		return fix, false
	}
	w.start = r.Span.Start
	w.indent, w.pack = w.indentOf(r), r.Views[w.viewOf(r)].Decl.Pack
	if w.pack != 0 && at.include {
		return fix, false // which must not be packed
	}
	for _, x := range roots {
		if made := w.record(x.Views[w.viewOf(x)].Decl); made == nil && x == r {
			return fix, false
		}
	}
	if len(w.order) == 0 {
		return fix, false
	}
	w.settle(&at)
	commands := w.commands()
	return analysis.Fix{Title: w.title(commands, at), Edits: w.edits(at, commands)}, true
}

// roots is the record, and those of the file around it that differ with it, in
// source order.
func (w *writer) roots(r *payload.Record) []*payload.Record {
	if !w.nameable(r) || !w.differs(r) || w.spoken(r) {
		return nil
	}
	around := payload.Around(w.pass, r.Span.Start)
	list := []*payload.Record{r}
	for _, x := range r.Containers() {
		if !slices.Contains(list, x) && w.nameable(x) && w.differs(x) && !w.spoken(x) &&
			slices.Equal(payload.Around(w.pass, x.Span.Start), around) {
			list = append(list, x)
		}
	}
	slices.SortFunc(list, func(a, b *payload.Record) int { return a.Span.Start - b.Span.Start })
	return list
}

// spoken tells whether somebody has written a compat record, right or wrong.
func (w *writer) spoken(r *payload.Record) bool {
	return r.Handled() || w.defined(r.Views[w.viewOf(r)].Decl)
}

// defined tells whether there is, or the file speaks of, a record that is named
// as if it were a definition's compat record.
func (w *writer) defined(d *decl.Record) bool {
	return kernelRecords[stem(d)].name != "" || slices.ContainsFunc(payload.CompatNames(stem(d)), func(name string) bool {
		return w.mentions(keyword(d), name) || w.known(name, d.Union)
	})
}

func (w *writer) nameable(r *payload.Record) bool {
	return w.viewOf(r) >= 0 && r.Named() && stem(r.Views[w.viewOf(r)].Decl) != ""
}

// viewOf is the record's view for the first 32-bit ABI; -1 if it has none.
func (w *writer) viewOf(r *payload.Record) int {
	return slices.IndexFunc(r.Views, func(v analysis.View) bool {
		return v.Target == w.pairs[0].narrow && v.Layout != nil
	})
}

// differs tells whether the partners of some pair lay the record out differently.
func (w *writer) differs(r *payload.Record) bool {
	view := func(t *analysis.Target) *analysis.View { return r.Record.View(t.ABI) }
	for _, p := range w.pairs {
		a, b := view(p.wide), view(p.narrow)
		if a != nil && b != nil && a.Layout != nil && b.Layout != nil && !same(a.Layout, b.Layout) {
			return true
		}
	}
	return false
}

// stem is the name of a record that compat names are made of: its tag, or
// without one what a typedef calls it, less its _t.
func stem(d *decl.Record) string {
	switch {
	case d.Tag != 0:
		return d.Tag.String()
	case len(d.Typedefs) > 0:
		return strings.TrimSuffix(d.Typedefs[0].String(), "_t")
	}
	return ""
}

// free tells whether no target knows a record or macro of a name, and the file
// does not speak of one.
func (w *writer) free(name string) bool {
	if w.taken[name] || wordIn(w.content, name) {
		return false
	}
	sym := token.Intern(name)
	for _, p := range w.pairs {
		for _, t := range []*analysis.Target{p.wide, p.narrow} {
			if t.Unit.Record(false, sym) != nil || t.Unit.Record(true, sym) != nil || t.Result.Macro(sym) != nil {
				return false
			}
		}
	}
	return true
}
