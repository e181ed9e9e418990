package text

// Shift is how places move from one version of a text to another: what stands
// before the first difference stays, what stands behind the last one moves.
type Shift struct {
	start, end int // of what differs, in the old text
	by         int // how far what follows moves, in bytes
}

// Between compares two versions of a text.
func Between(a, b *File) Shift {
	if a == b {
		return Shift{start: a.Len(), end: a.Len()}
	}
	head := 0 // chunks that both share are equal
	for head < len(a.chunks) && head < len(b.chunks) && a.chunks[head] == b.chunks[head] {
		head++
	}
	tail := 0
	for tail < min(len(a.chunks), len(b.chunks))-head && a.chunks[len(a.chunks)-1-tail] == b.chunks[len(b.chunks)-1-tail] {
		tail++
	}
	old, now := a.Content(), b.Content()
	start := a.offsets[head]
	end, nowEnd := a.offsets[len(a.chunks)-tail], b.offsets[len(b.chunks)-tail]
	for start < min(end, nowEnd) && old[start] == now[start] {
		start++
	}
	for end > start && nowEnd > start && old[end-1] == now[nowEnd-1] {
		end--
		nowEnd--
	}
	return Shift{start: start, end: end, by: nowEnd - end}
}

// Span is where a span of the old text stands in the new one; ok is false if
// something in it differs.
func (s Shift) Span(at Span) (now Span, ok bool) {
	switch {
	case at.End <= s.start:
		return at, true
	case at.Start >= s.end:
		return Span{Start: at.Start + s.by, End: at.End + s.by}, true
	}
	return Span{}, false
}
