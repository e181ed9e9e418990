package token

import (
	"sort"
	"unicode/utf8"
)

// class is what a byte can start, or continue.
type class uint8

const (
	classOther class = iota
	classIdent
	classDigit
	classSpace
	classNewline
	classPunct
	classSlash
	classDot
	classQuote
	classBackslash
	classHigh // not ASCII
)

var (
	classes = [256]class{
		' ': classSpace, '\t': classSpace, '\v': classSpace, '\f': classSpace,
		'\n': classNewline, '\r': classNewline,
		'_': classIdent, '$': classIdent,
		'/': classSlash, '.': classDot, '\\': classBackslash,
		'"': classQuote, '\'': classQuote,
	}
	inIdent [256]bool // ASCII letters, digits, _ and $
)

func init() {
	for _, c := range "{}[]();,-+&*~!%<>=^|?:#" {
		classes[c] = classPunct
	}
	for c := range 256 {
		switch {
		case 'a' <= c|0x20 && c|0x20 <= 'z' && c < utf8.RuneSelf:
			classes[c] = classIdent
		case '0' <= c && c <= '9':
			classes[c] = classDigit
		case c >= utf8.RuneSelf:
			classes[c] = classHigh
		}
		inIdent[c] = classes[c] == classIdent || classes[c] == classDigit
	}
}

// identRanges are the characters beyond ASCII that identifiers may hold, first
// and last in turn (C11, annex D.1).
var identRanges = []rune{
	0xa8, 0xa8, 0xaa, 0xaa, 0xad, 0xad, 0xaf, 0xaf, 0xb2, 0xb5, 0xb7, 0xba,
	0xbc, 0xbe, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0xff,
	0x100, 0x167f, 0x1681, 0x180d, 0x180f, 0x1fff,
	0x200b, 0x200d, 0x202a, 0x202e, 0x203f, 0x2040, 0x2054, 0x2054, 0x2060, 0x206f,
	0x2070, 0x218f, 0x2460, 0x24ff, 0x2776, 0x2793, 0x2c00, 0x2dff, 0x2e80, 0x2fff,
	0x3004, 0x3007, 0x3021, 0x302f, 0x3031, 0x303f,
	0x3040, 0xd7ff,
	0xf900, 0xfd3d, 0xfd40, 0xfdcf, 0xfdf0, 0xfe44, 0xfe47, 0xfffd,
	0x10000, 0x1fffd, 0x20000, 0x2fffd, 0x30000, 0x3fffd, 0x40000, 0x4fffd,
	0x50000, 0x5fffd, 0x60000, 0x6fffd, 0x70000, 0x7fffd, 0x80000, 0x8fffd,
	0x90000, 0x9fffd, 0xa0000, 0xafffd, 0xb0000, 0xbfffd, 0xc0000, 0xcfffd,
	0xd0000, 0xdfffd, 0xe0000, 0xefffd,
}

// notFirst are those that an identifier may not start with (C11, annex D.2).
var notFirst = []rune{0x300, 0x36f, 0x1dc0, 0x1dff, 0x20d0, 0x20ff, 0xfe20, 0xfe2f}

func in(ranges []rune, r rune) bool {
	i := sort.Search(len(ranges)/2, func(i int) bool { return ranges[2*i+1] >= r })
	return 2*i < len(ranges) && ranges[2*i] <= r
}

// extended is the length of a character beyond ASCII at s[i], as UTF-8 or as a
// universal character name, if an identifier may go on (or start) with it; 0
// if not.
func extended(s string, i int, first bool) (r rune, n int) {
	if i >= len(s) {
		return 0, 0
	}
	switch {
	case s[i] >= utf8.RuneSelf:
		r, n = utf8.DecodeRuneInString(s[i:])
		if n == 1 {
			return 0, 0
		}
	case s[i] == '\\':
		r, n = universal(s[i:])
	}
	if n == 0 || !in(identRanges, r) || first && in(notFirst, r) {
		return 0, 0
	}
	return r, n
}

// universal reads \uXXXX or \UXXXXXXXX at the start of s.
func universal(s string) (r rune, n int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case 'u':
		n = 6
	case 'U':
		n = 10
	default:
		return 0, 0
	}
	if len(s) < n {
		return 0, 0
	}
	var v uint32
	for _, c := range []byte(s[2:n]) {
		switch {
		case '0' <= c && c <= '9':
			v = v<<4 | uint32(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			v = v<<4 | uint32(c|0x20-'a'+10)
		default:
			return 0, 0
		}
	}
	if v > utf8.MaxRune {
		return 0, 0
	}
	return rune(v), n
}
