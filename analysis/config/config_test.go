package config_test

import (
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/config"
)

// disk is files by path.
type disk map[string]string

func (d disk) Read(path string) (string, error) { return d[path], nil }
func (d disk) Exists(path string) bool          { _, ok := d[path]; return ok }

func TestProblemsOfFile(t *testing.T) {
	for _, test := range []struct{ content, want string }{
		{"", ""},
		{"abis = ['x86_64', 'i386']\nscope = 'uapi'\n[severities]\ntail-padding = 'off'\n", ""},
		{"abis = 'all'\n", ""},
		{"severities.tail-padding = 'off'\nseverities = { }\n", "2:1: not valid TOML: key severities"},
		{"abi = 'all'", `1:1: there is no setting "abi"; did you mean "abis"?`},
		{"colour = 3", `1:1: there is no setting "colour"; give one of abis, scope, severities, payloads, systemPaths, baseline, compilationDatabase`},
		{"\n  abis = ['x86_64', 'i368']", `2:21: abis: unknown ABI "i368": did you mean i386?`},
		{"abis = ['x86_64', 3]", `1:19: abis has 3 in it, and must be a list of names, or "default" or "all"`},
		{"abis = 3", `1:8: abis is 3, and must be a list of names`},
		{"scope = 'kernel'", `1:9: scope is "kernel", and must be "payload", "uapi" or "all"`},
		{"scope = true", `1:9: scope is true, and must be`},
		{"[severities]\npading-hole = 'off'", `2:1: there is no rule "pading-hole"; did you mean "padding-hole"?`},
		{"[severities]\npadding-hole = 'fatal'", `2:16: the severity of padding-hole is "fatal", and must be error, warning`},
		{"severities = 'off'", `1:14: severities is "off", and must be a table`},
		{"server.path = 'sh'", `1:8: server.path belongs to the editor's settings, not to .abide.toml`},
		{"[server]\nports = 'sh'", `2:1: there is no setting "server.ports"; give one of`},
		{"[[abis]]\nx = 1", `1:3: abis has a table in it`},
		{"baseline = '../outside'", `1:12: baseline is "../outside", and must be a path below the folder of .abide.toml`},
		{"baseline = '/etc/passwd'", `must be a path below`},
		{"payloads = ['a[']", `1:13: payloads: "a[" is not a pattern`},
		{"systemPaths = 'a['", `systemPaths: "a[" is not a pattern`},
		{"scope = 'all'\nscope = 'all'", `2:1: not valid TOML: key scope is already defined`},
		{"a = 1\nscope = ", `2:8: not valid TOML: `},
		{"\xff", `1:1: not valid TOML`},
	} {
		_, problems := config.ReadTOML("/p/.abide.toml", []byte(test.content))
		var got []string
		for _, p := range problems {
			got = append(got, strings.TrimPrefix(p.String(), "/p/.abide.toml:"))
		}
		if all := strings.Join(got, "\n"); !strings.Contains(all, test.want) || (all == "") != (test.want == "") {
			t.Errorf("%q:\n got %s\nwant %s", test.content, all, test.want)
		}
	}
}

func TestProblemsOfEditor(t *testing.T) {
	for _, test := range []struct{ settings, dir, want string }{
		{``, "", ""},
		{`null`, "", ""},
		{`{"abide": {"abis": [], "scope": null, "severities": {}, "baseline": "", "trace": {"server": "off"}}}`, "", ""},
		{`[1]`, "", "The settings are ignored: they are a list, and must be an object."},
		{`{"abis":`, "", "The settings are ignored: they are not JSON"},
		{`{"scopes": "all"}`, "", `A setting is ignored: there is no setting "scopes"; did you mean "scope"?`},
		{`{"scope": "some"}`, "", `A setting is ignored: scope is "some", and must be "payload", "uapi" or "all".`},
		{`{"compilationDatabase": "build"}`, "/src", ""},
		{`{"compilationDatabase": "build"}`, "", `"build" is relative, and no folder is open`},
		{`{"inlayHints": {"show": "all"}, "inlayHints.abi": "ppc64", "documentSymbols": true}`, "", ""},
		{`{"inlayHints": {"show": "some"}}`, "", `inlayHints.show is "some", and must be "off", "payload" or "all".`},
		{`{"inlayHints.abi": "x87"}`, "", `must be "differing", "all" or the name of an ABI.`},
		{`{"documentSymbols": "yes"}`, "", `documentSymbols is "yes", and must be true or false.`},
		{`{"baseline": "../other/abi"}`, "/src", ""},
		{strings.Repeat(`{"severities":`, 40), "", "nested more than 32 deep"},
	} {
		_, problems := config.ReadJSON([]byte(test.settings), test.dir)
		var got []string
		for _, p := range problems {
			got = append(got, p.String())
		}
		if all := strings.Join(got, "\n"); !strings.Contains(all, test.want) || (all == "") != (test.want == "") {
			t.Errorf("%s:\n got %s\nwant %s", test.settings, all, test.want)
		}
	}
}

