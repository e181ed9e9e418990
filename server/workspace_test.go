package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

// sensorHeader is a header with two findings.
const sensorHeader = `#include <linux/types.h>
#include <linux/ioctl.h>
struct sensor {
	__u32 id;
	__u64 stamp;
	__u16 last;
};
#define SENSOR_GET _IOR('M', 0, struct sensor)
`

// folder makes a workspace and a server for it.
func folder(t *testing.T, options editor.Options, files map[string]string) (*testSession, string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	check(t, err)
	for name, content := range files {
		path := filepath.Join(dir, name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		check(t, os.WriteFile(path, []byte(content), 0o644))
	}
	options.Folders = append(options.Folders, dir)
	s := serve(t, newEngine(), options)
	check(t, s.Initialize(timeout(t)))
	return s, dir
}

func TestCheckWorkspace(t *testing.T) {
	s, dir := folder(t, editor.Options{Progress: true}, map[string]string{
		"a.h": sensorHeader, "deep/b.h": sensorHeader, "fine.c": "int f(void);\n", ".git/c.h": sensorHeader,
	})
	ctx := timeout(t)
	a, b := uri.File(filepath.Join(dir, "a.h")), uri.File(filepath.Join(dir, "deep/b.h"))
	doc, err := s.Open(ctx, a, "c", sensorHeader)
	check(t, err)
	_, err = doc.Diagnostics(ctx)
	check(t, err)

	var answer workspaceAnswer
	check(t, s.Execute(ctx, commandCheckWorkspace, &answer))
	if answer.Files != 2 || answer.Findings != 2 || answer.Cancelled || answer.Message != "Checked 2 files: 2 warnings in 1 file." {
		t.Errorf("%+v", answer)
	}
	check(t, s.Wait(ctx, "diagnostics of a file that is not open", func() bool { return len(s.Published(b)) == 1 }))
	if n := len(s.Published(a)); n != 1 {
		t.Errorf("the open file was published %d times", n)
	}
	if kinds := s.Progress(); len(kinds) < 2 || kinds[0] != "begin" || kinds[len(kinds)-1] != "end" {
		t.Errorf("progress %q", kinds)
	}

	check(t, os.WriteFile(filepath.Join(dir, "deep/b.h"), []byte("int x;\n"), 0o644))
	check(t, s.Notify(ctx, protocol.MethodWorkspaceDidChangeWatchedFiles, &protocol.DidChangeWatchedFilesParams{
		Changes: []protocol.FileEvent{{URI: b, Type: protocol.FileChangeTypeChanged}},
	}))
	check(t, s.Execute(ctx, commandCheckWorkspace, &answer))
	if answer.Findings != 0 || answer.Message != "Checked 2 files: nothing found." {
		t.Errorf("%+v", answer)
	}
	check(t, s.Wait(ctx, "nothing left", func() bool {
		all := s.Published(b)
		return len(all) == 2 && len(all[1].Diagnostics) == 0
	}))
}

func TestCheckWorkspaceIsCancelled(t *testing.T) {
	files := map[string]string{}
	for i := range 2000 {
		files[fmt.Sprintf("%d.h", i)] = sensorHeader
	}
	s, _ := folder(t, editor.Options{Progress: true}, files)
	ctx := timeout(t)
	done := make(chan error, 1)
	var answer workspaceAnswer
	go func() { done <- s.Execute(ctx, commandCheckWorkspace, &answer) }()
	check(t, s.Wait(ctx, "progress", func() bool { return len(s.Tokens()) == 1 }))
	check(t, s.Notify(ctx, protocol.MethodWindowWorkDoneProgressCancel, &protocol.WorkDoneProgressCancelParams{Token: s.Tokens()[0]}))
	check(t, <-done)
	if !answer.Cancelled || answer.Files == 2000 || !strings.HasPrefix(answer.Message, "Cancelled. Checked ") {
		t.Errorf("%+v", answer)
	}
}

func TestCheckWorkspaceWithoutFolder(t *testing.T) {
	s := start(t, editor.Options{})
	if err := s.Execute(timeout(t), commandCheckWorkspace, nil); err == nil || !strings.Contains(err.Error(), "no folder is open") {
		t.Error(err)
	}
}

// reported is one file in the answer to workspace/diagnostic.
type reported struct {
	URI      uri.URI               `json:"uri"`
	Kind     string                `json:"kind"`
	ResultID string                `json:"resultId"`
	Items    []protocol.Diagnostic `json:"items"`
}

// poller asks for the workspace's diagnostics again and again, as VS Code does,
// and keeps what it knows.
type poller struct {
	*testSession
	known map[uri.URI]reported
	said  chan []reported
}

// ask begins a question, and ends the one before.
func (p *poller) ask(t *testing.T) {
	t.Helper()
	previous := []any{}
	for u, r := range p.known {
		previous = append(previous, map[string]any{"uri": u, "value": r.ResultID})
	}
	p.said = make(chan []reported, 1)
	go func() {
		var report struct {
			Items []reported `json:"items"`
		}
		if err := p.Call(context.Background(), protocol.MethodWorkspaceDiagnostic, map[string]any{"previousResultIds": previous}, &report); err == nil {
			p.said <- report.Items
		}
	}()
}

// findings asks until the number of findings in a file is n.
func (p *poller) findings(t *testing.T, at uri.URI, n int) {
	t.Helper()
	for ctx := timeout(t); len(p.known[at].Items) != n; {
		select {
		case items := <-p.said:
			for _, r := range items {
				if r.Kind == "full" {
					p.known[r.URI] = r
				}
			}
			p.ask(t)
		case <-ctx.Done():
			t.Fatalf("%s has %d findings, want %d", at, len(p.known[at].Items), n)
		}
	}
}

// quiet waits until there is nothing more to say: a clean workspace must not be
// checked over and over.
func (p *poller) quiet(t *testing.T) {
	t.Helper()
	for range 10 { // the index of the workspace may come to something
		select {
		case <-p.said:
			p.ask(t)
		case <-time.After(3 * refreshPause):
			return
		}
	}
	t.Fatal("every question is answered at once")
}

// TestWorkspaceDiagnostics: a client that asks gets all, then what has changed,
// and waits for that.
func TestWorkspaceDiagnostics(t *testing.T) {
	s, dir := folder(t, editor.Options{Pull: true, Dynamic: true, Settings: map[string]any{"workspaceDiagnostics": true}}, map[string]string{
		"a.h": sensorHeader, "fine.h": "int f(void);\n",
	})
	ctx := timeout(t)
	check(t, s.Wait(ctx, "the offer", func() bool {
		return strings.Contains(strings.Join(s.Registered(), " "), "-textDocument/diagnostic textDocument/diagnostic")
	}))
	a, fine := fileIn(dir, "a.h"), fileIn(dir, "fine.h")
	p := &poller{testSession: s, known: map[uri.URI]reported{}}
	p.ask(t)
	p.findings(t, a, 2)
	p.quiet(t)

	changed := func(name, content string) {
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644))
		check(t, s.Notify(ctx, protocol.MethodWorkspaceDidChangeWatchedFiles, &protocol.DidChangeWatchedFilesParams{}))
	}
	changed("fine.h", sensorHeader)
	p.findings(t, fine, 2)
	changed("fine.h", "int f(void);\n")
	p.findings(t, fine, 0)

	doc, err := s.Open(ctx, a, "c", sensorHeader)
	check(t, err)
	p.quiet(t)
	check(t, doc.Close(ctx)) // with it the editor forgets its findings, though not what they were called
	p.known[a] = reported{URI: a, ResultID: p.known[a].ResultID}
	p.findings(t, a, 2)

	check(t, os.Remove(filepath.Join(dir, "a.h")))
	check(t, s.Notify(ctx, protocol.MethodWorkspaceDidChangeWatchedFiles, &protocol.DidChangeWatchedFilesParams{}))
	p.findings(t, a, 0)
	p.quiet(t)

	changed("a.h", sensorHeader)
	p.findings(t, a, 2)
	check(t, s.SetSettings(ctx, map[string]any{}))
	p.findings(t, a, 0)
	p.quiet(t)
	check(t, s.SetSettings(ctx, map[string]any{"workspaceDiagnostics": true}))
	p.findings(t, a, 2)
}

