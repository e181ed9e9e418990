package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
)

// Initialized asks for what may only be asked for from now on: the settings,
// and notice when they or the files on disk change.
func (s *server) Initialized(context.Context, *protocol.InitializedParams) error {
	s.greeted.Store(true)
	s.offerChosen()
	if s.client.pullsSettings {
		s.start("settings", s.pullSettings)
	} else {
		s.settings.arrived()
	}
	s.watch()
	if !s.client.watchesFiles {
		s.start("settings of projects", s.pollProjects)
	}
	if list := s.registrations(); len(list) > 0 {
		s.start("registration", func() {
			err := s.client.call(s.ctx, protocol.MethodClientRegisterCapability, &protocol.RegistrationParams{Registrations: list}, nil)
			if err != nil {
				s.log.Warn("client registers no notifications", "error", err)
			}
		})
	}
	return nil
}

// watched is the files on disk that answers follow from: what others include, what
// says how they are compiled, and the settings of projects.
var watched = []string{
	"**/*.h",
	"**/compile_commands.json", "**/compile_flags.txt", "**/.clangd", "**/Makefile", "**/Kbuild",
	"**/.abide.toml", "**/*.baseline",
}

func (s *server) registrations() []protocol.Registration {
	var list []protocol.Registration
	if s.client.registersSettings {
		list = append(list, protocol.Registration{
			ID:              "settings",
			Method:          protocol.MethodWorkspaceDidChangeConfiguration,
			RegisterOptions: protocol.LSPAny(`{"section":"abide"}`),
		})
	}
	if s.client.watchesFiles {
		list = append(list, protocol.Registration{
			ID:              "files",
			Method:          protocol.MethodWorkspaceDidChangeWatchedFiles,
			RegisterOptions: protocol.LSPAny(`{"watchers":[{"globPattern":"` + strings.Join(watched, `"},{"globPattern":"`) + `"}]}`),
		})
	}
	return list
}
