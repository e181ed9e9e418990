package analysis_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"abide/analysis"
	"abide/analysis/text"
)

// A record is a payload by the commands of another header, from when the
// index knows them, and no longer when they are gone.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	types, commands := filepath.Join(dir, "types.h"), filepath.Join(dir, "ioctl.h")
	write := func(path, content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(types, "struct in { int x; };\nstruct a { struct in in; };\ntypedef struct { long y; } b_t;\nstruct other { int z; };\n")
	const ioctls = "#include \"types.h\"\n#define GET _IOR('M', 1, struct a)\n#define PUT _IOW('M', 2, b_t)\n"
	write(commands, ioctls)
	s := analysis.NewSession(analysis.Config{Checks: []*analysis.Check{{
		Name: "every-record", Severity: analysis.Hint,
		Run: func(p *analysis.Pass) {
			for _, r := range p.Subjects() {
				p.Report(analysis.Finding{Span: r.NameSpan, Message: r.Reason})
			}
		},
	}}}, nil)
	said := func() string {
		t.Helper()
		snap, err := s.Snapshot(types)
		if err != nil {
			t.Fatal(err)
		}
		findings, err := snap.Findings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, f := range findings {
			m := f.Message
			for _, r := range f.Related {
				m += " (" + r.Message + " in " + filepath.Base(r.Loc.Path) + ")"
			}
			list = append(list, m)
		}
		return strings.Join(list, ", ")
	}
	if got := said(); got != "" {
		t.Errorf("without an index: %s", got)
	}
	changed := make(chan bool, 8)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.Watch(ctx, []string{dir}, func() { changed <- true })
	<-changed
	const want = "member of struct a, ioctl GET (GET carries struct a in ioctl.h), ioctl PUT (PUT carries b_t in ioctl.h)"
	if got := said(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s.SetBuffer(types, text.New("struct a { int x; int y; };\n"))
	if got := said(); got != "ioctl GET (GET carries struct a in ioctl.h)" {
		t.Errorf("an edited buffer: %s", got)
	}
	s.Drop(types)

	write(commands, "/* nothing */\n")
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(commands, later, later); err != nil {
		t.Fatal(err)
	}
	s.DiskChanged()
	<-changed
	if got := said(); got != "" {
		t.Errorf("without the commands: %s", got)
	}
	write(commands, ioctls)
	s.Index(t.Context(), []string{dir})
	if got := said(); got != want {
		t.Errorf("at once: got %s, want %s", got, want)
	}
	s.Watch(ctx, nil, nil)
	if got := said(); got != "" {
		t.Errorf("no folders: %s", got)
	}
}
