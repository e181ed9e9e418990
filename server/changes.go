package server

import (
	"context"
	"sync"
)

// changes counts what makes the findings of files that are not open worth
// looking at again.
type changes struct {
	mu    sync.Mutex
	count int
	told  int           // the count when a client was last told all
	next  chan struct{} // closed at the next change; nil if nobody waits
	over  bool          // nobody shall wait any more
}

func (c *changes) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	c.wake()
}

// end lets nobody wait any more: the client says good-bye.
func (c *changes) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	c.wake()
}

func (c *changes) wake() {
	if c.next != nil {
		close(c.next)
		c.next = nil
	}
}

// await waits for a change since the client was told all, if it was, and notes
// that it will be now. It ends with the context's error.
func (c *changes) await(ctx context.Context, wasTold bool) error {
	for {
		c.mu.Lock()
		if c.over {
			c.mu.Unlock()
			return context.Canceled
		}
		if !wasTold || c.told != c.count {
			c.told = c.count
			c.mu.Unlock()
			return nil
		}
		if c.next == nil {
			c.next = make(chan struct{})
		}
		next := c.next
		c.mu.Unlock()
		select {
		case <-next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
