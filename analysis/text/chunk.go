package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// chunkSize is the size in bytes that chunks are cut to. An edit copies about
// one chunk and one pointer for every chunk of the file, so the best size
// grows with the square root of the file; this one suits some megabytes.
const chunkSize = 16 << 10

// chunk is a piece of a file. All but a file's last chunk are closed: no line
// break and no UTF-8 sequence can straddle their end, whatever comes after
// them.
type chunk struct {
	text string

	once   sync.Once
	breaks []uint32 // offsets after each line break
	ascii  bool
}

// scan fills the line table of the chunk.
func (c *chunk) scan() {
	c.once.Do(func() {
		n := strings.Count(c.text, "\n")
		if strings.IndexByte(c.text, '\r') < 0 {
			c.breaks = make([]uint32, 0, n)
			for at := 0; n > 0; n-- {
				at += strings.IndexByte(c.text[at:], '\n') + 1
				c.breaks = append(c.breaks, uint32(at))
			}
		} else {
			for i := range len(c.text) {
				switch c.text[i] {
				case '\r':
					if i+1 < len(c.text) && c.text[i+1] == '\n' {
						continue
					}
				case '\n':
				default:
					continue
				}
				c.breaks = append(c.breaks, uint32(i+1))
			}
		}
		c.ascii = isASCII(c.text)
	})
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// closed tells whether text that ends so may be followed by anything without
// a change to its own lines and characters.
func closed(text string) bool {
	if text == "" {
		return false
	}
	last := text[len(text)-1]
	return last < utf8.RuneSelf && last != '\r'
}

// split appends the chunks of text to list.
func split(list []*chunk, text string) []*chunk {
	for len(text) > 2*chunkSize {
		n := strings.LastIndexByte(text[chunkSize/2:chunkSize], '\n')
		if n >= 0 {
			n += chunkSize/2 + 1
		} else {
			n = chunkSize
			for n < len(text) && !closed(text[:n]) {
				n++
			}
		}
		list = append(list, &chunk{text: text[:n]})
		text = text[n:]
	}
	if text != "" {
		list = append(list, &chunk{text: text})
	}
	return list
}
