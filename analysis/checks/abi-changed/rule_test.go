package abichanged_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/baseline"
	abichanged "abide/analysis/checks/abi-changed"
	"abide/analysis/checks/internal/checktest"
	"abide/analysis/text"
)

// TestFixtures makes a baseline of each fixture's "old.h" (and of files "old/…")
// and checks what "now.h" has become against it.
func TestFixtures(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			old, now := checktest.Disk{}, checktest.Disk{}
			golden := -1
			for i, f := range archive.Files {
				name, isOld := strings.CutPrefix(f.Name, "old/")
				switch {
				case f.Name == "findings":
					golden = i
				case isOld:
					old["/src/"+name] = string(f.Data)
				default:
					now["/src/"+strings.TrimPrefix(f.Name, "now/")] = string(f.Data)
				}
			}
			got := check(t, old, now)
			if golden >= 0 && string(archive.Files[golden].Data) == got {
				return
			}
			if flag.Lookup("update").Value.String() != "true" { // checktest's
				t.Fatalf("-update writes this:\n%s", got)
			}
			if golden < 0 {
				archive.Files = append(archive.Files, txtar.File{Name: "findings"})
				golden = len(archive.Files) - 1
			}
			archive.Files[golden].Data = []byte(got)
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func check(t *testing.T, old, now checktest.Disk) string {
	t.Helper()
	cfg := analysis.Config{ABIs: abi.Default(), Scope: analysis.ScopeAll}
	b := &baseline.Baseline{}
	for _, a := range cfg.ABIs {
		b.ABIs = append(b.ABIs, a.Name)
	}
	s := analysis.NewSession(cfg, old)
	var files []baseline.File
	for _, path := range []string{"/src/inner.h", "/src/a.h"} {
		if !old.Exists(path) {
			continue
		}
		snapshot, err := s.Snapshot(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := baseline.Describe(t.Context(), snapshot, strings.TrimPrefix(path, "/src/"), nil)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	b = b.With(files, func(string) bool { return true })
	text1 := b.Format()
	b, err := baseline.Parse(text1, "/src")
	if err != nil || b.Format() != text1 {
		t.Fatalf("written and read again: %v\n%s\n%s", err, text1, b.Format())
	}
	cfg.Baseline, cfg.Checks = b, []*analysis.Check{abichanged.Check}
	var out strings.Builder
	for i, disk := range []checktest.Disk{old, now} {
		s = analysis.NewSession(cfg, disk)
		for _, path := range []string{"/src/inner.h", "/src/a.h"} {
			if !disk.Exists(path) {
				continue
			}
			snapshot, err := s.Snapshot(path)
			if err != nil {
				t.Fatal(err)
			}
			findings, err := snapshot.Findings(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(findings) > 0 && i == 0 {
				t.Errorf("what was shipped differs from itself: %+v", findings)
			}
			for _, f := range findings {
				fmt.Fprintf(&out, "%s: %s: %s\n", at(snapshot.Text(), path, f.Span), f.Severity, f.Message)
				for _, r := range f.Related {
					fmt.Fprintf(&out, "\t%s: %s\n", at(snapshot.Text(), r.Loc.Path, r.Loc.Span), r.Message)
				}
			}
		}
	}
	return out.String()
}

// TestTyping edits a record: one that does not parse is being typed.
func TestTyping(t *testing.T) {
	const path, shipped = "/src/a.h", "struct sensor { unsigned a; };\nstruct other { unsigned a; };\n"
	cfg := analysis.Config{ABIs: abi.Default()}
	s := analysis.NewSession(cfg, checktest.Disk{path: shipped})
	snapshot, err := s.Snapshot(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := baseline.Describe(t.Context(), snapshot, "a.h", nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &baseline.Baseline{ABIs: []string{"x86_64"}}
	b, err = baseline.Parse(b.With([]baseline.File{f}, nil).Format(), "/src")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Baseline, cfg.Checks = b, []*analysis.Check{abichanged.Check}
	s = analysis.NewSession(cfg, checktest.Disk{path: shipped})
	for edited, want := range []struct {
		text string
		want int
	}{
		{shipped, 0},
		{"struct sensor { unsigned a; unsigned };\nstruct other { unsigned a; };\n", 0},
		{"struct sensor { unsigned a; unsigned b; };\nstruct other { unsigned a; };\n", 1},
	} {
		s.SetBuffer(path, text.New(want.text))
		snapshot, err := s.Snapshot(path)
		if err != nil {
			t.Fatal(err)
		}
		if list, err := snapshot.Findings(t.Context()); err != nil || len(list) != want.want {
			t.Errorf("edit %d: %v, %+v", edited, err, list)
		}
	}
}

func at(f *text.File, path string, span text.Span) string {
	p := f.Position(span.Start, text.UTF8)
	return fmt.Sprintf("%s:%d:%d", filepath.Base(path), p.Line+1, p.Character+1)
}