// TestPrecedence: what the user chose, then the nearest file, then the defaults.
func TestPrecedence(t *testing.T) {
	over, problems := config.ReadJSON([]byte(`{"scope": "uapi", "severities": {"tail-padding": "error"}}`), "/")
	if problems != nil {
		t.Fatal(problems)
	}
	r := config.NewResolver(over, disk{
		"/src/.abide.toml":     "scope = 'all'\nabis = 'i386'\npayloads = 'x'\n[severities]\ntail-padding = 'off'\npadding-hole = 'off'",
		"/src/sub/.abide.toml": "abis = ['arm', 'arm']\ncompilationDatabase = '../build'",
	})
	for _, test := range []struct {
		path, file, abis, compdb string
		hole                     analysis.Severity
	}{
		{"/other/a.h", "", "x86_64 i386 arm64 arm", "", analysis.Off},
		{"/src/a.h", "/src/.abide.toml", "i386", "", analysis.Off},
		{"/src/deep/er/a.h", "/src/.abide.toml", "i386", "", analysis.Off},
		{"/src/sub/a.h", "/src/sub/.abide.toml", "arm", "/src/build", analysis.Off},
	} {
		c := r.For(test.path)
		var names []string
		for _, a := range c.ABIs {
			names = append(names, a.Name)
		}
		_, set := c.Severities["padding-hole"]
		file, _ := r.Project(test.path)
		if got := strings.Join(names, " "); got != test.abis || file != test.file || c.Scope != analysis.ScopeUAPI ||
			c.Severities["tail-padding"] != analysis.Error || set != (file == "/src/.abide.toml") || c.CompDB != test.compdb {
			t.Errorf("%s: %s, %s, %+v", test.path, file, got, c)
		}
	}
	if r.For("/src/a.h") != r.For("/src/deep/er/b.h") {
		t.Error("two files of one project have two configurations")
	}
	r = config.NewResolver(over, disk{"/src/.abide.toml": "scope = 'all'"})
	r.Use(config.None)
	if file, _ := r.Project("/src/a.h"); file != "" {
		t.Errorf("%s is read", file)
	}
}

// TestPayloadsAndSystemPaths checks files of a project.
func TestPayloadsAndSystemPaths(t *testing.T) {
	const header = "#include <linux/types.h>\nstruct sensor_event { __u8 kind; __u32 value; };\nstruct other { __u8 kind; __u32 value; };\n"
	d := disk{
		"/src/.abide.toml": "payloads = ['sensor_*', 'union u']\nsystemPaths = ['third_party', '**/gen/*.h']",
		"/src/a.h":         header, "/src/third_party/deep/a.h": header, "/src/x/gen/a.h": header, "/src/gen2/a.h": header,
	}
	s := analysis.NewSession(analysis.Config{}, d)
	s.SetConfigs(config.NewResolver(config.Layer{}, d).For)
	for path, want := range map[string]int{"/src/a.h": 1, "/src/gen2/a.h": 1, "/src/third_party/deep/a.h": 0, "/src/x/gen/a.h": 0} {
		snapshot, err := s.Snapshot(path)
		if err != nil {
			t.Fatal(err)
		}
		list, err := snapshot.Findings(t.Context())
		if err != nil || len(list) != want || want > 0 && list[0].Record != "struct sensor_event" {
			t.Errorf("%s: %v, %+v", path, err, list)
		}
	}
}

// A resolver knows when what it read no longer holds.
func TestOutdated(t *testing.T) {
	d := disk{"/p/.abide.toml": "baseline = 'abi'\n", "/p/abi": "abide baseline 1\nabis x86_64\n"}
	paths := []string{"/p/a.h", "/p/sub/b.h", "/q/c.h"}
	r := config.NewResolver(config.Layer{}, d)
	steps := []struct {
		what, path, content string
		outdated            bool
	}{
		{"nothing", "", "", false},
		{"another file", "/p/x.toml", "x", false},
		{"settings", "/p/.abide.toml", "baseline = 'abi'\nscope = 'all'\n", true},
		{"a baseline", "/p/abi", "abide baseline 1\nabis i386\n", true},
		{"nearer settings", "/p/sub/.abide.toml", "", true},
		{"first settings", "/.abide.toml", "", true},
		{"settings that count for nobody", "/p/sub/deep/.abide.toml", "", false},
		{"no baseline", "/p/.abide.toml", "", true},
		{"what was a baseline", "/p/abi", "x", false},
	}
	for _, s := range steps {
		if s.path != "" {
			d[s.path] = s.content
		}
		if got := r.Outdated(paths); got != s.outdated {
			t.Errorf("%s: %v", s.what, got)
		}
		if s.outdated {
			r = config.NewResolver(config.Layer{}, d)
		}
		if r.Outdated(paths) {
			t.Errorf("%s: still", s.what)
		}
	}
	delete(d, "/p/sub/.abide.toml")
	if !r.Outdated(paths) {
		t.Error("settings that are gone")
	}
}
