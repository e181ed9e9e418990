package text

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Encoding is the unit in which a Position counts characters.
type Encoding uint8

// The zero value is the protocol's default.
const (
	UTF16 Encoding = iota
	UTF8
	UTF32
)

// Position is a zero-based line and a zero-based count of code units in it.
// A byte that is not part of valid UTF-8 counts as one unit in every encoding.
type Position struct{ Line, Character int }

// width is how many units of the encoding a character takes that takes size
// bytes in the text.
func (e Encoding) width(r rune, size int) int {
	switch {
	case size == 1 || e == UTF32:
		return 1
	case e == UTF8:
		return size
	default:
		return utf16.RuneLen(r)
	}
}

// Position converts an offset. An offset inside of a character or of a line
// break means the start of it, one past the end means the end.
func (f *File) Position(offset int, e Encoding) Position {
	offset = max(0, min(offset, f.Len()))
	line := f.LineOf(offset)
	offset = min(offset, f.LineEnd(line))
	count := 0
	for at := f.LineStart(line); at < offset; {
		i := f.chunkAt(at)
		c, rel := f.chunks[i], at-f.offsets[i]
		end := min(offset-f.offsets[i], len(c.text))
		at = f.offsets[i] + end
		if c.ascii {
			count += end - rel
			continue
		}
		for rel < end {
			r, size := utf8.DecodeRuneInString(c.text[rel:])
			if rel+size > end {
				break
			}
			count += e.width(r, size)
			rel += size
		}
	}
	return Position{line, count}
}

// Offset converts a position. Past the end of a line means its end, past the
// last line the end of the text; a position inside of a character means the
// start of it.
func (f *File) Offset(p Position, e Encoding) int {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= f.LineCount() {
		return f.Len()
	}
	at, end, left := f.LineStart(p.Line), f.LineEnd(p.Line), p.Character
	for at < end && left > 0 {
		i := f.chunkAt(at)
		c, rel := f.chunks[i], at-f.offsets[i]
		stop := min(end-f.offsets[i], len(c.text))
		if c.ascii {
			n := min(left, stop-rel)
			at, left = at+n, left-n
			continue
		}
		for rel < stop && left > 0 {
			r, size := utf8.DecodeRuneInString(c.text[rel:])
			w := e.width(r, size)
			if w > left {
				return f.offsets[i] + rel
			}
			rel, left = rel+size, left-w
		}
		at = f.offsets[i] + rel
	}
	return at
}
