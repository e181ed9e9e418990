package server

import (
	"slices"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/config"
	"abide/analysis/text"
)

// projects is what the client has been told about the settings of projects: a
// .abide.toml has diagnostics of its own, and need not be open.
type projects struct {
	mu   sync.Mutex
	told map[string][]config.Problem // by path of the .abide.toml; empty lists for sound ones
}

// reviewProject tells the client what is wrong with the settings that count
// for a file, if that has changed.
func (s *server) reviewProject(path string) {
	file, problems := s.settings.project(path)
	if file != "" {
		s.tellProject(file, problems)
	}
}

// reviewProjects does so for all settings that it has looked at, those that
// are gone included.
func (s *server) reviewProjects() {
	s.projects.mu.Lock()
	var files []string
	for file := range s.projects.told {
		files = append(files, file)
	}
	s.projects.mu.Unlock()
	for _, file := range files {
		now, problems := s.settings.project(file)
		if now != file {
			problems = nil
		}
		s.tellProject(file, problems)
	}
}

func (s *server) tellProject(file string, problems []config.Problem) {
	s.projects.mu.Lock()
	defer s.projects.mu.Unlock()
	before, known := s.projects.told[file]
	if known && slices.Equal(before, problems) {
		return
	}
	if s.projects.told == nil {
		s.projects.told = make(map[string][]config.Problem)
	}
	s.projects.told[file] = problems
	if !known && len(problems) == 0 {
		return
	}
	params := protocol.PublishDiagnosticsParams{URI: uri.File(file), Diagnostics: []protocol.Diagnostic{}}
	content := s.contentOf(file)
	for _, p := range problems {
		params.Diagnostics = append(params.Diagnostics, protocol.Diagnostic{
			Range:    s.toRange(content, spanOf(content, p)),
			Severity: protocol.DiagnosticSeverityError,
			Code:     protocol.String("settings"),
			Source:   protocol.NewOptional(source),
			Message:  protocol.String(p.Message),
		})
	}
	if err := s.client.conn.Notify(s.ctx, protocol.MethodTextDocumentPublishDiagnostics, &params); err != nil {
		s.log.Debug("diagnostics not published", "path", file, "error", err)
	}
}

// contentOf is a file's text, empty if it cannot be read.
func (s *server) contentOf(path string) *text.File {
	snap, err := s.engine.Snapshot(path)
	if err != nil {
		return text.New("")
	}
	return snap.Text()
}

// spanOf is a problem's place.
func spanOf(f *text.File, p config.Problem) text.Span {
	if p.Line < 1 || p.Line > f.LineCount() {
		return text.Span{}
	}
	start, end := f.LineStart(p.Line-1), f.LineEnd(p.Line-1)
	return text.Span{
		Start: min(start+max(p.Column, 1)-1, end),
		End:   min(start+max(p.EndColumn, p.Column, 1)-1, end),
	}
}
