package server

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
)

// DidChangeWorkspaceFolders takes note of the folders. The first is what
// relative paths in the client's settings are relative to.
func (s *server) DidChangeWorkspaceFolders(_ context.Context, params *protocol.DidChangeWorkspaceFoldersParams) error {
	defer s.watch()
	if !s.settings.changeFolders(folderPaths(params.Event.Removed), folderPaths(params.Event.Added)) {
		return nil
	}
	if s.client.pullsSettings {
		s.start("settings", s.pullSettings)
	} else {
		s.configure(s.settings.pushed)
	}
	return nil
}

// changeFolders tells whether another folder than before is the first.
func (s *settings) changeFolders(removed, added []string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := slices.Clone(s.folders)
	s.folders = slices.DeleteFunc(s.folders, func(f string) bool { return slices.Contains(removed, f) })
	for _, f := range added {
		if !slices.Contains(s.folders, f) {
			s.folders = append(s.folders, f)
		}
	}
	return !slices.Equal(before[:min(1, len(before))], s.folders[:min(1, len(s.folders))])
}

// folderPaths gives the folders that are on disk.
func folderPaths(folders []protocol.WorkspaceFolder) (paths []string) {
	for _, f := range folders {
		if path, ok := uriPath(f.URI); ok && f.URI.IsFile() {
			paths = append(paths, path)
		}
	}
	return paths
}

// watch keeps the index of the workspace's commands up to date: records of
// headers are payloads by what other files do with them.
func (s *server) watch() {
	folders := s.settings.all()
	if len(folders) == 0 && !s.watching {
		return
	}
	s.watching = true
	s.engine.Watch(s.ctx, folders, func() {
		s.recheckAll(othersPause)
		s.refreshAll()
	})
}
