package checks_test

import (
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/layout"
	"abide/analysis/payload"
	"abide/analysis/text"
	"abide/analysis/token"
)

// cost is the end of the title of a fix that makes the one version of a
// header's records of the other.
func cost(before, after []*analysis.Record) string {
	now := map[string]*analysis.Record{}
	for _, r := range after {
		now[r.Name] = r
	}
	var names []string
	for i, a := range abi.Default() {
		if slices.ContainsFunc(before, func(r *analysis.Record) bool {
			other := now[r.Name]
			if other == nil || !r.Named() || r.Views[i].Layout == nil || other.Views[i].Layout == nil {
				return false
			}
			was, is := r.Views[i].Layout, other.Views[i].Layout
			return was.Size != is.Size || moved(was, is)
		}) {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (changes the ABI on " + payload.List(names) + ")"
}

// moved tells whether a member that both layouts have lies elsewhere.
func moved(was, is *layout.Layout) bool {
	at := map[string]int64{}
	for _, m := range layout.Members(is) {
		at[m.Path] = m.BitOffset
	}
	for _, m := range layout.Members(was) {
		if offset, ok := at[m.Path]; ok && offset != m.BitOffset {
			return true
		}
	}
	return false
}

// warned tells whether a warning was there before. Of several members that
// differ by themselves only the first is warned about.
func (h *header) warned(f analysis.Finding) bool {
	return slices.ContainsFunc(h.findings, func(x analysis.Finding) bool {
		return x.Rule == f.Rule && x.Record == f.Record && x.Severity == f.Severity && (x.Field == f.Field || f.Rule == "abi-mismatch")
	})
}

// known tells whether every record has a layout on every ABI: what happens
// inside of one that has none, nobody sees from outside.
func (h *header) known() bool {
	for _, r := range h.records {
		for _, v := range r.Views {
			if v.Layout == nil {
				return false
			}
		}
	}
	return true
}

// count is how many findings say of one record and member what f does: records
// without a name may share what they are called.
func (h *header) count(f analysis.Finding) (n int) {
	for _, x := range h.findings {
		if x.Rule == f.Rule && x.Record == f.Record && x.Field == f.Field {
			n++
		}
	}
	return n
}

// unfinished tells whether a record still has another cause that it had before:
// of two longs one is cured, and what lies behind them is not alike yet.
func (h *header) unfinished(after []analysis.Finding, f analysis.Finding) bool {
	return slices.ContainsFunc(after, func(x analysis.Finding) bool {
		return x.Record == f.Record && x.Severity >= analysis.Warning && x.Rule != f.Rule && h.warned(x)
	})
}

// alreadyTold tells whether a finding spoke of the hole in front of its member,
// which its fix could not fill on every ABI.
func alreadyTold(found, x analysis.Finding) bool {
	return x.Rule == "padding-hole" && x.Field == found.Field &&
		slices.ContainsFunc(found.Related, func(r analysis.Related) bool { return strings.Contains(r.Message, "hole before it") })
}

// everywhere is what a title says of an edit that no ABI's programs survive.
const everywhere = " (changes the ABI)"

func abiNames(abis []*abi.ABI) (names []string) {
	for _, a := range abis {
		names = append(names, a.Name)
	}
	return names
}

// contains tells whether a list has all that another has, in its order.
func contains(list, part []string) bool {
	for _, s := range list {
		if len(part) > 0 && s == part[0] {
			part = part[1:]
		}
	}
	return len(part) == 0
}

func commentsOf(f *text.File) []string {
	lexed := token.Lex(f.Content())
	var list []string
	for _, c := range lexed.Comments {
		list = append(list, lexed.Text[c.Start:c.End])
	}
	return list
}