// A client that cannot be told of the setting's change is told at the start.
func TestWorkspaceDiagnosticsAtTheStart(t *testing.T) {
	for _, on := range []bool{false, true} {
		s := start(t, editor.Options{Pull: true, InitOptions: map[string]any{"workspaceDiagnostics": on}})
		if p, _ := s.Result.Capabilities.DiagnosticProvider.(*protocol.DiagnosticOptions); p == nil || p.WorkspaceDiagnostics != on {
			t.Errorf("announced: %+v", s.Result.Capabilities.DiagnosticProvider)
		}
	}
}

// A client that takes no progress gets its answer all the same.
func TestProgressIsRefused(t *testing.T) {
	s, _ := folder(t, editor.Options{Progress: true, NoProgress: true}, map[string]string{"a.h": sensorHeader})
	var answer workspaceAnswer
	check(t, s.Execute(timeout(t), commandCheckWorkspace, &answer))
	if answer.Findings != 2 || len(s.Progress()) != 0 {
		t.Errorf("%+v, progress %q", answer, s.Progress())
	}
}

func TestMakePortable(t *testing.T) {
	s, dir := folder(t, editor.Options{}, nil)
	ctx := timeout(t)
	at := uri.File(filepath.Join(dir, "a.h"))
	doc, err := s.Open(ctx, at, "c", sensorHeader)
	check(t, err)
	var answer said
	check(t, s.Execute(ctx, commandPortable, &answer, map[string]any{"uri": at, "name": "sensor"}))
	if !answer.Applied || len(s.Applied()) != 1 {
		t.Fatalf("%+v, %d edits", answer, len(s.Applied()))
	}
	edit := s.Applied()[0]
	check(t, doc.Apply(ctx, &protocol.CodeAction{Title: answer.Message, Edit: &edit}))
	if left, err := doc.Diagnostics(ctx); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v, in\n%s", left, err, doc.Text.Content())
	}
	check(t, s.Execute(ctx, commandPortable, &answer, map[string]any{"uri": at, "position": map[string]int{"line": 3, "character": 1}}))
	if answer.Applied || !strings.Contains(answer.Message, "nothing to do") {
		t.Errorf("%+v", answer)
	}
	whole := doc.Text.Content()
	open := strings.LastIndex(whole, "};")
	check(t, doc.Edit(ctx, text.Edit{Span: text.Span{Start: open, End: open + len("};")}, New: "\nint f(struct sensor *p);"}))
	_, err = doc.Diagnostics(ctx)
	check(t, err)
	line := strings.Count(doc.Text.Content()[:strings.Index(doc.Text.Content(), "sensor *p")], "\n")
	check(t, s.Execute(ctx, commandPortable, &answer, map[string]any{"uri": at, "position": map[string]int{"line": line, "character": len("int f(struct s")}}))
	if answer.Applied || !strings.Contains(answer.Message, "does not parse") {
		t.Errorf("%+v, for\n%s", answer, doc.Text.Content())
	}
}

