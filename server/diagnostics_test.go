package server

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

func TestDiagnosticsFollowTheText(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "é BAD\n")
	check(t, err)
	diags, err := doc.Diagnostics(ctx)
	check(t, err)
	if len(diags) != 1 {
		t.Fatalf("diagnostics %v", diags)
	}
	d := diags[0]
	if source, _ := d.Source.Get(); source != "abide" || d.Code != protocol.String("bad-word") ||
		d.Severity != protocol.DiagnosticSeverityWarning || d.Message != protocol.String("bad") {
		t.Errorf("diagnostic %+v", d)
	}
	if want := doc.Range(text.Span{Start: 3, End: 6}); d.Range != want {
		t.Errorf("range %v, want %v", d.Range, want)
	}

	check(t, doc.Replace(ctx, "GOOD"))
	diags, err = doc.Diagnostics(ctx)
	check(t, err)
	if len(diags) != 0 {
		t.Errorf("diagnostics %v", diags)
	}

	check(t, doc.Replace(ctx, "BAD BAD"))
	diags, err = doc.Diagnostics(ctx)
	check(t, err)
	if len(diags) != 2 {
		t.Errorf("diagnostics %v", diags)
	}
	check(t, doc.Close(ctx))
	check(t, s.Wait(ctx, "clearing", func() bool {
		all := s.Published(fakeURI)
		return len(all[len(all)-1].Diagnostics) == 0
	}))
}

// The last word about a document that is closed and opened again is its second opening's.
func TestCloseAndReopen(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	for range 50 {
		doc, err := s.Open(ctx, fakeURI, "c", "BAD")
		check(t, err)
		check(t, doc.Close(ctx))
	}
	doc, err := s.Open(ctx, fakeURI, "c", "BAD BAD")
	check(t, err)
	check(t, s.Wait(ctx, "diagnostics", func() bool {
		all := s.Published(fakeURI)
		return len(all) > 0 && len(all[len(all)-1].Diagnostics) == 2
	}))
	_, err = doc.Hover(ctx, 0)
	check(t, err)
	time.Sleep(50 * time.Millisecond)
	if all := s.Published(fakeURI); len(all[len(all)-1].Diagnostics) != 2 {
		t.Errorf("the last publication is %v", all[len(all)-1])
	}
}

// While a check runs, edits end it: what it would have found is never said.
func TestOutdatedChecksAreDropped(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	begun := make(chan struct{}, 10)
	ended := make(chan error, 10)
	s.engine.before = func(ctx context.Context, f *text.File) error {
		if !strings.HasPrefix(f.Content(), "slow") {
			return nil
		}
		begun <- struct{}{}
		<-ctx.Done()
		ended <- ctx.Err()
		return nil // as if nobody had said anything
	}
	doc, err := s.Open(ctx, fakeURI, "c", "slow BAD")
	check(t, err)
	<-begun
	check(t, doc.Replace(ctx, "fine"))
	<-ended
	diags, err := doc.Diagnostics(ctx)
	check(t, err)
	if all := s.Published(fakeURI); len(diags) != 0 || len(all) != 1 {
		t.Errorf("published %v", all)
	}
}

// A header's change is a change of what includes it.
func TestOthersAreCheckedAgain(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	asked := make(chan string, 100)
	s.engine.before = func(_ context.Context, f *text.File) error {
		asked <- f.Content()
		return nil
	}
	driverChecked := func() {
		t.Helper()
		for {
			select {
			case content := <-asked:
				if content == "driver" {
					return
				}
			case <-ctx.Done():
				t.Fatal("the driver is not checked again")
			}
		}
	}
	_, err := s.Open(ctx, "file:///fake/driver.c", "c", "driver")
	check(t, err)
	driverChecked()
	header, err := s.Open(ctx, "file:///fake/a.h", "c", "header")
	check(t, err)
	driverChecked()
	check(t, header.Replace(ctx, "edited"))
	driverChecked()
	check(t, header.Close(ctx))
	driverChecked()
	check(t, s.Notify(ctx, "workspace/didChangeWatchedFiles", &protocol.DidChangeWatchedFilesParams{}))
	driverChecked()
	if n := s.engine.disk.Load(); n != 1 {
		t.Errorf("the disk was said to have changed %d times", n)
	}
}

func TestProgress(t *testing.T) {
	for _, wanted := range []bool{true, false} {
		s := start(t, editor.Options{Progress: wanted})
		release := make(chan struct{})
		s.engine.before = func(context.Context, *text.File) error {
			<-release
			return nil
		}
		doc, err := s.Open(timeout(t), fakeURI, "c", "cold")
		check(t, err)
		if wanted {
			check(t, s.Wait(timeout(t), "progress", func() bool { return len(s.Progress()) == 1 }))
		} else {
			time.Sleep(progressAfter + 50*time.Millisecond)
		}
		close(release)
		_, err = doc.Diagnostics(timeout(t))
		check(t, err)
		if wanted {
			check(t, s.Wait(timeout(t), "the end of progress", func() bool { return len(s.Progress()) == 2 }))
		} else if p := s.Progress(); len(p) > 0 {
			t.Errorf("progress %v for a client without it", p)
		}
	}
}

func TestBadCompilationDatabaseIsSaidOnce(t *testing.T) {
	s := start(t, editor.Options{})
	doc, err := s.Open(timeout(t), fakeURI, "c", "NOFLAGS")
	check(t, err)
	check(t, s.Wait(timeout(t), "a message", func() bool { return len(s.Messages()) > 0 }))
	check(t, doc.Replace(timeout(t), "NOFLAGS again"))
	_, err = doc.Diagnostics(timeout(t))
	check(t, err)
	time.Sleep(20 * time.Millisecond)
	if m := s.Messages(); len(m) != 1 || !strings.Contains(m[0], "compile_commands.json:7") {
		t.Errorf("messages %q", m)
	}
}
