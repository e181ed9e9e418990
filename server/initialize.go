package server

import (
	"context"
	"runtime/debug"

	"go.lsp.dev/protocol"
)

// Initialize learns what the client can do and says what the server does.
func (s *server) Initialize(_ context.Context, params *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	encoding := s.client.learn(&params.Capabilities)
	s.settings.folders = foldersOf(params)
	s.settings.initial = params.InitializationOptions.Clone()
	s.configure(nil)

	return &protocol.InitializeResult{
		Capabilities: s.capabilities(encoding),
		ServerInfo:   protocol.ServerInfo{Name: "abide", Version: protocol.NewOptional(version())},
	}, nil
}

// capabilities is what the server does for this client.
func (s *server) capabilities(encoding protocol.PositionEncodingKind) protocol.ServerCapabilities {
	yes, change := true, protocol.TextDocumentSyncKindIncremental
	capabilities := protocol.ServerCapabilities{
		PositionEncoding: encoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: &yes,
			Change:    &change,
			Save:      protocol.Boolean(true),
		},
		HoverProvider:        protocol.Boolean(true),
		InlayHintProvider:    protocol.Boolean(true),
		CodeLensProvider:     &protocol.CodeLensOptions{},
		DocumentLinkProvider: &protocol.DocumentLinkOptions{},
		CodeActionProvider: &protocol.CodeActionOptions{
			CodeActionKinds: actionKinds,
			ResolveProvider: &yes,
		},
		ExecuteCommandProvider: protocol.ExecuteCommandOptions{Commands: commandNames()},
		Workspace: &protocol.WorkspaceOptions{WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
			Supported: &yes, ChangeNotifications: protocol.Boolean(true),
		}},
		Experimental: protocol.LSPAny(`{"layoutProvider":true}`),
	}
	if s.chosen().symbols && !s.client.registersSymbols {
		capabilities.DocumentSymbolProvider = protocol.Boolean(true)
	}
	if s.client.pullsDiagnostics {
		options := diagnosticOptions(s.chosen())
		capabilities.DiagnosticProvider = &options.DiagnosticOptions
		if s.client.registersDiagnostics {
			capabilities.DiagnosticProvider = options
			s.offers.known(protocol.MethodTextDocumentDiagnostic, mustJSON(options))
		}
	}
	return capabilities
}

// diagnosticOptions are for clients that ask for diagnostics: whether they
// shall ask for those of files that are not open is a setting. A client that
// cannot be told of its change is told at the start.
func diagnosticOptions(shown features) *protocol.DiagnosticRegistrationOptions {
	id := protocol.MethodTextDocumentDiagnostic
	return &protocol.DiagnosticRegistrationOptions{
		DiagnosticOptions: protocol.DiagnosticOptions{
			InterFileDependencies: true,
			WorkspaceDiagnostics:  shown.workspace,
		},
		StaticRegistrationOptions: protocol.StaticRegistrationOptions{ID: &id},
	}
}

// foldersOf is the workspace's folders, as paths.
func foldersOf(params *protocol.InitializeParams) []string {
	if folders, ok := params.WorkspaceFolders.Get(); ok {
		return folderPaths(folders)
	}
	//lint:ignore SA1019 clients without workspace folders have nothing else
	if root := params.RootURI; root != nil {
		return folderPaths([]protocol.WorkspaceFolder{{URI: *root}})
	}
	return nil
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}
