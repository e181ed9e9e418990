package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// DiagnosticWorkspace gives the findings of the workspace's files that are not
// open, if the setting workspaceDiagnostics wants that. A client asks again as
// soon as it is answered: when it has been told all, the next answer waits for
// a change, the setting's included.
func (s *server) DiagnosticWorkspace(ctx context.Context, params *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	known := make(map[uri.URI]string, len(params.PreviousResultIds))
	for _, p := range params.PreviousResultIds {
		known[uri.URI(strings.Clone(string(p.URI)))] = strings.Clone(p.Value)
	}
	token, partial := kept(params.WorkDoneToken), kept(params.PartialResultToken)
	goOn(ctx)
	if !s.settings.known() {
		s.settings.await(ctx, settingsPause)
	}
	news, err := s.changes.await(ctx, len(known) > 0)
	if err != nil {
		return nil, err
	}
	report := &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}
	total := 0
	tell := func(c checked) {
		before, told := known[c.uri]
		delete(known, c.uri)
		if total+len(c.diagnostics) > maxWorkspaceFindings {
			c.diagnostics = nil
		}
		if total += len(c.diagnostics); !told && len(c.diagnostics) == 0 {
			return
		}
		if news.closed[c.path] {
			before = ""
		}
		item := workspaceReport(c, before)
		if partial == nil {
			report.Items = append(report.Items, item)
			return
		}
		s.client.report(ctx, partial, &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{item}})
	}
	if folders := s.settings.all(); len(folders) > 0 && s.chosen().workspace {
		work, t := s.begin(ctx, token, "Checking the workspace")
		defer t.end("")
		if _, err := s.checkFiles(work, folders, t, tell); err != nil {
			return nil, err
		}
	}
	for u := range known { // what is gone, or not wanted any more
		if path, ok := uriPath(u); ok && s.documents.byPath(path) == nil {
			tell(checked{path: path, uri: u})
		}
	}
	s.changes.tell(news, total > 0)
	return report, nil
}

func workspaceReport(c checked, before string) protocol.WorkspaceDocumentDiagnosticReport {
	if c.diagnostics == nil {
		c.diagnostics = []protocol.Diagnostic{}
	}
	id := resultID(c.diagnostics)
	if id == before {
		return &protocol.WorkspaceUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: "unchanged", ResultID: id},
			URI:                               c.uri,
		}
	}
	return &protocol.WorkspaceFullDocumentDiagnosticReport{
		FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: "full", ResultID: &id, Items: c.diagnostics},
		URI:                          c.uri,
	}
}
