package server

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/protocol"
)

// progressAfter is how long work takes before the user is told of it.
const progressAfter = 500 * time.Millisecond

var progressTokens atomic.Int64

// progress reports work to the user if it takes longer than progressAfter.
// Call done when it ends.
func (c *client) progress(ctx context.Context, title string) (done func()) {
	if !c.showsProgress {
		return func() {}
	}
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
			return
		case <-time.After(progressAfter):
		}
		// The work may be cancelled; what was begun is ended all the same.
		ctx := context.WithoutCancel(ctx)
		token, ok := c.createProgress(ctx)
		if !ok {
			return
		}
		select {
		case <-ended:
			return
		default:
		}
		c.report(ctx, token, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: title})
		<-ended
		c.report(ctx, token, &protocol.WorkDoneProgressEnd{Kind: "end"})
	}()
	return func() { close(ended) }
}

func (c *client) createProgress(ctx context.Context) (token protocol.ProgressToken, ok bool) {
	token = protocol.String(fmt.Sprintf("abide-%d", progressTokens.Add(1)))
	if err := c.call(ctx, protocol.MethodWindowWorkDoneProgressCreate, &protocol.WorkDoneProgressCreateParams{Token: token}, nil); err != nil {
		return nil, false
	}
	return token, true
}

func (c *client) report(ctx context.Context, token protocol.ProgressToken, value any) {
	raw, err := protocol.Marshal(value)
	if err != nil {
		return
	}
	// Progress is a courtesy: if it cannot be sent, the work's result will say why.
	_ = c.conn.Notify(ctx, protocol.MethodProgress, &protocol.ProgressParams{Token: token, Value: raw})
}

func displayName(path string) string { return filepath.Base(path) }

// tasks are the long pieces of work that the user sees and can cancel.
type tasks struct {
	mu      sync.Mutex
	cancels map[protocol.ProgressToken]context.CancelFunc
}

// task is one of them. A task without a token is not seen.
type task struct {
	client *client
	ctx    context.Context // outlives the cancelling of the work
	token  protocol.ProgressToken
	end    func(message string)

	mu   sync.Mutex
	last time.Time
}

// reportEvery is how often a task says how far it is.
const reportEvery = 200 * time.Millisecond

// begin makes a task. token is what the client gave for it, nil if it gave
// none. The work runs under the context that is returned; call end after it.
func (s *server) begin(ctx context.Context, token protocol.ProgressToken, title string) (context.Context, *task) {
	work, cancel := context.WithCancel(ctx)
	t := &task{client: s.client, ctx: context.WithoutCancel(ctx), token: kept(token)}
	t.end = func(string) { cancel() }
	if t.token == nil && s.client.showsProgress {
		t.token, _ = s.client.createProgress(t.ctx)
	}
	if t.token == nil {
		return work, t
	}
	s.tasks.mu.Lock()
	if s.tasks.cancels == nil {
		s.tasks.cancels = make(map[protocol.ProgressToken]context.CancelFunc)
	}
	s.tasks.cancels[t.token] = cancel
	s.tasks.mu.Unlock()
	yes, none := true, uint32(0)
	s.client.report(t.ctx, t.token, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: title, Cancellable: &yes, Percentage: &none})
	t.end = func(message string) {
		s.tasks.mu.Lock()
		delete(s.tasks.cancels, t.token)
		s.tasks.mu.Unlock()
		cancel()
		s.client.report(t.ctx, t.token, &protocol.WorkDoneProgressEnd{Kind: "end", Message: &message})
	}
	return work, t
}

// done says how much of the work is done, unless it was said just now.
func (t *task) done(n, of int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token == nil || of == 0 || time.Since(t.last) < reportEvery {
		return
	}
	t.last = time.Now()
	message, percentage := fmt.Sprintf("%d of %d files", n, of), uint32(100*n/of)
	t.client.report(t.ctx, t.token, &protocol.WorkDoneProgressReport{Kind: "report", Message: &message, Percentage: &percentage})
}

// kept is a token that outlives the message it came in.
func kept(token protocol.ProgressToken) protocol.ProgressToken {
	if s, ok := token.(protocol.String); ok {
		return protocol.String(strings.Clone(string(s)))
	}
	return token
}

// WorkDoneProgressCancel ends a task, as the user wants.
func (s *server) WorkDoneProgressCancel(_ context.Context, params *protocol.WorkDoneProgressCancelParams) error {
	s.tasks.mu.Lock()
	defer s.tasks.mu.Unlock()
	if cancel, ok := s.tasks.cancels[params.Token]; ok {
		cancel()
	}
	return nil
}
