package server

import (
	"os"
	"path/filepath"
	"sync"

	"go.lsp.dev/uri"
)

// rulePages is where a rule's page is, relative to the program: in a source
// tree (bin/abide), in an installation (bin/abide), and beside it.
var rulePages = []string{"../docs/rules", "../share/doc/abide/rules", "docs/rules", "rules"}

var rulePageDir = sync.OnceValue(func() string {
	program, err := os.Executable()
	if err != nil {
		return ""
	}
	return rulePagesOf(program)
})

// rulePagesOf is the folder of the pages that belong to a program; empty for none.
func rulePagesOf(program string) string {
	if real, err := filepath.EvalSymlinks(program); err == nil {
		program = real
	}
	for _, dir := range rulePages {
		dir = filepath.Join(filepath.Dir(program), dir)
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return ""
}

// rulePage gives the page that explains a rule, if it is installed.
func rulePage(rule string) (uri.URI, bool) {
	dir := rulePageDir()
	if dir == "" {
		return "", false
	}
	return uri.File(filepath.Join(dir, rule+".md")), true
}
