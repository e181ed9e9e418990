package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
)

// DiagnosticWorkspace gives the findings of the workspace's files that are not
// open. A client asks again as soon as it is answered: when it has been told
// all, the next answer waits for a change.
func (s *server) DiagnosticWorkspace(ctx context.Context, params *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	known := make(map[string]string, len(params.PreviousResultIds))
	for _, p := range params.PreviousResultIds {
		known[strings.Clone(string(p.URI))] = strings.Clone(p.Value)
	}
	token, partial := kept(params.WorkDoneToken), kept(params.PartialResultToken)
	folders := s.settings.all()
	goOn(ctx)
	if err := s.changes.await(ctx, len(known) > 0); err != nil {
		return nil, err
	}

	work, t := s.begin(ctx, token, "Checking the workspace")
	defer t.end("")
	report := &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}
	total := 0
	_, err := s.checkFiles(work, folders, t, func(c checked) {
		before, told := known[string(c.uri)]
		if total += len(c.diagnostics); total > maxWorkspaceFindings || !told && len(c.diagnostics) == 0 {
			return
		}
		item := workspaceReport(c, before)
		if partial == nil {
			report.Items = append(report.Items, item)
			return
		}
		s.client.report(work, partial, &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{item}})
	})
	if err != nil {
		return nil, err
	}
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
