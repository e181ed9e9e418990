package main

import (
	"slices"

	"abide/analysis"
	"abide/analysis/sysroot"
)

// headersUsed is where the headers of some ABIs come from.
type headersUsed struct {
	found string
	abis  []string
}

// headersOf puts ABIs together whose headers come from the same place.
func headersOf(targets []*analysis.Target) []headersUsed {
	var list []headersUsed
	for _, t := range targets {
		found := sysroot.Describe(t.Result.Config)
		i := slices.IndexFunc(list, func(h headersUsed) bool { return h.found == found })
		if i < 0 {
			list, i = append(list, headersUsed{found: found}), len(list)
		}
		list[i].abis = append(list[i].abis, t.ABI.Name)
	}
	return list
}
