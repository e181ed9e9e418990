package cpp

import (
	"strings"

	"abide/analysis/token"
)

// grain is where sections end, in lines.
type grain struct {
	strong int  // blank line, then text at the left margin
	good   int  // `;` or `}`, then text at the left margin
	define int  // before a #define at the left margin
	any    int  // any line
	closed bool // but for any: only where a declaration has ended
}

// Short sections make an edit cheap, long ones make everything else cheap: a
// text is cut into long ones, and where it is edited into short ones.
var (
	coarse = grain{24, 48, 160, 160, false}
	fine   = grain{1, 4, 4, 160, true}
)

// anyCutBytes is how long a section is in bytes before it ends at any line.
const anyCutBytes = 12 << 10

// cutter finds where sections may begin: at the start of a line that no
// comment, raw string or splice reaches into. It knows just enough of the
// lexical rules for that.
type cutter struct {
	text string
	pos  int
}

// special are the bytes that the cutter has to look at.
var special = [256]bool{'\n': true, '\r': true, '\\': true, '/': true, '"': true, '\'': true}

// line moves behind the end of a logical line: splices, comments and raw
// strings that go over line ends included.
func (c *cutter) line() {
	s, i := c.text, c.pos
	for i < len(s) {
		ch := s[i]
		if !special[ch] {
			i++
			continue
		}
		switch ch {
		case '\n':
			c.pos = i + 1
			return
		case '\r':
			i++
			if i < len(s) && s[i] == '\n' {
				i++
			}
			c.pos = i
			return
		case '\\':
			i = max(splice(s, i), i+1)
		case '/':
			i = comment(s, i)
		case '"':
			if raw := rawEnd(s, i); raw > i {
				i = raw
			} else {
				i = quoted(s, i)
			}
		case '\'':
			i = quoted(s, i)
		}
	}
	c.pos = len(s)
}

// splice is the end of a line splice at the backslash s[i], or i.
func splice(s string, i int) int {
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case ' ', '\t', '\v', '\f':
		case '\n':
			return j + 1
		case '\r':
			if j+1 < len(s) && s[j+1] == '\n' {
				j++
			}
			return j + 1
		default:
			return i
		}
	}
	return len(s)
}

func splices(s string, i int) int {
	for i < len(s) && s[i] == '\\' {
		end := splice(s, i)
		if end == i {
			break
		}
		i = end
	}
	return i
}

// comment is the end of a comment at the slash s[i] (the line break that ends
// a // comment not included), or i+1.
func comment(s string, i int) int {
	j := splices(s, i+1)
	if j >= len(s) {
		return j
	}
	switch s[j] {
	case '*':
		for i = j + 1; ; {
			star := strings.IndexByte(s[i:], '*')
			if star < 0 {
				return len(s)
			}
			i += star + 1
			if j := splices(s, i); j < len(s) && s[j] == '/' {
				return j + 1
			}
		}
	case '/':
		for i = j + 1; i < len(s); i++ {
			switch s[i] {
			case '\n', '\r':
				return i
			case '\\':
				if end := splice(s, i); end > i {
					i = end - 1
				}
			}
		}
		return len(s)
	}
	return i + 1
}

// quoted is the end of the string or character constant whose quote stands at
// s[i]; at latest the line's end.
func quoted(s string, i int) int {
	quote := s[i]
	for i++; i < len(s); i++ {
		switch s[i] {
		case quote:
			return i + 1
		case '\n', '\r':
			return i
		case '\\':
			if end := splice(s, i); end > i {
				i = end - 1
				continue
			}
			// The escaped character, which a splice may stand before.
			if j := splices(s, i+1); j < len(s) && s[j] != '\n' && s[j] != '\r' {
				i = j
			}
		}
	}
	return len(s)
}

