package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"go.lsp.dev/protocol"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
)

// settingsSection is the name that abide's settings have in an editor's.
const settingsSection = "abide"

// settings are what the client said about how to check. What it sends later
// goes over the initializationOptions, key by key.
type settings struct {
	root    string // folder that relative paths are relative to; empty for none
	initial protocol.LSPAny

	pulling sync.Mutex       // held while the client is asked, so that the last answer counts
	config  *analysis.Config // in force

	ready chan struct{} // closed when the client's settings are known
	once  sync.Once
}

func newSettings() settings { return settings{ready: make(chan struct{})} }

func (s *settings) arrived() { s.once.Do(func() { close(s.ready) }) }

// await waits for the settings, but not for longer than limit.
func (s *settings) await(ctx context.Context, limit time.Duration) {
	select {
	case <-s.ready:
	case <-ctx.Done():
	case <-time.After(limit):
	}
}

// defaultConfig is what holds where the user chooses nothing.
func defaultConfig() analysis.Config {
	return analysis.Config{ABIs: abi.Default(), Checks: checks.All()}
}

// configure makes a configuration of the initialization options and of later
// settings, which may be nil, and has everything checked with it. What cannot
// be understood is said to the user and left at its default. It runs in
// initialize, and then either when the client has answered or when it pushes,
// never twice at a time.
func (s *server) configure(later protocol.LSPAny) {
	cfg, shown := defaultConfig(), defaultFeatures()
	var problems []string
	for _, raw := range []protocol.LSPAny{s.settings.initial, later} {
		problems = append(problems, readSettings(&cfg, &shown, raw, s.settings.root)...)
	}
	for _, p := range problems {
		s.warn(p)
	}
	before := s.chosen()
	s.features.Store(&shown)
	if s.settings.replace(cfg) {
		s.engine.SetConfig(cfg)
		s.recheckAll(0)
		s.refreshAll()
	} else if before != shown {
		s.refreshShown()
	}
}

// replace tells whether a configuration is another one than that in force:
// one that is not would have everything worked out again for nothing.
func (s *settings) replace(cfg analysis.Config) bool {
	if s.config != nil && reflect.DeepEqual(*s.config, cfg) {
		return false
	}
	s.config = &cfg
	return true
}

// setting is one key of the settings. read changes the configuration, show
// the features; the error says what is allowed.
type setting struct {
	key  string
	read func(cfg *analysis.Config, raw json.RawMessage, root string) error
	show func(f *features, raw json.RawMessage) error
}

// settingTable lists the keys. One without functions belongs to an editor's
// extension.
var settingTable = []setting{
	{key: "abis", read: readABIs},
	{key: "scope", read: readScope},
	{key: "severities", read: readSeverities},
	{key: "compilationDatabase", read: readCompDB},
	{key: "inlayHints.show", show: readHints},
	{key: "inlayHints.abi", show: readHintsABI},
	{key: "codeLens", show: readLenses},
	{key: "documentSymbols", show: readSymbols},
	{key: "server"},
	{key: "server.path"},
	{key: "trace"},
	{key: "trace.server"},
}

func settingNamed(key string) (setting, bool) {
	i := slices.IndexFunc(settingTable, func(s setting) bool { return s.key == key })
	if i < 0 {
		return setting{}, false
	}
	return settingTable[i], true
}

// isSection tells whether keys begin with prefix and a dot.
func isSection(prefix string) bool {
	return slices.ContainsFunc(settingTable, func(s setting) bool { return strings.HasPrefix(s.key, prefix+".") })
}

// readSettings reads an object of settings, or one that holds it under the
// section's name. null and {} are no settings. It gives a sentence for each
// problem.
func readSettings(cfg *analysis.Config, shown *features, raw []byte, root string) (problems []string) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 {
		return nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return []string{fmt.Sprintf("The settings are not an object but %s; nothing is taken from them.", brief(raw))}
	}
	if inner, ok := object[settingsSection]; ok {
		return readSettings(cfg, shown, inner, root)
	}
	return readSection(cfg, shown, object, root, "")
}

