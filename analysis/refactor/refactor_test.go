package refactor_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/refactor"
	"abide/analysis/text"
	"abide/analysis/truth"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the actions make into the fixtures")

// TestActions holds what is offered at the "cursor" comment of each fixture's
// first file, and what each makes of it, against the fixture's last file.
func TestActions(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no fixtures in testdata")
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			inputs := archive.Files
			golden := ""
			if last := len(inputs) - 1; inputs[last].Name == "actions" {
				golden, inputs = string(inputs[last].Data), inputs[:last]
			}
			for _, f := range inputs {
				fmt.Fprintf(&got, "%s:\n%s", f.Name, offered(t, string(f.Data)))
			}
			if got.String() == golden {
				return
			}
			if !*update {
				t.Errorf("something else is offered; -update writes this:\n%s", text.Unified("want", "got", text.New(golden), text.New(got.String())))
				return
			}
			archive.Files = append(inputs, txtar.File{Name: "actions", Data: []byte(got.String())})
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// offered lists the actions at the cursor with the lines that they change.
func offered(t *testing.T, source string) string {
	t.Helper()
	at := strings.Index(source, "cursor")
	if at < 0 {
		t.Fatal("no cursor in the fixture")
	}
	s := analysis.NewSession(analysis.Config{ABIs: abi.Default()}, nil)
	s.SetBuffer("/src/a.h", text.New(source))
	snap, err := s.Snapshot("/src/a.h")
	if err != nil {
		t.Fatal(err)
	}
	actions, err := refactor.At(t.Context(), snap, text.Span{Start: at, End: at})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	compilers := takers(source)
	for _, a := range actions {
		fmt.Fprintf(&b, "  %s\n", a.Title)
		after, err := snap.Text().Apply(a.Plan()...)
		if err != nil || len(a.Plan()) == 0 {
			t.Errorf("%s: %v", a.Title, err)
			continue
		}
		for _, c := range compilers {
			if !c.Accepts(after.Content()) {
				t.Errorf("%s does not take it: %s\n%s", c.Command, a.Title, after.Content())
			}
		}
		for i, line := range strings.SplitAfter(text.Unified("", "", snap.Text(), after), "\n") {
			if i >= 2 && line != "" && (line[0] == '+' || line[0] == '-') {
				b.WriteString("    " + line)
			}
		}
	}
	return b.String()
}

// takers is the compilers of the default ABIs that take a text; what is made
// of it they take, too, and find its assertions to hold.
func takers(source string) []*truth.Compiler {
	var list []*truth.Compiler
	for _, a := range abi.Default() {
		if c := truth.Find(a.Name).GCC; c.Installed() && c.Accepts(source) {
			list = append(list, c)
		}
	}
	return list
}
