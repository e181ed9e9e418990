package server

import (
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"

	"abide/analysis"
	"abide/server/internal/editor"
)

func TestReadSettings(t *testing.T) {
	for _, test := range []struct {
		name, settings string
		want           func(c *analysis.Config) bool
		problem        string // part of the only one; empty for none
	}{
		{"none", ``, nil, ""},
		{"null", `null`, nil, ""},
		{"names in a list", `{"abis":["x86_64","i386"]}`, func(c *analysis.Config) bool { return len(c.ABIs) == 2 && c.ABIs[1].Name == "i386" }, ""},
		{"names in a string", `{"abis":"x86_64,i386"}`, func(c *analysis.Config) bool { return len(c.ABIs) == 2 }, ""},
		{"no names", `{"abis":[]}`, nil, ""},
		{"unknown name", `{"abis":["x87"]}`, nil, "x87"},
		{"names of the wrong type", `{"abis":7}`, nil, "must be a list"},
		{"scope", `{"scope":"all"}`, func(c *analysis.Config) bool { return c.Scope == analysis.ScopeAll }, ""},
		{"unknown scope", `{"scope":"some"}`, nil, `"payload", "uapi" or "all"`},
		{"scope of the wrong type", `{"scope":["all"]}`, nil, `"payload", "uapi" or "all"`},
		{"severity", `{"severities":{"padding-hole":"error"}}`, func(c *analysis.Config) bool { return c.Severities["padding-hole"] == analysis.Error }, ""},
		{"unknown rule", `{"severities":{"no-such":"off","tail-padding":"off"}}`, func(c *analysis.Config) bool {
			_, ok := c.Severities["tail-padding"]
			return ok && len(c.Severities) == 1
		}, `no rule "no-such"`},
		{"unknown severity", `{"severities":{"padding-hole":"fatal"}}`, nil, "error, warning, information, hint, off"},
		{"severities of the wrong type", `{"severities":["off"]}`, nil, "must be an object"},
		{"relative path", `{"compilationDatabase":"build"}`, func(c *analysis.Config) bool { return c.CompDB == "/root/dir/build" }, ""},
		{"absolute path", `{"compilationDatabase":"/b"}`, func(c *analysis.Config) bool { return c.CompDB == "/b" }, ""},
		{"path of the wrong type", `{"compilationDatabase":{}}`, nil, "compile_commands.json"},
		{"under the section's name", `{"abide":{"scope":"uapi"}}`, func(c *analysis.Config) bool { return c.Scope == analysis.ScopeUAPI }, ""},
		{"the extension's own", `{"server":{"path":"x"},"trace":{"server":"off"},"server.path":"","trace.server":"off"}`, nil, ""},
		{"unknown key", `{"abi":"x86_64"}`, nil, "abis, scope, severities, compilationDatabase"},
		{"not an object", `["abis"]`, nil, "not an object"},
		{"nothing but nulls", `{"abis":null,"scope":null,"severities":null,"compilationDatabase":null}`, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg, shown := defaultConfig(), defaultFeatures()
			problems := readSettings(&cfg, &shown, []byte(test.settings), "/root/dir")
			if test.problem == "" && len(problems) > 0 ||
				test.problem != "" && (len(problems) != 1 || !strings.Contains(problems[0], test.problem)) {
				t.Errorf("problems %q, want %q", problems, test.problem)
			}
			if test.want != nil && !test.want(&cfg) {
				t.Errorf("configuration %+v", cfg)
			}
		})
	}
}

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