// readSection reads the keys that begin with prefix: VS Code sends
// {"inlayHints": {"show": …}}, others write "inlayHints.show".
func readSection(cfg *analysis.Config, shown *features, object map[string]json.RawMessage, root, prefix string) (problems []string) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		key, value := prefix+name, object[name]
		s, known := settingNamed(key)
		var err error
		switch {
		case !known && isSection(key):
			var inner map[string]json.RawMessage
			if err = json.Unmarshal(value, &inner); err == nil {
				problems = append(problems, readSection(cfg, shown, inner, root, key+".")...)
			} else {
				err = fmt.Errorf("it is %s, and must be an object", brief(value))
			}
		case !known:
			problems = append(problems, fmt.Sprintf("There is no setting %q. There are %s.", key, settingKeys()))
		case string(value) == "null":
		case s.read != nil:
			err = s.read(cfg, value, root)
		case s.show != nil:
			err = s.show(shown, value)
		}
		if err != nil {
			problems = append(problems, fmt.Sprintf("Setting %q is ignored: %s.", key, err))
		}
	}
	return problems
}

func settingKeys() string {
	var keys []string
	for _, s := range settingTable {
		if s.read != nil || s.show != nil {
			keys = append(keys, s.key)
		}
	}
	return strings.Join(keys, ", ")
}

func readABIs(cfg *analysis.Config, raw json.RawMessage, _ string) error {
	var names []string
	var list string
	if json.Unmarshal(raw, &list) == nil {
		names = []string{list}
	} else if json.Unmarshal(raw, &names) != nil {
		return fmt.Errorf(`it is %s, and must be a list of names, "default" or "all"`, brief(raw))
	}
	list = strings.Join(names, ",")
	if strings.TrimSpace(list) == "" {
		return nil
	}
	abis, err := abi.Parse(list)
	if err != nil {
		return err
	}
	cfg.ABIs = abis
	return nil
}

var scopes = map[string]analysis.Scope{
	"payload": analysis.ScopePayload,
	"uapi":    analysis.ScopeUAPI,
	"all":     analysis.ScopeAll,
}

func readScope(cfg *analysis.Config, raw json.RawMessage, _ string) error {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		if name == "" {
			return nil
		}
		if scope, ok := scopes[name]; ok {
			cfg.Scope = scope
			return nil
		}
	}
	return fmt.Errorf(`it is %s, and must be "payload", "uapi" or "all"`, brief(raw))
}

func readSeverities(cfg *analysis.Config, raw json.RawMessage, _ string) error {
	var names map[string]string
	if json.Unmarshal(raw, &names) != nil {
		return fmt.Errorf("it is %s, and must be an object of rules and severities", brief(raw))
	}
	known := make(map[string]bool)
	for _, c := range cfg.Checks {
		known[c.Name] = true
	}
	chosen := maps.Clone(cfg.Severities)
	if chosen == nil {
		chosen = make(map[string]analysis.Severity)
	}
	var bad []string
	for _, rule := range slices.Sorted(maps.Keys(names)) {
		severity, ok := analysis.ParseSeverity(names[rule])
		switch {
		case !known[rule]:
			bad = append(bad, fmt.Sprintf("there is no rule %.60q", rule))
		case !ok:
			bad = append(bad, fmt.Sprintf("%.60q for %s is none of error, warning, information, hint, off", names[rule], rule))
		default:
			chosen[rule] = severity
		}
	}
	cfg.Severities = chosen
	if len(bad) > 0 {
		return fmt.Errorf("in part: %s", strings.Join(bad, "; "))
	}
	return nil
}

func readCompDB(cfg *analysis.Config, raw json.RawMessage, root string) error {
	var path string
	if json.Unmarshal(raw, &path) != nil {
		return fmt.Errorf("it is %s, and must be the path of a compile_commands.json or of its folder", brief(raw))
	}
	if path != "" && !filepath.IsAbs(path) {
		if root == "" {
			return fmt.Errorf("%.120q is relative, and no folder is open that it could be relative to", path)
		}
		path = filepath.Join(root, path)
	}
	cfg.CompDB = path
	return nil
}

// brief shows a value in a message.
func brief(raw []byte) string {
	const limit = 60
	if len(raw) > limit {
		return strings.ToValidUTF8(string(raw[:limit]), "") + "…"
	}
	return string(raw)
}
