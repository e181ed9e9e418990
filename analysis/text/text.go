// Package text holds one version of one file: its bytes, its line table, and
// the arithmetic between byte offsets and the line/character positions that
// editors speak. It applies edits and draws diffs. It knows no C.
//
//	f := text.New("int a;\nint b;\n")
//	f.Position(7, text.UTF16) // {Line: 1, Character: 0}
package text

import (
	"sort"
	"strings"
	"sync"
)

// Span is a half-open range of byte offsets, [Start, End).
type Span struct{ Start, End int }

// Edit replaces the bytes of Span by New.
type Edit struct {
	Span Span
	New  string
}

// File is one version of one file. It is immutable and safe for concurrent
// use.
//
// The text is kept in chunks that versions share, so that an edit costs a
// chunk and not the file; the whole text and the line table are put together
// when somebody asks for them.
type File struct {
	chunks  []*chunk
	offsets []int // of each chunk in the file, and the file's length

	joinOnce sync.Once
	joined   string

	linesOnce sync.Once
	lines     []int // line breaks before each chunk, and in the whole file
}

// New makes a file of its content, which may be any bytes.
func New(content string) *File {
	f := newFile(split(nil, content))
	f.joined = content
	return f
}

func newFile(chunks []*chunk) *File {
	f := &File{chunks: chunks, offsets: make([]int, len(chunks)+1)}
	for i, c := range chunks {
		f.offsets[i+1] = f.offsets[i] + len(c.text)
	}
	return f
}

// Len is the number of bytes.
func (f *File) Len() int { return f.offsets[len(f.chunks)] }

// Content is the whole text.
func (f *File) Content() string {
	f.joinOnce.Do(func() {
		if len(f.joined) == f.Len() {
			return
		}
		var b strings.Builder
		b.Grow(f.Len())
		for _, c := range f.chunks {
			b.WriteString(c.text)
		}
		f.joined = b.String()
	})
	return f.joined
}

// breaks gives, for each chunk, how many line breaks stand before it.
func (f *File) breaks() []int {
	f.linesOnce.Do(func() {
		f.lines = make([]int, len(f.chunks)+1)
		for i, c := range f.chunks {
			c.scan()
			f.lines[i+1] = f.lines[i] + len(c.breaks)
		}
	})
	return f.lines
}

// LineCount is the number of lines, at least 1: a text that ends in a line
// break has an empty line after it. Lines end at \n, \r\n or a lone \r.
func (f *File) LineCount() int { return f.breaks()[len(f.chunks)] + 1 }

// LineStart is the offset of a line's first byte. Lines before the first one
// start at 0, lines past the last one at the end of the text.
func (f *File) LineStart(line int) int {
	breaks := f.breaks()
	switch {
	case line <= 0:
		return 0
	case line > breaks[len(f.chunks)]:
		return f.Len()
	}
	i := sort.SearchInts(breaks, line) - 1
	return f.offsets[i] + int(f.chunks[i].breaks[line-breaks[i]-1])
}

// LineEnd is the offset after a line's last byte, its line break left out.
func (f *File) LineEnd(line int) int {
	start, end := f.LineStart(line), f.LineStart(line+1)
	if line < 0 || line >= f.LineCount()-1 {
		return max(start, end)
	}
	if f.at(end-1) == '\n' && end-1 > start && f.at(end-2) == '\r' {
		end--
	}
	return end - 1
}

// LineOf is the line that an offset stands in. A line break belongs to the
// line that it ends.
func (f *File) LineOf(offset int) int {
	breaks := f.breaks()
	if offset <= 0 || len(f.chunks) == 0 {
		return 0
	}
	i := f.chunkAt(offset)
	c, rel := f.chunks[i], offset-f.offsets[i]
	return breaks[i] + sort.Search(len(c.breaks), func(k int) bool { return int(c.breaks[k]) > rel })
}

// chunkAt is the index of the chunk that holds the byte at offset, or of the
// last one for offsets past the end. There must be a chunk.
func (f *File) chunkAt(offset int) int {
	return min(sort.SearchInts(f.offsets, offset+1)-1, len(f.chunks)-1)
}

func (f *File) at(offset int) byte {
	i := f.chunkAt(offset)
	return f.chunks[i].text[offset-f.offsets[i]]
}
