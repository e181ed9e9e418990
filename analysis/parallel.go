package analysis

import (
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// relayed is a panic of another goroutine, and where it was.
type relayed struct {
	value any
	stack []byte
}

// parallel calls work for 0 to n-1, as many at a time as there are processors:
// a goroutine for each would have to grow its stack each time. A panic in one
// is the caller's panic, with the place that it comes from.
func parallel(n int, work func(int)) {
	var next atomic.Int64
	var failed atomic.Pointer[relayed]
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					failed.CompareAndSwap(nil, &relayed{p, debug.Stack()})
				}
			}()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(i)
			}
		})
	}
	wait.Wait()
	if p := failed.Load(); p != nil {
		panic(p)
	}
}

// perTarget asks the first target, whose work the others mostly find done in
// the caches, and then them beside each other.
func perTarget[T any](targets []*Target, ask func(*Target) T) []T {
	answers := make([]T, len(targets))
	if len(targets) == 0 {
		return answers
	}
	answers[0] = ask(targets[0])
	parallel(len(targets)-1, func(i int) { answers[i+1] = ask(targets[i+1]) })
	return answers
}
