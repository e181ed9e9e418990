package payload

import (
	"slices"

	"abide/analysis"
)

// The rules about bytes that no member has.
const (
	HoleRule  = "padding-hole"
	TailRule  = "tail-padding"
	UnionRule = "union-padding"
)

// Reasons is the rules that tell why ABIs disagree about a record of the file,
// those of the records inside it included; whether or not they are switched on.
// None is for a record that they leave alone.
func Reasons(p *analysis.Pass, of *analysis.Record) []string {
	byRecord := p.Memo(reasonsKey{}, func() any {
		all := map[*analysis.Record]*Record{}
		for _, r := range Records(p) {
			all[r.Record] = r
		}
		return all
	}).(map[*analysis.Record]*Record)
	var rules []string
	seen := map[*analysis.Record]bool{}
	var visit func(of *analysis.Record)
	visit = func(of *analysis.Record) {
		r := byRecord[of]
		if r == nil || r.Partial || seen[of] {
			return
		}
		seen[of] = true
		rules = append(rules, r.reasons()...)
		for i := range r.Views {
			for d := range inside(r.Views[i].Layout) {
				visit(p.RecordOf(&analysis.View{Target: r.Views[i].Target, Decl: d}))
			}
		}
	}
	if byRecord[of] == nil {
		return nil
	}
	visit(of)
	if len(rules) == 0 {
		return []string{MismatchRule}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

type reasonsKey struct{}

// reasons is those of the record itself.
func (r *Record) reasons() (rules []string) {
	for _, m := range r.Members {
		if rule := r.Blame(m); rule != "" && (rule != KernelTypeRule || r.Varies(m)) {
			rules = append(rules, rule)
		}
	}
	for _, g := range append(slices.Clone(r.Gaps), r.Tail) {
		switch {
		case g == nil || !g.Lasting || g.Agreed() || r.Absorbed(g):
		case g.Before != nil:
			rules = append(rules, HoleRule)
		case r.Union:
			rules = append(rules, UnionRule)
		default:
			rules = append(rules, TailRule)
		}
	}
	return rules
}
