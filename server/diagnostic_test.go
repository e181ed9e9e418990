package server

import (
	"context"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

func TestDiagnosticsArePulled(t *testing.T) {
	s := start(t, editor.Options{Pull: true})
	if s.Result.Capabilities.DiagnosticProvider == nil {
		t.Error("not announced")
	}
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "BAD BAD")
	check(t, err)
	list, id, unchanged, err := doc.Pull(ctx, "")
	check(t, err)
	if len(list) != 2 || unchanged || id == "" {
		t.Errorf("%d diagnostics, id %q, unchanged %t", len(list), id, unchanged)
	}
	check(t, doc.Edit(ctx, text.Edit{Span: text.Span{Start: 7, End: 7}, New: " nice"}))
	if _, again, unchanged, err := doc.Pull(ctx, id); err != nil || !unchanged || again != id {
		t.Errorf("id %q after %q, unchanged %t: %v", again, id, unchanged, err)
	}
	check(t, doc.Replace(ctx, "nothing"))
	if list, _, unchanged, err := doc.Pull(ctx, id); err != nil || unchanged || len(list) != 0 {
		t.Errorf("%d diagnostics, unchanged %t: %v", len(list), unchanged, err)
	}
	check(t, doc.Close(ctx))
	if list, _, _, err := doc.Pull(ctx, ""); err != nil || len(list) != 0 {
		t.Errorf("%d diagnostics of a closed document: %v", len(list), err)
	}
	if all := s.Published(fakeURI); len(all) != 0 {
		t.Errorf("pushed, too: %v", all)
	}
}

// A client that cannot be told to ask again would not learn of other files' changes.
func TestDiagnosticsArePushedWithoutRefresh(t *testing.T) {
	s := start(t, editor.Options{})
	if s.Result.Capabilities.DiagnosticProvider != nil {
		t.Error("announced")
	}
}

func TestEditOvertakesPull(t *testing.T) {
	s := start(t, editor.Options{Pull: true})
	asked := make(chan struct{}, 10)
	s.engine.before = func(ctx context.Context, f *text.File) error {
		if f.Content() == "slow" {
			asked <- struct{}{}
			<-ctx.Done()
		}
		return ctx.Err()
	}
	ctx := timeout(t)
	doc, err := s.Open(ctx, fakeURI, "c", "slow")
	check(t, err)
	failed := make(chan error, 1)
	go func() {
		_, _, _, err := doc.Pull(context.Background(), "")
		failed <- err
	}()
	<-asked
	check(t, doc.Replace(ctx, "BAD"))
	select {
	case err := <-failed:
		wantCode(t, err, jsonrpc2.Code(-32802))
	case <-time.After(10 * time.Second):
		t.Fatal("no answer")
	}
	if list, _, _, err := doc.Pull(ctx, ""); err != nil || len(list) != 1 {
		t.Errorf("%d diagnostics: %v", len(list), err)
	}
}

// TestRefreshes: what the client shows is asked for again when the settings, or
// files other than the one shown, have changed.
func TestRefreshes(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, s *testSession, ctx context.Context){
		"settings": func(t *testing.T, s *testSession, ctx context.Context) {
			check(t, s.SetSettings(ctx, map[string]any{"scope": "all"}))
		},
		"files": func(t *testing.T, s *testSession, ctx context.Context) {
			check(t, s.Notify(ctx, "workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": "file:///fake/b.h", "type": 2}}}))
		},
		"a header": func(t *testing.T, s *testSession, ctx context.Context) {
			_, err := s.Open(ctx, fakeURI, "c", "")
			check(t, err)
			_, err = s.Open(ctx, "file:///fake/b.h", "c", "")
			check(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, editor.Options{Pull: true, Settings: map[string]any{}})
			ctx := timeout(t)
			eventually(t, func() bool { return s.engine.scope() == 0 })
			change(t, s, ctx)
			check(t, s.Wait(ctx, "three refreshes", func() bool {
				methods := map[string]bool{}
				for _, m := range s.Refreshes() {
					methods[m] = true
				}
				return len(methods) == 3
			}))
		})
	}
}

func TestShownSettingsRefreshNoDiagnostics(t *testing.T) {
	s := start(t, editor.Options{Pull: true, Settings: map[string]any{}})
	ctx := timeout(t)
	check(t, s.Wait(ctx, "the first", func() bool { return true }))
	time.Sleep(2 * refreshPause) // those of the first settings
	before := len(s.Refreshes())
	check(t, s.SetSettings(ctx, map[string]any{"codeLens": "all"}))
	check(t, s.Wait(ctx, "refreshes", func() bool { return len(s.Refreshes()) >= before+2 }))
	for _, m := range s.Refreshes()[before:] {
		if m == "workspace/diagnostic/refresh" {
			t.Error("diagnostics are asked for again")
		}
	}
}
