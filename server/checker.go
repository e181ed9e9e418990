package server

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"go.lsp.dev/protocol"

	"abide/analysis"
)

const (
	// maxPause bounds how long a check waits for the typing to pause. A
	// document whose check is fast is checked at every keystroke.
	maxPause = 100 * time.Millisecond
	fast     = 50 * time.Millisecond
	// othersPause is how long a change of one file gathers before the others
	// that are open are checked again.
	othersPause = 200 * time.Millisecond
	// settingsPause bounds the wait for the client's settings before the first check.
	settingsPause = 2 * time.Second
)

// maxChecking bounds the background checks that run at once. There are two at
// least, so that a long one does not hold up the other documents.
var maxChecking = max(2, runtime.GOMAXPROCS(0)-1)

// checker is one document's worker in the background: it checks the newest
// version, publishes, and sleeps. An edit ends the check that is under way.
type checker struct {
	wake chan struct{} // buffered; something below has changed
	done chan struct{} // closed when the worker has ended

	mu     sync.Mutex
	due    time.Time          // when to check; zero for never
	cancel context.CancelFunc // of the check under way
	cost   time.Duration      // of the last whole check
}

// edited makes the check under way worthless and asks for a new one.
func (c *checker) edited() {
	c.mu.Lock()
	if c.cancel != nil {
		c.cancel()
	}
	pause := time.Duration(0)
	if c.cost > fast {
		pause = min(c.cost, maxPause)
	}
	c.mu.Unlock()
	c.ask(pause)
}

// ask asks for a check after a pause at the latest.
func (c *checker) ask(pause time.Duration) {
	c.mu.Lock()
	if at := time.Now().Add(pause); c.due.IsZero() || at.Before(c.due) {
		c.due = at
	}
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// take tells how long to wait for the next check; if it is due, it is taken.
func (c *checker) take() (wait time.Duration, asked, due bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.due.IsZero() {
		return 0, false, false
	}
	if wait = time.Until(c.due); wait > 0 {
		return wait, true, false
	}
	c.due = time.Time{}
	return 0, true, true
}

// startChecker starts a document's worker, unless the client asks for
// diagnostics when it wants them. The worker of an earlier document
// at the same path ends first, so that its last word does not come late.
func (s *server) startChecker(doc *document) {
	if s.client.pullsDiagnostics {
		return
	}
	doc.checker.wake = make(chan struct{}, 1)
	doc.checker.done = make(chan struct{})
	before := s.documents.enlist(doc)
	doc.checker.ask(0)
	s.start("checker", func() {
		defer s.documents.retire(doc)
		if before != nil {
			<-before
		}
		s.settings.await(s.ctx, settingsPause)
		s.work(doc)
	})
}

func (s *server) work(doc *document) {
	c := &doc.checker
	var last published
	for {
		var alarm <-chan time.Time
		wait, asked, due := c.take()
		switch {
		case due:
			if _, _, closed := doc.state(); closed {
				s.publish(&last, doc, nil, nil)
				return
			}
			s.check(doc, &last)
			continue
		case asked:
			alarm = time.After(wait)
		}
		select {
		case <-c.wake:
		case <-alarm:
		case <-s.ctx.Done():
			return
		}
	}
}

// check runs the checks over the newest version and publishes what they find,
// unless the document has moved on by then.
func (s *server) check(doc *document, last *published) {
	select {
	case s.checking <- struct{}{}:
	case <-s.ctx.Done():
		return
	}
	defer func() { <-s.checking }()
	defer s.recoverTo("check")

	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	c := &doc.checker
	c.mu.Lock()
	c.cancel = cancel
	c.mu.Unlock()

	// An edit from here on cancels ctx, or has been seen by the view.
	v := s.current(doc)
	if v == nil {
		s.publish(last, doc, nil, nil)
		return
	}
	endProgress := s.client.progress(ctx, "Checking "+displayName(doc.path))
	start := time.Now()
	findings, err := s.findings(ctx, v)
	cost := time.Since(start)
	endProgress()
	if ctx.Err() != nil || v.outdated() {
		return
	}
	c.mu.Lock()
	c.cost = cost
	c.mu.Unlock()
	if err != nil {
		s.log.Warn("check failed", "path", doc.path, "error", err)
	}
	s.publish(last, doc, v, findings)
	s.reviewProject(doc.path)
	s.warnOfCommand(ctx, v)
}

// warnOfCommand tells the user if the way a document is compiled cannot be read.
func (s *server) warnOfCommand(ctx context.Context, v *view) {
	if _, err := v.Command(ctx); err != nil && ctx.Err() == nil {
		s.warn(fmt.Sprintf("%s is checked without its compiler flags: %v.", v.doc.path, err))
	}
}

// findings is Snapshot.Findings that survives what is wrong in the analysis.
func (s *server) findings(ctx context.Context, v *view) (list []analysis.Finding, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("check panicked", "path", v.doc.path, "panic", r, "stack", string(debug.Stack()))
			list, err = nil, errors.New("internal error")
		}
	}()
	return v.Findings(ctx)
}

// recheckOthers asks for new checks of the open files that may include doc.
func (s *server) recheckOthers(doc *document) {
	if !isHeader(doc.path) {
		return
	}
	others := false
	for _, other := range s.documents.all() {
		if other != doc {
			other.checker.ask(othersPause)
			others = true
		}
	}
	if others {
		s.refreshAll()
	}
}

// recheckAll asks for new checks of all open files, for settings or files on
// disk that have changed.
func (s *server) recheckAll(pause time.Duration) {
	for _, doc := range s.documents.all() {
		doc.checker.ask(pause)
	}
}

func (s *server) recoverTo(what string) {
	if r := recover(); r != nil {
		s.log.Error(what+" panicked", "panic", r, "stack", string(debug.Stack()))
	}
}

// published is what the client has been told last about a document.
type published struct {
	version     int32
	diagnostics []protocol.Diagnostic
	any         bool
}
