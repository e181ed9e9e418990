package server

import (
	"time"

	"go.lsp.dev/protocol"
)

// refreshPause is how long reasons gather before the client is told to ask again.
const refreshPause = 200 * time.Millisecond

// refreshAll has the client ask again for all that it shows: the settings, or
// other files than the one shown, have changed.
func (s *server) refreshAll() { s.refresh(true) }

// refreshShown is refreshAll without the diagnostics.
func (s *server) refreshShown() { s.refresh(false) }

func (s *server) refresh(diagnostics bool) {
	if diagnostics {
		s.changes.add()
		s.stale.Store(true)
	}
	if !s.refreshing.CompareAndSwap(false, true) {
		return // what is waiting already speaks for this one, too
	}
	s.start("refresh", func() {
		select {
		case <-time.After(refreshPause):
		case <-s.ctx.Done():
			return
		}
		s.refreshing.Store(false)
		c := s.client
		for _, r := range []struct {
			asked  bool
			method string
		}{
			{c.pullsDiagnostics && s.stale.Swap(false), protocol.MethodWorkspaceDiagnosticRefresh},
			{c.refreshesHints, protocol.MethodWorkspaceInlayHintRefresh},
			{c.refreshesLenses, protocol.MethodWorkspaceCodeLensRefresh},
		} {
			if !r.asked {
				continue
			}
			if err := c.call(s.ctx, r.method, nil, nil); err != nil {
				s.log.Debug("not refreshed", "method", r.method, "error", err)
			}
		}
	})
}