// TestWriteBaseline: what is accepted is not reported any more; a broken
// baseline is diagnosed itself.
func TestWriteBaseline(t *testing.T) {
	s, dir := folder(t, editor.Options{}, map[string]string{".abide.toml": "baseline = \"abi.baseline\"\n", "a.h": sensorHeader})
	ctx := timeout(t)
	var answer said
	check(t, s.Execute(ctx, commandWriteBaseline, &answer))
	if !answer.Applied || answer.Message != "abi.baseline describes 1 file. Save it." || len(s.Applied()) != 1 {
		t.Fatalf("%+v", answer)
	}
	changes := s.Applied()[0].DocumentChanges
	at := uri.File(filepath.Join(dir, "abi.baseline"))
	if made, _ := changes[0].(*protocol.CreateFile); made == nil || made.URI != at {
		t.Fatalf("%+v", changes[0])
	}
	text := changes[1].(*protocol.TextDocumentEdit).Edits[0].(*protocol.TextEdit).NewText
	doc, err := s.Open(ctx, fileIn(dir, "a.h"), "c", sensorHeader)
	check(t, err)
	for content, ok := range map[string]func(all []protocol.Diagnostic) bool{
		text:      func(all []protocol.Diagnostic) bool { return len(all) == 0 },
		"rubbish": func(all []protocol.Diagnostic) bool { return len(all) == 2 },
	} {
		check(t, os.WriteFile(at.FsPath(), []byte(content), 0o644))
		check(t, s.Notify(ctx, protocol.MethodWorkspaceDidChangeWatchedFiles, &protocol.DidChangeWatchedFilesParams{
			Changes: []protocol.FileEvent{{URI: at, Type: protocol.FileChangeTypeChanged}},
		}))
		check(t, s.Wait(ctx, "diagnostics with "+content, func() bool {
			all := s.Published(doc.URI)
			return len(all) > 0 && ok(all[len(all)-1].Diagnostics)
		}))
		check(t, s.Wait(ctx, "diagnostics of "+content, func() bool {
			all := s.Published(at)
			return content == text && (len(all) == 0 || len(all[len(all)-1].Diagnostics) == 0) ||
				content != text && len(all) > 0 && len(all[len(all)-1].Diagnostics) == 1
		}))
	}
}

