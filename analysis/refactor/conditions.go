package refactor

import (
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
)

// tests tells ABIs apart by what their compilers predefine, for those whose
// records differ in more than the size of a word.
var tests = map[string]string{
	"x86_64": "defined(__x86_64__) && !defined(__ILP32__)", "i386": "defined(__i386__)", "x32": "defined(__x86_64__) && defined(__ILP32__)",
	"arm64": "defined(__aarch64__)", "arm64_be": "defined(__aarch64__)", "arm": "defined(__arm__) && defined(__ARM_EABI__)",
	"armeb": "defined(__arm__) && defined(__ARM_EABI__)", "arm_oabi": "defined(__arm__) && !defined(__ARM_EABI__)",
	"riscv64": "defined(__riscv) && __riscv_xlen == 64", "riscv32": "defined(__riscv) && __riscv_xlen == 32",
	"ppc64": "defined(__powerpc64__)", "ppc64le": "defined(__powerpc64__)",
	"ppc32": "defined(__powerpc__) && !defined(__powerpc64__)", "ppc32le": "defined(__powerpc__) && !defined(__powerpc64__)",
	"s390x": "defined(__s390x__)", "s390": "defined(__s390__) && !defined(__s390x__)",
	"sparc64": "defined(__sparc__) && defined(__arch64__)", "sparc32": "defined(__sparc__) && !defined(__arch64__)",
	"m68k": "defined(__m68k__)",
}

// conditions gives a preprocessor condition for each group of views, by the
// size of a pointer if that tells them apart; nil if nothing known does.
func conditions(views []analysis.View, groups [][]int) []string {
	if list := byPointer(views, groups); list != nil {
		return list
	}
	list := make([]string, len(groups))
	used := map[string]int{}
	for i, g := range groups {
		var parts []string
		for _, k := range g {
			test := tests[views[k].Target.ABI.Name]
			if other, taken := used[test]; test == "" || taken && other != i {
				return nil
			}
			used[test] = i
			if strings.Contains(test, "&&") && len(g) > 1 {
				test = "(" + test + ")"
			}
			if !slices.Contains(parts, test) {
				parts = append(parts, test)
			}
		}
		list[i] = strings.Join(parts, " || ")
	}
	return list
}

func byPointer(views []analysis.View, groups [][]int) []string {
	list := make([]string, len(groups))
	for i, g := range groups {
		for _, k := range g {
			test := "__SIZEOF_POINTER__ == 8"
			if views[k].Target.ABI.Types[abi.Pointer].Size == 4 {
				test = "__SIZEOF_POINTER__ == 4"
			}
			if list[i] != "" && list[i] != test {
				return nil
			}
			list[i] = test
		}
		if slices.Contains(list[:i], list[i]) {
			return nil
		}
	}
	return list
}
