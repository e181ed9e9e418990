package token

import "sort"

// window is the text from a place on with line splices taken out, as far as
// it was asked for.
type window struct {
	text  string
	at    int // where to go on in text
	clean []byte
	cuts  []seam
}

// seam says where a byte after a splice comes from.
type seam struct{ clean, text int }

// grow makes the window hold n bytes, if the line is that long. It tells
// whether there may be more.
func (w *window) grow(n int) bool {
	for len(w.clean) < n {
		if w.at >= len(w.text) {
			return false
		}
		c := w.text[w.at]
		if classes[c] == classNewline {
			w.clean = append(w.clean, c)
			w.text = w.text[:w.at]
			return false
		}
		if c == '\\' {
			if end := splices(w.text, w.at); end > w.at {
				w.at = end
				w.cuts = append(w.cuts, seam{len(w.clean), end})
				continue
			}
		}
		w.clean = append(w.clean, c)
		w.at++
	}
	return true
}

// lookAhead is how far behind its end a token's bytes can decide about it: a
// universal character name that might go on with.
const lookAhead = 12

// scanSpliced reads the token at s[i] in spite of splices inside of it.
func (lx *lexer) scanSpliced(s string, i int) (t Token, end int) {
	w := window{text: s, at: i}
	for size := 2 * lookAhead; ; size *= 2 {
		more := w.grow(size)
		t, end = lx.scan(string(w.clean), 0, false)
		if more && end+lookAhead > len(w.clean) {
			continue
		}
		break
	}
	// The last byte's place, so that splices after it do not count.
	last, from := end-1, seam{0, i}
	if n := sort.Search(len(w.cuts), func(k int) bool { return w.cuts[k].clean > last }); n > 0 {
		from = w.cuts[n-1]
		t.Flags |= Spliced
	}
	return t, from.text + last - from.clean + 1
}
