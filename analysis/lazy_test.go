package analysis

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestLazyIsComputedOnce(t *testing.T) {
	var l lazy[int]
	var calls atomic.Int32
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			v, err := l.get(t.Context(), func(context.Context) (int, error) {
				calls.Add(1)
				return 7, nil
			})
			if v != 7 || err != nil {
				t.Errorf("got %d, %v", v, err)
			}
		})
	}
	wait.Wait()
	if n := calls.Load(); n != 1 {
		t.Errorf("computed %d times", n)
	}
}

func TestLazyForgetsWhatWasAbandoned(t *testing.T) {
	var l lazy[int]
	started, ended := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-started
		cancel()
	}()
	_, err := l.get(ctx, func(ctx context.Context) (int, error) {
		defer close(ended)
		close(started)
		<-ctx.Done()
		return 0, ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("the abandoned call gave %v", err)
	}
	<-ended
	v, err := l.get(t.Context(), func(context.Context) (int, error) { return 7, nil })
	if v != 7 || err != nil {
		t.Errorf("the next call gave %d, %v", v, err)
	}
}

// One of two callers goes away: the other one still gets the value.
func TestLazyServesThoseWhoStay(t *testing.T) {
	var l lazy[int]
	release := make(chan struct{})
	started := make(chan struct{})
	compute := func(ctx context.Context) (int, error) {
		close(started)
		select {
		case <-release:
			return 7, nil
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := l.get(ctx, compute); !errors.Is(err, context.Canceled) {
			t.Errorf("the one who left got %v", err)
		}
	})
	<-started
	wait.Go(func() {
		if v, err := l.get(t.Context(), compute); v != 7 || err != nil {
			t.Errorf("the one who stayed got %d, %v", v, err)
		}
	})
	for l.waiting() < 2 {
	}
	cancel()
	for l.waiting() > 1 {
	}
	close(release)
	wait.Wait()
}

func (l *lazy[T]) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		return 0
	}
	return l.current.waiting
}

func TestLazyTurnsAPanicIntoAnError(t *testing.T) {
	var l lazy[int]
	_, err := l.get(t.Context(), func(context.Context) (int, error) { panic("oops") })
	if err == nil || !strings.Contains(err.Error(), "oops") {
		t.Errorf("got %v", err)
	}
}

func TestRecentForgetsTheOldest(t *testing.T) {
	r := recent[int]{limit: 2}
	r.put("a", 1)
	r.put("b", 2)
	r.get("a")
	r.put("c", 3)
	if _, ok := r.get("b"); ok {
		t.Error("b is still there")
	}
	if v, _ := r.get("a"); v != 1 {
		t.Error("a is gone")
	}
	r.remove("a")
	if _, ok := r.get("a"); ok {
		t.Error("a is there after it was removed")
	}
}