// rawEnd is the end of a raw string whose quote stands at s[i], or i. One that
// has no end is none to the lexer; but an end may be typed anywhere, so that
// what follows has to stay together.
func rawEnd(s string, i int) int {
	if i == 0 || s[i-1] != 'R' {
		return i
	}
	start := i - 1
	switch {
	case start >= 2 && s[start-2:start] == "u8":
		start -= 2
	case start >= 1 && strings.IndexByte("LuU", s[start-1]) >= 0:
		start--
	}
	if start > 0 && identByte(s[start-1]) {
		return i
	}
	const longest = 16 // C++11 [lex.string]
	open := strings.IndexByte(s[i+1:min(len(s), i+longest+2)], '(')
	if open < 0 {
		return i
	}
	delimiter := s[i+1 : i+1+open]
	if strings.ContainsAny(delimiter, " \t\v\f\r\n\"\\)") {
		return i
	}
	body := i + open + 2
	end := ")" + delimiter + `"`
	if n := strings.Index(s[body:], end); n >= 0 {
		return body + n + len(end)
	}
	return len(s)
}

func identByte(b byte) bool {
	return b == '_' || b == '$' || b >= 0x80 || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}

// cut gives the offsets at which sections of text begin, from an offset on that
// is one. same, which may be nil, tells of a line's start
// whether the cutting can stop there because what follows is cut already; the
// offset at which it did so is the result, len(text) otherwise.
func cut(text string, from int, g grain, same func(offset int) bool) (starts []int, end int) {
	c := cutter{text: text, pos: from}
	start, lines, closed := from, 0, true
	starts = append(starts, from)
	for c.pos < len(text) {
		line := c.pos
		if line > start && !marked(text, line) {
			if same != nil && same(line) {
				return starts, line
			}
			if g.wantCut(text, start, line, lines, closed) {
				starts = append(starts, line)
				start, lines = line, 0
			}
		}
		alone := includeLine(text, line)
		if alone && line > start {
			starts = append(starts, line)
			start, lines = line, 0
		}
		c.line()
		lines++
		if g.closed {
			closed = declared(strings.TrimSpace(text[line:c.pos]), closed)
		}
		if alone && c.pos < len(text) && !marked(text, c.pos) {
			if same != nil && same(c.pos) {
				return starts, c.pos
			}
			starts = append(starts, c.pos)
			start, lines = c.pos, 0
		}
	}
	return starts, len(text)
}

// marked tells whether a byte order mark stands at an offset: a section that
// began with it would be lexed as if it were the start of a file.
func marked(text string, offset int) bool {
	return strings.HasPrefix(text[offset:], token.ByteOrderMark)
}

// declared tells whether a declaration has ended behind a logical line, given
// whether one had before it. Directives and comments change nothing.
func declared(line string, before bool) bool {
	switch {
	case line == "" || line[0] == '#' || strings.HasPrefix(line, "//"):
		return before
	case strings.HasPrefix(line, "/*") && strings.Index(line, "*/") == len(line)-2:
		return before
	}
	last := line[len(line)-1]
	return last == ';' || last == '}'
}

// wantCut tells whether a section that has lines lines should end before the
// line that starts at an offset. closed tells whether a declaration has ended.
func (g grain) wantCut(s string, start, line, lines int, closed bool) bool {
	switch {
	case lines >= g.any || line-start >= anyCutBytes:
		return true
	case lines < min(g.strong, g.define) || g.closed && !closed:
		return false
	case lines >= g.define && strings.HasPrefix(s[line:], "#define"):
		return true
	case lines < g.strong:
		return false
	}
	switch s[line] {
	case ' ', '\t', '\n', '\r', '}', '{', '\f':
		return false
	}
	end := line - 1 // at the line break
	if end > start && s[end-1] == '\r' {
		end--
	}
	if end == start {
		return true
	}
	switch s[end-1] {
	case '\n':
		return true
	case '}', ';':
		return lines >= g.good
	}
	return false
}

// includeLine tells whether a line is an #include, #include_next or #import
// directive, as far as that can be seen without lexing.
func includeLine(s string, i int) bool {
	i = blanks(s, i)
	if i >= len(s) || s[i] != '#' {
		return false
	}
	i = blanks(s, i+1)
	rest := s[i:]
	var ok bool
	if rest, ok = strings.CutPrefix(rest, "include"); ok {
		rest = strings.TrimPrefix(rest, "_next")
	} else if rest, ok = strings.CutPrefix(rest, "import"); !ok {
		return false
	}
	return rest == "" || !identByte(rest[0])
}

func blanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}
