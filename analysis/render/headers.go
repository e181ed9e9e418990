package render

import (
	"fmt"
	"strings"

	"abide/analysis"
	"abide/analysis/sysroot"
)

// maxListed bounds how many ABIs one line names.
const maxListed = 6

// headers says which kind of headers decided for which ABI, if it is not the
// same for all: "headers: installed for x86_64, arm64; embedded for i386, arm".
// `abide check -v` names the directories.
func headers(targets []*analysis.Target) string {
	var order []string
	abis := map[string][]string{}
	for _, t := range targets {
		kind := headerKind(t)
		if abis[kind] == nil {
			order = append(order, kind)
		}
		abis[kind] = append(abis[kind], t.ABI.Name)
	}
	if len(order) < 2 {
		return ""
	}
	parts := make([]string, len(order))
	for i, kind := range order {
		parts[i] = kind + " for " + listed(abis[kind])
	}
	return "headers: " + strings.Join(parts, "; ")
}

func listed(names []string) string {
	if len(names) > maxListed {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxListed-1], ", "), len(names)-maxListed+1)
	}
	return strings.Join(names, ", ")
}

// headerKind is where a target found what it included as <name>.
func headerKind(t *analysis.Target) string {
	foreign := sysroot.Foreign(t.Result.Config)
	embedded, installed := false, false
	for dir := range t.Result.Directories() {
		if strings.HasPrefix(dir, sysroot.Prefix) {
			embedded = true
		} else {
			installed = true
		}
		if installed && (foreign || embedded) {
			break // the rest changes nothing
		}
	}
	switch {
	case installed && foreign:
		return "from a tree configured for another machine"
	case embedded && installed:
		return "installed and embedded"
	case embedded:
		return "embedded"
	default:
		return "installed"
	}
}
