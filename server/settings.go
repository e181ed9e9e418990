package server

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/protocol"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/config"
)

// settingsSection is the name that abide's settings have in an editor's.
const settingsSection = "abide"

// settings are what the client said about how to check, and what the projects'
// own files add to it. What the client sends later goes over the
// initializationOptions, key by key.
type settings struct {
	initial protocol.LSPAny
	pushed  protocol.LSPAny // the last that came with a notification
	pulling sync.Mutex      // held while the client is asked, so that the last answer counts

	mu       sync.Mutex
	folders  []string         // the workspace's, as paths; the first is what relative paths are relative to
	layer    *config.Layer    // the client's
	resolver *config.Resolver // in force

	ready chan struct{} // closed when the client's settings are known
	once  sync.Once
}

func newSettings() settings { return settings{ready: make(chan struct{})} }

func (s *settings) arrived() { s.once.Do(func() { close(s.ready) }) }

// known tells whether the client's settings have come.
func (s *settings) known() bool {
	select {
	case <-s.ready:
		return true
	default:
		return false
	}
}

// await waits for the settings, but not for longer than limit.
func (s *settings) await(ctx context.Context, limit time.Duration) {
	select {
	case <-s.ready:
	case <-ctx.Done():
	case <-time.After(limit):
		s.arrived() // nobody waits a second time
	}
}

// root is what relative paths in settings are relative to; empty for none.
func (s *settings) root() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.folders) == 0 {
		return ""
	}
	return s.folders[0]
}

// all is the workspace's folders.
func (s *settings) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.folders)
}

// abis is the ABIs that are chosen for a file, or for a new one in the first
// folder if path is empty.
func (s *settings) abis(path string) []*abi.ABI {
	if path == "" {
		path = s.newFile()
	}
	return s.current().For(path).ABIs
}

// newFile is a file that the first folder does not have yet.
func (s *settings) newFile() string { return filepath.Join(s.root(), "new.h") }

// forBaseline gives a resolver that reads no baseline, because one is to be written.
func (s *settings) forBaseline() *config.Resolver {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := config.NewResolver(*s.layer, nil)
	r.WithoutBaseline = true
	return r
}

// baseline is the path of the baseline that counts for a file; empty for none.
func (s *settings) baseline(path string) string {
	return s.current().Baseline(path)
}

// replace puts a client's settings in force, as far as they bear on findings.
// same tells that they are already: others would have everything worked out
// again for nothing.
func (s *settings) replace(layer config.Layer) (same bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	layer.Editor = nil
	if s.layer != nil && reflect.DeepEqual(*s.layer, layer) {
		return true
	}
	s.layer = &layer
	s.resolver = config.NewResolver(layer, nil)
	return false
}

// current is the resolver in force.
func (s *settings) current() *config.Resolver {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.resolver
}

// of is what holds for a file now.
func (s *settings) of(path string) *analysis.Config { return s.current().For(path) }

// reread looks at the projects' files again.
func (s *settings) reread() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resolver = config.NewResolver(*s.layer, nil)
}

// project tells which project's settings count for a file, and what is wrong with them.
func (s *settings) project(path string) (file string, problems []config.Problem) {
	return s.current().Project(path)
}

// defaultConfig is what holds before anybody chooses.
func defaultConfig() analysis.Config {
	return analysis.Config{ABIs: abi.Default(), Checks: checks.All()}
}

// configure makes a configuration of the initialization options and of later
// settings, which may be nil, and has everything checked with it. What cannot
// be understood is said to the user and left at its default. It runs in
// initialize, and then either when the client has answered or when it pushes,
// never twice at a time.
func (s *server) configure(later protocol.LSPAny) {
	root := s.settings.root()
	under, problems := config.ReadJSON(s.settings.initial, root)
	layer, more := config.ReadJSON(later, root)
	for _, p := range append(problems, more...) {
		s.warn(p.String())
	}
	layer = layer.Over(under)
	shown := featuresOf(layer.Editor)
	before := s.features.Swap(&shown)
	same := s.settings.replace(layer)
	switch {
	case !same:
		s.engine.SetConfigs(s.settings.of)
		s.recheckAll(0)
		s.refreshAll()
	case *before != shown:
		s.refreshShown()
	}
	if before.workspace != shown.workspace {
		s.changes.add()
	}
	s.offerChosen()
}

// projectsChanged looks at the projects' settings again.
func (s *server) projectsChanged() {
	s.settings.reread()
	s.engine.SetConfigs(s.settings.of)
	s.reviewProjects()
	s.recheckAll(0)
	s.refreshAll()
}
