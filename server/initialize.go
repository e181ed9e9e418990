package server

import (
	"context"
	"runtime/debug"

	"go.lsp.dev/protocol"
)

// Initialize learns what the client can do and says what the server does.
func (s *server) Initialize(_ context.Context, params *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	encoding := s.client.learn(&params.Capabilities)
	s.settings.root = rootFolder(params)
	s.settings.initial = params.InitializationOptions.Clone()
	s.configure(nil)

	yes, change := true, protocol.TextDocumentSyncKindIncremental
	return &protocol.InitializeResult{
		Capabilities: protocol.ServerCapabilities{
			PositionEncoding: encoding,
			TextDocumentSync: &protocol.TextDocumentSyncOptions{
				OpenClose: &yes,
				Change:    &change,
				Save:      protocol.Boolean(true),
			},
			HoverProvider:     protocol.Boolean(true),
			InlayHintProvider: protocol.Boolean(true),
			CodeLensProvider:  &protocol.CodeLensOptions{},
			CodeActionProvider: &protocol.CodeActionOptions{
				CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix},
			},
			Experimental: protocol.LSPAny(`{"layoutProvider":true}`),
		},
		ServerInfo: protocol.ServerInfo{Name: "abide", Version: protocol.NewOptional(version())},
	}, nil
}

// rootFolder is what relative paths in settings are relative to; empty for none.
func rootFolder(params *protocol.InitializeParams) string {
	if folders, ok := params.WorkspaceFolders.Get(); ok && len(folders) > 0 && folders[0].URI.IsFile() {
		return folders[0].URI.FsPath()
	}
	//lint:ignore SA1019 clients without workspace folders have nothing else
	if root := params.RootURI; root != nil && root.IsFile() {
		return root.FsPath()
	}
	return ""
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}
