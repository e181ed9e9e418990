package text

import (
	"fmt"
	"slices"
)

// Apply makes the file that all edits together lead to. Every edit speaks of
// offsets in f; their order does not matter, except that insertions at one
// place keep it. An insertion where a replacement starts goes before it.
// Edits that overlap or lie outside of the text are an error.
func (f *File) Apply(edits ...Edit) (*File, error) {
	if len(edits) == 0 {
		return f, nil
	}
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return a.Span.End - b.Span.End
	})
	b := builder{file: f}
	for _, e := range sorted {
		s := e.Span
		switch {
		case s.Start < 0 || s.Start > s.End || s.End > f.Len():
			return nil, fmt.Errorf("apply edits: span %d-%d is not in a text of %d bytes", s.Start, s.End, f.Len())
		case s.Start < b.pos:
			return nil, fmt.Errorf("apply edits: span %d-%d overlaps the edit before it, which ends at %d", s.Start, s.End, b.pos)
		}
		b.keep(s.Start)
		b.write(e.New)
		b.pos = s.End
	}
	b.keep(f.Len())
	b.flush()
	return newFile(b.chunks), nil
}

// builder puts a new version together out of the chunks of the old one.
type builder struct {
	file    *File
	pos     int      // how far the old text is dealt with
	next    int      // a chunk at or before pos
	chunks  []*chunk // done; all closed while there is something pending
	pending []byte   // text after them
}

// keep takes the old text over up to an offset.
func (b *builder) keep(end int) {
	f := b.file
	for b.pos < end {
		for f.offsets[b.next+1] <= b.pos {
			b.next++
		}
		c, start := f.chunks[b.next], f.offsets[b.next]
		stop := min(end, start+len(c.text))
		if stop-b.pos == len(c.text) && b.settle() {
			b.chunks = append(b.chunks, c)
		} else {
			b.write(c.text[b.pos-start : stop-start])
		}
		b.pos = stop
	}
}

func (b *builder) write(s string) {
	if s == "" {
		return
	}
	if len(b.pending) == 0 {
		b.settle()
	}
	b.pending = append(b.pending, s...)
}

// settle tells whether a chunk may follow what is there, after it has put the
// pending text into chunks if that is long enough. Otherwise what may not
// stand before a chunk is pending.
func (b *builder) settle() bool {
	if n := len(b.pending); n > 0 {
		if n < chunkSize/2 || !closed(string(b.pending[n-1:])) {
			return false
		}
		b.flush()
	}
	n := len(b.chunks)
	if n == 0 {
		return true
	}
	last := b.chunks[n-1].text
	if closed(last) && len(last) >= chunkSize/4 {
		return true
	}
	b.chunks = b.chunks[:n-1]
	b.pending = append(b.pending, last...)
	return false
}

func (b *builder) flush() {
	b.chunks = split(b.chunks, string(b.pending))
	b.pending = b.pending[:0]
}
