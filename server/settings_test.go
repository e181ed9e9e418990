package server

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"

	"abide/analysis"
	"abide/server/internal/editor"
)

func (e *fake) scope() analysis.Scope {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.config.Scope
}

func TestInitializationOptions(t *testing.T) {
	s := start(t, editor.Options{InitOptions: map[string]any{"scope": "all", "colour": 1}})
	if got := s.engine.scope(); got != analysis.ScopeAll {
		t.Errorf("scope %v", got)
	}
	check(t, s.Wait(timeout(t), "a message", func() bool { return len(s.Messages()) == 1 }))
	if m := s.Messages()[0]; !strings.Contains(m, `"colour"`) {
		t.Errorf("message %q", m)
	}
}

func TestSettingsArePulled(t *testing.T) {
	s := start(t, editor.Options{
		InitOptions: map[string]any{"scope": "uapi", "compilationDatabase": "/b"},
		Settings:    map[string]any{"scope": "all", "colour": 1},
	})
	ctx := timeout(t)
	scoped := func(want analysis.Scope) func() bool {
		return func() bool { return s.engine.scope() == want }
	}
	eventually(t, scoped(analysis.ScopeAll))
	check(t, s.SetSettings(ctx, map[string]any{"scope": "payload", "colour": 1}))
	eventually(t, scoped(analysis.ScopePayload))
	check(t, s.SetSettings(ctx, nil)) // what initialize said holds again
	eventually(t, scoped(analysis.ScopeUAPI))
	if n := len(s.Messages()); n != 1 {
		t.Errorf("%d messages about one problem", n)
	}
}

func TestSettingsArePushed(t *testing.T) {
	s := start(t, editor.Options{})
	check(t, s.Notify(timeout(t), protocol.MethodWorkspaceDidChangeConfiguration,
		&protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"abide":{"scope":"all"}}`)}))
	eventually(t, func() bool { return s.engine.scope() == analysis.ScopeAll })
}

func TestFirstCheckUsesTheClientsSettings(t *testing.T) {
	s := start(t, editor.Options{Settings: map[string]any{"scope": "all"}})
	doc, err := s.Open(timeout(t), fakeURI, "c", "BAD")
	check(t, err)
	_, err = doc.Diagnostics(timeout(t))
	check(t, err)
	if s.engine.scope() != analysis.ScopeAll {
		t.Error("checked before the settings were known")
	}
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never")
		}
	}
}

// TestWatched: what the client is asked to watch is what it understands.
func TestWatched(t *testing.T) {
	s := &server{client: &client{watchesFiles: true}}
	var options struct {
		Watchers []struct{ GlobPattern string }
	}
	check(t, json.Unmarshal(s.registrations()[0].RegisterOptions, &options))
	var got []string
	for _, w := range options.Watchers {
		got = append(got, w.GlobPattern)
	}
	if !slices.Equal(got, watched) {
		t.Errorf("%q", got)
	}
}