// TestWriteBaselines: every folder has a baseline of its own, or none.
func TestWriteBaselines(t *testing.T) {
	toml := "baseline = \"abi.baseline\"\n"
	s, dir := folder(t, editor.Options{}, map[string]string{
		"a/a.h": sensorHeader, "b/.abide.toml": toml, "b/b.h": sensorHeader, "b/deep/c.h": sensorHeader, "d/.abide.toml": toml, "d/d.h": sensorHeader,
	})
	var answer said
	check(t, s.Execute(timeout(t), commandWriteBaseline, &answer))
	if !answer.Applied || answer.Message != "b/abi.baseline describes 2 files, d/abi.baseline describes 1 file. Save them." || len(s.Applied()) != 1 {
		t.Fatalf("%+v", answer)
	}
	var made []string
	for _, change := range s.Applied()[0].DocumentChanges {
		if c, ok := change.(*protocol.CreateFile); ok {
			made = append(made, strings.TrimPrefix(c.URI.FsPath(), dir))
		}
	}
	if got := strings.Join(made, " "); got != "/b/abi.baseline /d/abi.baseline" {
		t.Errorf("made %s", got)
	}
}

func TestCommandsWithBadArguments(t *testing.T) {
	s := start(t, editor.Options{})
	ctx := timeout(t)
	for command, arguments := range map[string][]any{
		"abide.server.nothing": nil,
		commandPortable:        {map[string]any{"uri": "file:///fake/a.h"}},
		commandCheckWorkspace:  {7},
		commandABIs:            {map[string]any{}},
	} {
		if err := s.Execute(ctx, command, nil, arguments...); err == nil || !strings.Contains(err.Error(), "abide.server.") {
			t.Errorf("%s: %v", command, err)
		}
	}
	s.alive(t)
}

func TestListABIs(t *testing.T) {
	s, _ := folder(t, editor.Options{}, map[string]string{".abide.toml": `abis = ["riscv64", "x86_64"]` + "\n"})
	var answer struct {
		Message string     `json:"message"`
		ABIs    []knownABI `json:"abis"`
	}
	check(t, s.Execute(timeout(t), commandABIs, &answer))
	if answer.Message != "Compared are riscv64, x86_64." || len(answer.ABIs) < 40 {
		t.Errorf("%s, %d ABIs", answer.Message, len(answer.ABIs))
	}
}

// TestProjectSettings: a .abide.toml is diagnosed, and what it says holds.
func TestProjectSettings(t *testing.T) {
	s, dir := folder(t, editor.Options{}, map[string]string{".abide.toml": "abis = [\"x86_64\"]\nscoop = \"all\"\n"})
	ctx := timeout(t)
	toml := uri.File(filepath.Join(dir, ".abide.toml"))
	doc, err := s.Open(ctx, uri.File(filepath.Join(dir, "a.h")), "c", sensorHeader)
	check(t, err)
	list, err := doc.Diagnostics(ctx)
	check(t, err)
	for _, d := range list {
		if d.Severity == protocol.DiagnosticSeverityWarning {
			t.Errorf("a difference on one ABI: %v", d.Message)
		}
	}
	check(t, s.Wait(ctx, "the file's problem", func() bool { return len(s.Published(toml)) == 1 }))
	if d := s.Published(toml)[0].Diagnostics; len(d) != 1 || d[0].Range.Start.Line != 1 || !strings.Contains(fmt.Sprint(d[0].Message), "scoop") {
		t.Errorf("%+v", d)
	}
	check(t, os.WriteFile(filepath.Join(dir, ".abide.toml"), []byte("abis = [\"x86_64\", \"i386\"]\n"), 0o644))
	check(t, s.Notify(ctx, protocol.MethodWorkspaceDidChangeWatchedFiles, &protocol.DidChangeWatchedFilesParams{
		Changes: []protocol.FileEvent{{URI: toml, Type: protocol.FileChangeTypeChanged}},
	}))
	check(t, s.Wait(ctx, "a sound file", func() bool {
		all := s.Published(toml)
		return len(all) == 2 && len(all[1].Diagnostics) == 0
	}))
	check(t, s.Wait(ctx, "warnings", func() bool {
		all := s.Published(doc.URI)
		last := all[len(all)-1].Diagnostics
		return len(last) > 0 && last[0].Severity == protocol.DiagnosticSeverityWarning
	}))
}

func TestFoldersChange(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	check(t, os.WriteFile(filepath.Join(two, "a.h"), []byte(sensorHeader), 0o644))
	s := serve(t, newEngine(), editor.Options{Folders: []string{one}})
	ctx := timeout(t)
	check(t, s.Initialize(ctx))
	check(t, s.Notify(ctx, protocol.MethodWorkspaceDidChangeWorkspaceFolders, &protocol.DidChangeWorkspaceFoldersParams{
		Event: protocol.WorkspaceFoldersChangeEvent{
			Added:   []protocol.WorkspaceFolder{{URI: uri.File(two), Name: "two"}},
			Removed: []protocol.WorkspaceFolder{{URI: uri.File(one), Name: "one"}},
		},
	}))
	var answer workspaceAnswer
	check(t, s.Execute(ctx, commandCheckWorkspace, &answer))
	if answer.Files != 1 {
		t.Errorf("%+v", answer)
	}
}
