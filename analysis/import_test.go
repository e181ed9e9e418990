package analysis_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// order is the way of the data: a package imports only what stands before it.
var order = []string{
	"analysis/abi",
	"analysis/text",
	"analysis/token",
	"analysis/index",
	"analysis/cpp",
	"analysis/compdb",
	"analysis/tree",
	"analysis/revision",
	"analysis/sysroot",
	"analysis/decl",
	"analysis/usercopy",
	"analysis/layout",
	"analysis/ioctl",
	"analysis/cause",
	"analysis/fix",
	"analysis",
	"analysis/payload",
	"analysis/command",
	"analysis/compat",
	"analysis/refactor",
	"analysis/baseline",
	"analysis/render",
	"analysis/checks",
	"analysis/config",
	"server",
	"cmd",
}

// only lists outside packages that few may import.
var only = map[string][]string{
	"modernc.org/cc/v4":               {"analysis/decl"},
	"go.lsp.dev/":                     {"server", "cmd/demo"},
	"github.com/pelletier/go-toml/v2": {"analysis/config"},
	"github.com/go-git/":              {"analysis/revision"},
}

func TestImportsFollowTheData(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	walk := func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".")) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		from := filepath.ToSlash(rel)
		for _, spec := range parsed.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if message := forbidden(from, to); message != "" {
				t.Errorf("%s imports %s: %s", path.Join(from, filepath.Base(file)), to, message)
			}
		}
		return nil
	}
	if err := filepath.WalkDir(root, walk); err != nil {
		t.Fatal(err)
	}
}

func forbidden(from, to string) string {
	for prefix, allowed := range only {
		if strings.HasPrefix(to, prefix) && !slices.ContainsFunc(allowed, func(a string) bool { return within(from, a) }) {
			return "only " + strings.Join(allowed, ", ") + " may"
		}
	}
	inside, ok := strings.CutPrefix(to, "abide/")
	if !ok || within(from, "analysis/truth") {
		return ""
	}
	if within(inside, "analysis/truth") {
		return "the harness is for tests only"
	}
	a, b := room(from), room(inside)
	switch {
	case a < 0:
		return from + " has no place in the order of packages"
	case b < 0:
		return inside + " has no place in the order of packages"
	case b > a:
		return "the data flows the other way"
	}
	return ""
}

// room is the most special entry of order that holds a folder, or -1.
func room(folder string) int {
	best := -1
	for i, r := range order {
		if within(folder, r) && (best < 0 || len(r) > len(order[best])) {
			best = i
		}
	}
	return best
}

func within(folder, dir string) bool {
	return folder == dir || strings.HasPrefix(folder, dir+"/")
}
