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
	own, ok := reasonsOf(p, of)
	if !ok {
		return nil
	}
	rules := slices.Clone(own)
	for _, inner := range p.Inside(of) {
		own, _ := reasonsOf(p, inner)
		rules = append(rules, own...)
	}
	if len(rules) == 0 {
		return []string{MismatchRule}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// reasonsOf is those of one record; ok is false if rules leave it alone.
func reasonsOf(p *analysis.Pass, of *analysis.Record) (rules []string, ok bool) {
	if !p.IsSubject(of) {
		return nil, false
	}
	kept := p.Keep(of, reasonsKey{}, func() any {
		r := Of(p, of)
		switch {
		case r == nil:
			return keptReasons{}
		case r.Partial:
			return keptReasons{known: true}
		}
		return keptReasons{true, r.reasons()}
	}).(keptReasons)
	return kept.rules, kept.known
}

type reasonsKey struct{}

type keptReasons struct {
	known bool
	rules []string
}

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
