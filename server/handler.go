package server

import (
	"context"
	"errors"
	"runtime/debug"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// maxInFlight bounds the requests that are worked on at once. When it is
// reached, the next request is read when one of them is answered.
const maxInFlight = 64

// phase is how far a client has come in the protocol's life cycle.
type phase uint8

const (
	created phase = iota
	initialized
	shutDown
)

// handler stands between the connection and the methods. It runs on the
// connection's read loop, so messages arrive in the client's order:
// notifications are handled to their end there; requests take their snapshot
// there and go on beside (see server.view). Whatever a method does, the
// connection lives.
type handler struct {
	server   *server
	dispatch jsonrpc2.Handler
	slots    chan struct{}

	mu       sync.Mutex
	phase    phase
	inFlight map[jsonrpc2.ID]context.CancelFunc
	requests sync.WaitGroup
}

func newHandler(s *server) *handler {
	return &handler{
		server:   s,
		dispatch: protocol.ServerHandler(s, jsonrpc2.MethodNotFoundHandler),
		slots:    make(chan struct{}, maxInFlight),
		inFlight: make(map[jsonrpc2.ID]context.CancelFunc),
	}
}

// handle is the connection's jsonrpc2.Handler.
//
// The request's own context is used again for other requests after the answer.
// No context may be derived from it: context.WithCancel leaves a goroutine
// behind that looks at it later, and panics. So methods get the connection's,
// and the own one is carried along for goOn.
func (h *handler) handle(own context.Context, req *jsonrpc2.Request) (any, error) {
	ctx := context.WithValue(jsonrpc2.DetachContext(own), ownKey{}, own)
	if req.IsCall() {
		return h.call(ctx, req)
	}
	h.notification(ctx, req)
	return nil, nil // an error would end the connection
}

func (h *handler) notification(ctx context.Context, req *jsonrpc2.Request) {
	method := strings.Clone(req.Method())
	log := h.server.log.With("method", method)
	defer func() {
		if r := recover(); r != nil {
			log.Error("notification panicked", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	switch {
	case method == protocol.MethodExit:
		h.server.exit(h.current() == shutDown)
		return
	case method == protocol.MethodCancelRequest:
		h.cancel(req.Params())
		return
	case method == protocol.MethodInitialize:
		log.Warn("request without an id ignored")
		return
	case method == protocol.MethodShutdown: // Kate wants no answer to it
		if h.admit(method) == nil {
			h.server.changes.end()
		}
		return
	case h.current() != initialized:
		log.Debug("notification outside of initialize and shutdown ignored")
		return
	case method == protocol.MethodTextDocumentDidOpen:
		ctx = withSpelledURI(ctx, req.Params())
	}
	if _, err := h.dispatch(ctx, req); err != nil {
		log.Warn("notification ignored", "error", err)
	}
}

func (h *handler) call(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
	method := strings.Clone(req.Method())
	if err := h.admit(method); err != nil {
		return nil, err
	}
	if !answered(method) { // before its params are looked at
		return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "%s is not known", method)
	}
	if method == protocol.MethodShutdown {
		h.server.changes.end()
		h.finishRequests(ctx)
	}
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, protocol.ErrRequestCancelled
	}
	ctx, done := h.begin(ctx, req.ID())
	defer func() {
		if r := recover(); r != nil {
			h.server.log.Error("request panicked", "method", method, "panic", r, "stack", string(debug.Stack()))
			result, err = nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "%s: internal error: %v", method, r)
		}
		done()
		<-h.slots
	}()
	result, err = h.dispatch(ctx, req)
	return result, wireError(ctx, err)
}

// admit decides by the life cycle whether a request is answered.
func (h *handler) admit(method string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.phase == created && method == protocol.MethodInitialize:
		h.phase = initialized
	case h.phase == created:
		return jsonrpc2.Errorf(jsonrpc2.ServerNotInitialized, "%s before initialize", method)
	case h.phase == shutDown:
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "%s after shutdown", method)
	case method == protocol.MethodInitialize:
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "initialize a second time")
	case method == protocol.MethodShutdown:
		h.phase = shutDown
	}
	return nil
}

func (h *handler) current() phase {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.phase
}

// begin enters a request into the books: it can be cancelled until done is called.
func (h *handler) begin(ctx context.Context, id jsonrpc2.ID) (_ context.Context, done func()) {
	ctx, cancel := context.WithCancel(ctx)
	h.requests.Add(1)
	h.mu.Lock()
	h.inFlight[id] = cancel
	h.mu.Unlock()
	return ctx, func() {
		h.mu.Lock()
		delete(h.inFlight, id)
		h.mu.Unlock()
		cancel()
		h.requests.Done()
	}
}

type ownKey struct{}

// goOn lets the read loop take the next message while this request is worked
// on. A request may call it once.
func goOn(ctx context.Context) {
	if own, ok := ctx.Value(ownKey{}).(context.Context); ok {
		jsonrpc2.Async(own)
	}
}

// cancel serves $/cancelRequest.
func (h *handler) cancel(raw jsonrpc2.RawMessage) {
	var params protocol.CancelParams
	if err := protocol.Unmarshal(raw, &params); err != nil {
		h.server.log.Warn("cancel request ignored", "error", err)
		return
	}
	var id jsonrpc2.ID
	switch v := params.ID.(type) {
	case protocol.Integer:
		id = jsonrpc2.NewNumberID(int64(v))
	case protocol.String:
		id = jsonrpc2.NewStringID(string(v))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if cancel, ok := h.inFlight[id]; ok {
		cancel()
	}
}

// finishRequests lets requests that were sent before shutdown be answered
// before it, as a client that pipes a whole session in expects; but not for long.
func (h *handler) finishRequests(ctx context.Context) {
	idle := make(chan struct{})
	go func() {
		h.requests.Wait()
		close(idle)
	}()
	ctx, cancel := context.WithTimeout(ctx, shutdownGrace)
	defer cancel()
	select {
	case <-idle:
	case <-ctx.Done():
	}
}

// wireError gives an error the code that the protocol has for it.
func wireError(ctx context.Context, err error) error {
	var coded *jsonrpc2.Error
	switch {
	case err == nil:
		return nil
	case isOvertaken(err):
		return err
	case errors.Is(err, context.Canceled), ctx.Err() != nil:
		return protocol.ErrRequestCancelled
	case errors.Is(err, jsonrpc2.ErrParse): // protocol's code for params that do not decode
		return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s", strings.TrimPrefix(err.Error(), jsonrpc2.ErrParse.Error()+": "))
	case errors.As(err, &coded):
		return err
	}
	return jsonrpc2.Errorf(jsonrpc2.InternalError, "%s", err)
}
