package cpp

import (
	"slices"
	"sync"

	"abide/analysis/token"
)

func newSegment(toks []Token) *Segment {
	s := &Segment{Tokens: slices.Clone(toks)}
	for i := range s.Tokens {
		if s.Tokens[i].Kind == token.Pragma {
			s.pragmas = append(s.pragmas, &s.Tokens[i])
		}
	}
	return s
}

// attachment keeps what others derived from a segment.
type attachment struct {
	mu       sync.Mutex
	attached []attached
}

type attached struct {
	key   any
	value any
}

// Attach gives the value kept with the segment under a key. build makes it
// when it is asked for first, once; it must not call Attach of the same
// segment.
func (s *Segment) Attach(key any, build func() any) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.attached {
		if a.key == key {
			return a.value
		}
	}
	v := build()
	s.attached = append(s.attached, attached{key, v})
	return v
}
