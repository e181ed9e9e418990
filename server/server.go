// Package server speaks the Language Server Protocol over a pair of streams.
// It keeps the documents that an editor has open, decides what is worked on
// when, and turns the facts and findings of package analysis into the
// protocol's types, one file per method. It computes nothing about C.
//
//	err := server.Run(ctx, os.Stdin, os.Stdout, logger)
package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/server/internal/wire"
)

// How long the end waits for work that is under way.
const (
	shutdownGrace = time.Second            // requests sent before shutdown
	exitGrace     = 200 * time.Millisecond // background work that has been cancelled
)

// ErrNoShutdown is returned by Run when the client says exit, or goes away,
// without having said shutdown. The protocol asks for exit code 1 then.
var ErrNoShutdown = errors.New("the client left without a shutdown request")

// Run serves one client until it says exit, closes its end or ctx is done. It
// closes both streams. The error is nil after an orderly shutdown.
func Run(ctx context.Context, in io.ReadCloser, out io.WriteCloser, log *slog.Logger) error {
	return run(ctx, in, out, log, newEngine())
}

func run(ctx context.Context, in io.ReadCloser, out io.WriteCloser, log *slog.Logger, e engine) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream := wire.NewStream(in, out, log)
	conn := jsonrpc2.NewConn(stream, jsonrpc2.WithCodec(wire.Codec{}))
	s := newServer(ctx, conn, e, log)
	h := newHandler(s)
	conn.Go(ctx, h.handle)

	var err error
	select {
	case orderly := <-s.exited:
		if !orderly {
			err = ErrNoShutdown
		}
	case <-stream.Ended():
		if cause := stream.Cause(); cause != nil {
			err = fmt.Errorf("reading the client's messages: %w", cause)
		} else if h.current() != shutDown {
			err = ErrNoShutdown
		}
	case <-ctx.Done():
		err = ctx.Err()
	}

	// conn.Close would wait for every handler; a client that is gone must not
	// wait for a long analysis.
	cancel()
	s.wait(exitGrace)
	_ = stream.Close()
	return err
}

// server is one client's session. Its methods that are named after LSP methods
// stand in files of the same name.
type server struct {
	protocol.UnimplementedServer

	ctx    context.Context // ends with the connection
	client *client
	engine engine
	log    *slog.Logger
	exited chan bool // receives whether shutdown came before exit

	documents documents
	settings  settings
	features  atomic.Pointer[features]
	projects  projects
	tasks     tasks
	changes   changes
	checking  chan struct{} // a slot per analysis in the background

	refreshing, stale atomic.Bool // see refresh

	watching bool // of the workspace; the read loop's

	closed          sync.Mutex         // held while diagnostics of files that are not open are published
	publishedClosed map[string]uri.URI // by path

	greeted atomic.Bool // initialized has come: the client may be called
	offers  offers

	background sync.WaitGroup
}

func newServer(ctx context.Context, conn jsonrpc2.Conn, e engine, log *slog.Logger) *server {
	s := &server{
		ctx:       ctx,
		client:    newClient(conn),
		engine:    e,
		log:       log,
		exited:    make(chan bool, 1),
		documents: newDocuments(),
		settings:  newSettings(),
		offers:    offers{made: make(map[string]protocol.LSPAny)},
		checking:  make(chan struct{}, maxChecking),
	}
	shown := featuresOf(nil)
	s.features.Store(&shown)
	return s
}

func (s *server) exit(orderly bool) {
	select {
	case s.exited <- orderly:
	default: // it has been said before
	}
}

// start runs f beside the read loop. A panic costs f alone.
func (s *server) start(what string, f func()) {
	s.background.Go(func() {
		defer s.recoverTo(what)
		f()
	})
}

// wait lets cancelled background work end, for a bounded time.
func (s *server) wait(limit time.Duration) {
	done := make(chan struct{})
	go func() {
		s.background.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(limit):
	}
}
