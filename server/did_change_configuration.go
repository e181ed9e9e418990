package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// DidChangeConfiguration takes new settings over: those of the client's
// answer if it can be asked, else those in the notification.
func (s *server) DidChangeConfiguration(_ context.Context, params *protocol.DidChangeConfigurationParams) error {
	if s.client.pullsSettings {
		s.start("settings", s.pullSettings)
		return nil
	}
	s.settings.pushed = params.Settings.Clone()
	s.configure(s.settings.pushed)
	return nil
}

// pullSettings asks the client for its settings and takes them over. It waits
// for the client.
func (s *server) pullSettings() {
	if !s.settings.known() {
		defer s.refreshShown() // what was asked for before was shown without them
	}
	defer s.settings.arrived()
	s.settings.pulling.Lock()
	defer s.settings.pulling.Unlock()
	section := settingsSection
	params := &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: &section}}}
	var answer []protocol.LSPAny
	if err := s.client.call(s.ctx, protocol.MethodWorkspaceConfiguration, params, &answer); err != nil {
		s.log.Warn("client gives no settings", "error", err)
		return
	}
	if len(answer) > 0 {
		s.configure(answer[0])
	}
}
