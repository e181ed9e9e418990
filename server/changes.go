package server

import (
	"context"
	"sync"
)

// changes counts what makes the findings of files that are not open worth
// looking at again, and remembers which of it a client has been told.
type changes struct {
	mu     sync.Mutex
	count  int
	told   int            // the count when a client was last told all, and 1; 0 for never
	knows  bool           // there was something to tell then
	closed map[string]int // paths of the documents closed since then, with the count after that
	next   chan struct{}  // closed at the next change; nil if nobody waits
	over   bool           // nobody shall wait any more
}

func (c *changes) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	c.wake()
}

// close notes that a document is not open any more: a client that had its
// diagnostics has dropped them.
func (c *changes) close(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	if c.closed == nil {
		c.closed = make(map[string]int)
	}
	c.closed[path] = c.count
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

// await waits for a change since the client was told all, unless it has lost
// what it was told, and gives what there is to tell. It ends with the
// context's error.
func (c *changes) await(ctx context.Context, knows bool) (news, error) {
	for {
		c.mu.Lock()
		if c.over {
			c.mu.Unlock()
			return news{}, context.Canceled
		}
		if c.told != c.count+1 || c.knows && !knows {
			n := news{count: c.count, closed: make(map[string]bool, len(c.closed))}
			for path := range c.closed {
				n.closed[path] = true
			}
			c.mu.Unlock()
			return n, nil
		}
		if c.next == nil {
			c.next = make(chan struct{})
		}
		next := c.next
		c.mu.Unlock()
		select {
		case <-next:
		case <-ctx.Done():
			return news{}, ctx.Err()
		}
	}
}

// news is what a client has not been told.
type news struct {
	count  int
	closed map[string]bool // paths of documents that were closed
}

// tell notes that the client is told; knows is whether it knows something then.
func (c *changes) tell(n news, knows bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told, c.knows = n.count+1, knows
	for path, count := range c.closed {
		if count <= n.count {
			delete(c.closed, path)
		}
	}
}
