package server

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis"
)

// maxWorkspaceFindings bounds the diagnostics of files that are not open.
const maxWorkspaceFindings = 10_000

// workspaceAnswer is what abide.server.checkWorkspace says.
type workspaceAnswer struct {
	Message   string `json:"message"`
	Files     int    `json:"files"`
	Findings  int    `json:"findings"`
	Cancelled bool   `json:"cancelled"`
}

// checkWorkspace checks all files of the workspace, or of the folders that are
// named, and publishes what it finds in those that are not open. It takes back
// what an earlier check said.
func (s *server) checkWorkspace(ctx context.Context, token protocol.ProgressToken, args []place) (any, error) {
	folders := s.settings.all()
	if len(args) > 0 {
		folders = nil
	}
	for _, a := range args {
		path, ok := uriPath(a.URI)
		if !ok || !a.URI.IsFile() {
			return nil, badArgument(commandCheckWorkspace, "%s is no folder on disk", a.URI)
		}
		folders = append(folders, path)
	}
	goOn(ctx)
	work, t := s.begin(ctx, token, "Checking the workspace")
	s.takeBack()
	var counts [analysis.Error + 1]int
	answer := workspaceAnswer{}
	with := 0
	files, err := s.checkFiles(work, folders, t, func(c checked) {
		if len(c.diagnostics) == 0 || answer.Findings+len(c.diagnostics) > maxWorkspaceFindings && answer.Findings > 0 {
			return
		}
		with++
		answer.Findings += len(c.diagnostics)
		for i := range c.findings {
			counts[c.findings[i].Severity]++
		}
		s.publishClosed(c.path, c.uri, c.diagnostics)
	})
	answer.Files, answer.Cancelled = files, err != nil && work.Err() != nil
	answer.Message = fmt.Sprintf("Checked %s: %s.", plural(files, "file"), found(counts, with))
	if answer.Cancelled {
		answer.Message = "Cancelled. " + answer.Message
	}
	t.end(answer.Message)
	if err != nil && !answer.Cancelled {
		return nil, err
	}
	return answer, nil
}

// found says what was found: "2 errors, 5 warnings in 3 files".
func found(counts [analysis.Error + 1]int, files int) string {
	var parts []string
	for severity := analysis.Error; severity > analysis.Off; severity-- {
		if n := counts[severity]; n > 0 {
			parts = append(parts, plural(n, severity.String()))
		}
	}
	if len(parts) == 0 {
		return "nothing found"
	}
	return strings.Join(parts, ", ") + " in " + plural(files, "file")
}

func plural(n int, what string) string {
	if n == 1 || what == analysis.Information.String() {
		return fmt.Sprintf("%d %s", n, what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// publishClosed publishes the diagnostics of a file that is not open. They stay
// until the file is opened or the workspace is checked again.
func (s *server) publishClosed(path string, u uri.URI, diagnostics []protocol.Diagnostic) {
	s.closed.Lock()
	defer s.closed.Unlock()
	if s.documents.byPath(path) != nil {
		return // opened in the meantime: it speaks for itself
	}
	if s.publishedClosed == nil {
		s.publishedClosed = make(map[string]uri.URI)
	}
	s.publishedClosed[path] = u
	s.notifyDiagnostics(u, diagnostics)
}

// takeBack clears what was published for files that are not open.
func (s *server) takeBack() {
	s.closed.Lock()
	defer s.closed.Unlock()
	for _, u := range s.publishedClosed {
		s.notifyDiagnostics(u, nil)
	}
	clear(s.publishedClosed)
}

// opened clears what was published for a file before it was open.
func (s *server) opened(path string) {
	s.start("clearing", func() {
		s.closed.Lock()
		defer s.closed.Unlock()
		if u, ok := s.publishedClosed[path]; ok && s.client.pullsDiagnostics {
			s.notifyDiagnostics(u, nil)
		}
		delete(s.publishedClosed, path)
	})
}

func (s *server) notifyDiagnostics(u uri.URI, diagnostics []protocol.Diagnostic) {
	params := protocol.PublishDiagnosticsParams{URI: u, Diagnostics: diagnostics}
	if diagnostics == nil {
		params.Diagnostics = []protocol.Diagnostic{} // [] and not null on the wire
	}
	if err := s.client.conn.Notify(s.ctx, protocol.MethodTextDocumentPublishDiagnostics, &params); err != nil {
		s.log.Debug("diagnostics not published", "uri", u, "error", err)
	}
}
