package checks_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/checks"
	"abide/analysis/checks/internal/checktest"

	"github.com/rogpeppe/go-internal/txtar"
)

const bugHeaders = "#include <stddef.h>\n#include <linux/types.h>\n#include <linux/time.h>\n#include <linux/ioctl.h>\n"

var wantedRules = regexp.MustCompile(`// want ([a-z -]+)`)

// TestBugs finds the layouts that went wrong in real interfaces, each by the
// rules that are meant for it and by no other.
func TestBugs(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/bugs.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		t.Run(strings.TrimSuffix(f.Name, ".h"), func(t *testing.T) {
			source := bugHeaders + string(f.Data)
			path := "/src/" + f.Name
			s, err := analysis.NewSession(analysis.Config{Checks: checks.All()}, checktest.Disk{path: source}).Snapshot(path)
			if err != nil {
				t.Fatal(err)
			}
			findings, err := s.Findings(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			found := map[int][]string{}
			for _, x := range findings {
				if x.Severity >= analysis.Information {
					line := s.Text().LineOf(x.Span.Start)
					found[line] = append(found[line], x.Rule)
				}
			}
			for i, line := range strings.Split(source, "\n") {
				var want []string
				if m := wantedRules.FindStringSubmatch(line); m != nil {
					want = strings.Fields(m[1])
				}
				slices.Sort(found[i])
				if !slices.Equal(found[i], want) {
					t.Errorf("line %d: %v, want %v: %s", i+1, found[i], want, line)
				}
			}
		})
	}
}
