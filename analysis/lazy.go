package analysis

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// lazy computes a value once for everybody who asks. The work runs under a
// context of its own, which ends when the last caller has gone away; what was
// abandoned that way is forgotten, and the next caller starts afresh.
type lazy[T any] struct {
	mu      sync.Mutex
	done    bool
	value   T
	err     error
	current *attempt
}

type attempt struct {
	cancel  context.CancelFunc
	waiting int
	ended   chan struct{}
}

func (l *lazy[T]) get(ctx context.Context, compute func(context.Context) (T, error)) (T, error) {
	var none T
	for {
		if err := ctx.Err(); err != nil {
			return none, err
		}
		l.mu.Lock()
		if l.done {
			defer l.mu.Unlock()
			return l.value, l.err
		}
		a := l.current
		if a == nil {
			work, cancel := context.WithCancel(context.WithoutCancel(ctx))
			a = &attempt{cancel: cancel, ended: make(chan struct{})}
			l.current = a
			go l.run(work, a, compute)
		}
		a.waiting++
		l.mu.Unlock()

		select {
		case <-a.ended:
		case <-ctx.Done():
		}
		l.mu.Lock()
		a.waiting--
		if a.waiting == 0 && l.current == a {
			a.cancel()
			l.current = nil
		}
		l.mu.Unlock()
	}
}

// peek gives the value if it is there already.
func (l *lazy[T]) peek() (value T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value, l.done && l.err == nil
}

func (l *lazy[T]) run(ctx context.Context, a *attempt, compute func(context.Context) (T, error)) {
	value, err := guard(ctx, compute)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == a {
		l.current = nil
		if ctx.Err() == nil {
			l.done, l.value, l.err = true, value, err
		}
	}
	a.cancel()
	close(a.ended)
}

// guard turns a panic into an error, so that one file's trouble stays its own.
func guard[T any](ctx context.Context, compute func(context.Context) (T, error)) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			stack := debug.Stack()
			if r, ok := p.(*relayed); ok {
				p, stack = r.value, r.stack
			}
			slog.Error("analysis panicked", "panic", p, "stack", string(stack))
			err = fmt.Errorf("internal error: %v", p)
		}
	}()
	return compute(ctx)
}
