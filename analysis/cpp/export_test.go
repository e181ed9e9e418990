package cpp

import "slices"

// What the tests from outside of the package share with those inside, beside
// what report_test.go has.
var (
	Spellings    = spellings
	TokensOf     = tokensOf
	Difference   = difference
	BriefDiffers = briefDiffers
)

// MainMacros lists the macros that are defined in the main file and still
// defined at its end, in the order of their definitions.
func (r *Result) MainMacros() []*Macro {
	var list []*Macro
	seen := map[*Macro]bool{}
	for _, s := range slices.Backward(r.stretches) { // the last of equal definitions counts
		for _, m := range slices.Backward(s.defs) {
			if r.Macro(m.Name) == m && !seen[m] {
				seen[m] = true
				list = append(list, m)
			}
		}
	}
	slices.Reverse(list)
	return list
}
