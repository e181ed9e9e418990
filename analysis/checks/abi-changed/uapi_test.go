package abichanged_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/baseline"
	"abide/analysis/checks"
	"abide/analysis/text"
	"abide/analysis/tree"
)

var mutations = flag.Int("mutations", 25, "how many records of the installed headers to change")

// TestInstalledHeaders describes the kernel's installed headers, finds nothing
// when they are checked against that, and then changes one record at a time:
// that one is reported, and no other.
func TestInstalledHeaders(t *testing.T) {
	files, err := tree.Expand("/usr/include/linux", tree.Limit)
	if err != nil || len(files) < 100 {
		if os.Getenv("CI") != "" {
			t.Fatal("linux-libc-dev is not installed")
		}
		t.Skip("linux-libc-dev is not installed")
	}
	cfg := analysis.Config{ABIs: abi.Default(), Scope: analysis.ScopeUAPI, Checks: checks.All()}
	b := &baseline.Baseline{}
	for _, a := range cfg.ABIs {
		b.ABIs = append(b.ABIs, a.Name)
	}
	described := make([]baseline.File, len(files))
	each(t, files, cfg, func(i int, s *analysis.Snapshot) {
		findings, err := s.Findings(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		f, err := baseline.Describe(t.Context(), s, baseline.RelativePath("/", s.Path()), nil)
		if err != nil {
			t.Error(err)
			return
		}
		if f.Accepted, err = f.Rest(t.Context(), s, findings); err != nil {
			t.Error(err)
		}
		described[i] = f
	})
	written := b.With(described, nil).Format()
	if b, err = baseline.Parse(written, "/"); err != nil {
		t.Fatal(err)
	}
	if again := b.Format(); again != written {
		t.Error("what is read and written again differs")
	}
	records, commands := 0, 0
	for _, f := range b.Files {
		records, commands = records+len(f.Records), commands+len(f.Commands)
	}
	t.Logf("%d files, %d records, %d commands: %d KiB, %d lines", len(b.Files), records, commands, len(written)>>10, strings.Count(written, "\n"))

	cfg.Baseline = b
	each(t, files, cfg, func(_ int, s *analysis.Snapshot) {
		findings, err := s.Findings(t.Context())
		for _, f := range findings {
			t.Errorf("%s: unchanged, but: %s: %s", s.Path(), f.Rule, f.Message)
		}
		if err != nil {
			t.Error(err)
		}
	})
	random := rand.New(rand.NewPCG(1, 2))
	for range *mutations {
		mutate(t, random, cfg, b)
	}
}

func each(t *testing.T, files []string, cfg analysis.Config, visit func(int, *analysis.Snapshot)) {
	session := analysis.NewSession(cfg, nil)
	var wait sync.WaitGroup
	slots := make(chan struct{}, 4)
	for i, path := range files {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			s, err := session.Snapshot(path)
			if err != nil {
				t.Error(err)
				return
			}
			visit(i, s)
			session.Forget(path)
		})
	}
	wait.Wait()
}

// mutate puts a member in front of the others of one record, in an editor.
func mutate(t *testing.T, random *rand.Rand, cfg analysis.Config, b *baseline.Baseline) {
	t.Helper()
	file := b.Files[random.IntN(len(b.Files))]
	path := filepath.Join("/", file.Path)
	session := analysis.NewSession(cfg, nil)
	s, err := session.Snapshot(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := s.Records(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var subjects []*analysis.Record
	for _, r := range records {
		if r.Named() && r.Views[0].Layout != nil && r.Views[0].Layout.Size > 0 && once(records, r) {
			subjects = append(subjects, r)
		}
	}
	if len(subjects) == 0 {
		return
	}
	r := subjects[random.IntN(len(subjects))]
	content := s.Text().Content()
	brace := strings.IndexByte(content[r.NameSpan.Start:r.Span.End], '{')
	if brace < 0 {
		return // a macro's body
	}
	at := r.NameSpan.Start + brace + 1
	member := fmt.Sprintf(" unsigned char abide_mutation[%d];", r.Views[0].Layout.Size+8)
	session.SetBuffer(path, text.New(content[:at]+member+content[at:]))
	if s, err = session.Snapshot(path); err != nil {
		t.Fatal(err)
	}
	findings, err := s.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var changed []string
	for _, f := range findings {
		if f.Rule == "abi-changed" {
			changed = append(changed, f.Record+f.Command)
		}
	}
	if len(changed) != 1 || changed[0] != r.Name {
		t.Errorf("%s: %s is changed, reported are %q", path, r.Name, changed)
	}
}

// once tells whether a file has one definition of a name.
func once(records []*analysis.Record, r *analysis.Record) bool {
	n := 0
	for _, x := range records {
		if x.Name == r.Name {
			n++
		}
	}
	return n == 1
}
