package render_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/render"
)

var update = flag.Bool("update", false, "rewrite the golden sections of testdata")

// oneFile is a disk with one file.
type oneFile string

func (f oneFile) Read(path string) (string, error) {
	if path != mainFile {
		return "", errors.New("file not found")
	}
	return string(f), nil
}

func (f oneFile) Exists(path string) bool { return path == mainFile }

const mainFile = "/src/a.c"

// Each archive has a source, a.c, and what is drawn of it: sections named
// "layout NAME", "hover NAME" (at the first «NAME» of the source's names),
// "hints NAME WHICH", "lenses" and "ioctls". The comment's first line is the list of ABIs.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no testdata: ", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			list, _, _ := strings.Cut(string(archive.Comment), "\n")
			abis, err := abi.Parse(list)
			if err != nil {
				t.Fatal(err)
			}
			source := string(archive.Files[0].Data)
			s, err := analysis.NewSession(analysis.Config{ABIs: abis}, oneFile(source)).Snapshot(mainFile)
			if err != nil {
				t.Fatal(err)
			}
			for i := range archive.Files[1:] {
				f := &archive.Files[i+1]
				got := draw(t, s, source, f.Name)
				for line := range strings.Lines(got) {
					if n := utf8.RuneCountInString(line); n > 101 && strings.HasPrefix(f.Name, "layout") {
						t.Errorf("a line of %d characters: %s", n, line)
					}
				}
				if *update {
					f.Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func draw(t *testing.T, s *analysis.Snapshot, source, section string) string {
	t.Helper()
	what, name, _ := strings.Cut(section, " ")
	var lines []render.Line
	switch what {
	case "layout":
		facts, err := s.Lookup(t.Context(), name)
		if err != nil || facts == nil {
			t.Fatalf("no record %s: %v", name, err)
		}
		lines = render.Record(facts, render.Options{})
	case "hover":
		at := strings.Index(source, name)
		h, err := s.Hover(t.Context(), at)
		if err != nil || h == nil {
			t.Fatalf("no hover on %s at %d: %v", name, at, err)
		}
		return render.Hover(h)
	case "ioctls":
		commands, err := s.Commands(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		lines = render.Commands(commands, render.Options{})
	case "hints": // hints RECORD WHICH
		name, which, _ := strings.Cut(name, " ")
		facts, err := s.Lookup(t.Context(), name)
		if err != nil || facts == nil {
			t.Fatalf("no record %s: %v", name, err)
		}
		for _, h := range render.Hints(facts, which) {
			lines = append(lines, render.Line{Text: h.Member.Path + ": " + h.Text + "\n" + h.Details})
		}
	case "lenses":
		records, err := s.Owners(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			lines = append(lines, render.Line{Text: r.Name + ": " + render.RecordLens(s.Facts(r))})
		}
		commands, err := s.Commands(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range commands {
			text, differs := render.CommandLens(c)
			lines = append(lines, render.Line{Text: fmt.Sprintf("%s: %s, differs %t", c.Name, text, differs)})
		}
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}
