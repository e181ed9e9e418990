package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.lsp.dev/uri"

	"abide/analysis"
	"abide/analysis/compdb"
	"abide/analysis/refactor"
	"abide/analysis/text"
	"abide/server/internal/editor"
)

// fake is an engine whose answers a test makes up out of the text: a finding
// on every "BAD", which "GOOD" cures; a hover whose record is named by the text.
type fake struct {
	mu      sync.Mutex
	buffers map[string]*text.File
	config  analysis.Config
	disk    atomic.Int32                                  // how often it was said to have changed
	before  func(ctx context.Context, f *text.File) error // called before every answer
}

func newFake() *fake { return &fake{buffers: make(map[string]*text.File)} }

func (e *fake) SetConfigs(of func(path string) *analysis.Config) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.config = *of(fakePath)
}

func (e *fake) SetBuffer(path string, f *text.File) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.buffers[path] = f
}

func (e *fake) Drop(path string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.buffers, path)
}

func (e *fake) DiskChanged() { e.disk.Add(1) }

func (e *fake) Snapshot(path string) (snapshot, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f, ok := e.buffers[path]
	if !ok {
		return nil, errors.New("file not found")
	}
	return &fakeSnapshot{engine: e, text: f}, nil
}

func (e *fake) Forget(string)                           {}
func (e *fake) Watch(context.Context, []string, func()) {}

func (e *fake) content(path string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if f := e.buffers[path]; f != nil {
		return f.Content()
	}
	return ""
}

// fakeSnapshot has no records; asking for commands panics.
type fakeSnapshot struct {
	snapshot
	engine *fake
	text   *text.File
}

func (s *fakeSnapshot) Owners(context.Context) ([]*analysis.Record, error) { return nil, nil }

func (s *fakeSnapshot) Refactorings(context.Context, text.Span) ([]refactor.Action, error) {
	return nil, nil
}

func (s *fakeSnapshot) Text() *text.File { return s.text }

func (s *fakeSnapshot) begin(ctx context.Context) error {
	if s.engine.before == nil {
		return ctx.Err()
	}
	return s.engine.before(ctx, s.text)
}

func (s *fakeSnapshot) Findings(ctx context.Context) ([]analysis.Finding, error) {
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	all := analysis.Fix{Title: "Replace all"}
	var list []analysis.Finding
	for content, at := s.text.Content(), 0; ; {
		i := strings.Index(content[at:], "BAD")
		if i < 0 {
			break
		}
		span := text.Span{Start: at + i, End: at + i + 3}
		all.Edits = append(all.Edits, text.Edit{Span: span, New: "GOOD"})
		list = append(list, analysis.Finding{
			Rule: "bad-word", Severity: analysis.Warning, Span: span, Message: "bad",
		})
		at = span.End
	}
	for i := range list {
		one := analysis.Fix{Title: "Replace", Edits: all.Edits[i : i+1], Preferred: true}
		list[i].Plan = func() []analysis.Fix { return []analysis.Fix{one, all} }
	}
	return list, nil
}

func (s *fakeSnapshot) Hover(ctx context.Context, offset int) (*analysis.Hover, error) {
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	if offset >= s.text.Len() {
		return nil, nil
	}
	name, _, _ := strings.Cut(s.text.Content(), "\n")
	return &analysis.Hover{
		Span:   text.Span{Start: offset, End: offset + 1},
		Record: &analysis.RecordFacts{Name: name},
	}, nil
}

func (s *fakeSnapshot) Command(context.Context) (compdb.Command, error) {
	if strings.Contains(s.text.Content(), "NOFLAGS") {
		return compdb.Command{}, errors.New("compile_commands.json:7: not JSON")
	}
	return compdb.Command{}, nil
}

const fakePath = "/fake/a.h"

var fakeURI = uri.File(fakePath)

// session is a server with an engine, and an editor that talks to it.
type testSession struct {
	*editor.Editor
	engine *fake
	hangUp func() // the editor is gone
	ended  chan error
}

// connect starts a server and an editor that has not said a word yet.
func connect(t testing.TB, options editor.Options) *testSession {
	t.Helper()
	engine := newFake()
	s := serve(t, engine, options)
	s.engine = engine
	return s
}

func serve(t testing.TB, e engine, options editor.Options) *testSession {
	t.Helper()
	toServer, fromEditor := pipe(t)
	toEditor, fromServer := pipe(t)
	ended := make(chan error, 1)
	go func() { ended <- run(context.Background(), toServer, fromServer, testLog(t), e) }()
	s := &testSession{
		Editor: editor.Connect(context.Background(), toEditor, fromEditor, options),
		hangUp: func() { fromEditor.Close() },
		ended:  ended,
	}
	t.Cleanup(func() {
		s.hangUp()
		s.wait(t)
	})
	return s
}

// start is connect, initialize and initialized.
func start(t testing.TB, options editor.Options) *testSession {
	t.Helper()
	s := connect(t, options)
	check(t, s.Initialize(timeout(t)))
	return s
}

// wait waits for the server's end and gives what Run returned.
func (s *testSession) wait(t testing.TB) error {
	t.Helper()
	select {
	case err := <-s.ended:
		s.ended <- err
		return err
	case <-time.After(10 * time.Second):
		t.Fatal("the server does not end")
		return nil
	}
}

func pipe(t testing.TB) (*os.File, *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	check(t, err)
	return r, w
}

// testLog gives the server's log to the test that fails.
func testLog(t testing.TB) *slog.Logger {
	if testing.Verbose() {
		return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return slog.New(slog.NewTextHandler(io.Discard, nil))
}

func timeout(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
