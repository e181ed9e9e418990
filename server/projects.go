package server

import (
	"slices"
	"sync"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/config"
	"abide/analysis/text"
)

// projects is what the client has been told about the settings of projects: a
// .abide.toml, and the baseline that it names, have diagnostics of their own,
// and need not be open. Problems are by .abide.toml ("" for the client's own
// settings), and by the file that they are in.
type projects struct {
	mu   sync.Mutex
	told map[string]map[string][]config.Problem
}

// reviewProject tells the client what is wrong with the settings that count
// for a file, if that has changed.
func (s *server) reviewProject(path string) {
	s.projects.mu.Lock() // before looking, so that the last look is the last word
	defer s.projects.mu.Unlock()
	file, problems := s.settings.project(path)
	s.tellProject(file, problems)
}

// reviewProjects does so for all settings that it has looked at, those that
// are gone included.
func (s *server) reviewProjects() {
	s.projects.mu.Lock()
	defer s.projects.mu.Unlock()
	for file := range s.projects.told {
		of := file
		if of == "" {
			of = s.settings.newFile()
		}
		now, problems := s.settings.project(of)
		if now != file {
			problems = nil
		}
		s.tellProject(file, problems)
	}
}

// tellProject runs with mu held.
func (s *server) tellProject(file string, problems []config.Problem) {
	now := make(map[string][]config.Problem)
	for _, p := range problems {
		if p.Path != "" { // others have been shown when the settings came
			now[p.Path] = append(now[p.Path], p)
		}
	}
	before := s.projects.told[file]
	if s.projects.told == nil {
		s.projects.told = make(map[string]map[string][]config.Problem)
	}
	s.projects.told[file] = now
	for path := range before {
		if now[path] == nil {
			s.publishProblems(path, nil)
		}
	}
	for path, problems := range now {
		if !slices.Equal(before[path], problems) {
			s.publishProblems(path, problems)
		}
	}
}

func (s *server) publishProblems(path string, problems []config.Problem) {
	var list []protocol.Diagnostic
	content := s.contentOf(path)
	for _, p := range problems {
		list = append(list, protocol.Diagnostic{
			Range:    s.toRange(content, spanOf(content, p)),
			Severity: protocol.DiagnosticSeverityError,
			Code:     protocol.String("settings"),
			Source:   protocol.NewOptional(source),
			Message:  protocol.String(p.Message),
		})
	}
	s.notifyDiagnostics(uri.File(path), list)
}

// projectsPause is how often the settings of projects are looked at on disk for
// clients that watch no files.
const projectsPause = 2 * time.Second

// pollProjects looks whether the settings of the open files' projects have
// changed on disk, until the connection ends.
func (s *server) pollProjects() {
	ticker := time.NewTicker(projectsPause)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-s.ctx.Done():
			return
		}
		var paths []string
		for _, d := range s.documents.all() {
			paths = append(paths, d.path)
		}
		if s.settings.known() && s.settings.current().Outdated(paths) {
			s.projectsChanged()
		}
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
