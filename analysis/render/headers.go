package render

import (
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/sysroot"
)

// headers says which directories the headers of each ABI came from, if not
// all ABIs were read with the same ones: "headers: x86_64 /usr/include/x86_64-linux-gnu; i386, arm built in".
func headers(targets []*analysis.Target) string {
	sets := make([][]string, len(targets))
	count := map[string]int{}
	for i, t := range targets {
		sets[i] = headerDirs(t)
		for _, dir := range sets[i] {
			count[dir]++
		}
	}
	var order []string
	abis := map[string][]string{}
	for i, t := range targets {
		own := slices.DeleteFunc(sets[i], func(dir string) bool { return count[dir] == len(targets) })
		key := strings.Join(own, ", ")
		if _, ok := abis[key]; !ok {
			order = append(order, key)
		}
		abis[key] = append(abis[key], t.ABI.Name)
	}
	if len(order) < 2 {
		return ""
	}
	parts := make([]string, 0, len(order))
	for _, key := range order {
		where := key
		if where == "" {
			where = "none of these"
		}
		parts = append(parts, strings.Join(abis[key], ", ")+": "+where)
	}
	return "headers of " + strings.Join(parts, "; ")
}

// builtIn is what people read for the headers that abide brings itself.
const builtIn = "built in"

// headerDirs is the directories in which a target found what it included as
// <name>, in order of first use.
func headerDirs(t *analysis.Target) []string {
	var dirs []string
	for i := range t.Result.Includes {
		inc := &t.Result.Includes[i]
		if inc.Path == "" {
			continue
		}
		dir, ok := strings.CutSuffix(inc.Path, "/"+inc.Name)
		if strings.HasPrefix(inc.Path, sysroot.Prefix) {
			dir, ok = builtIn, true
		}
		if ok && inc.Angle && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}
