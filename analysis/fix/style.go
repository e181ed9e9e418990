package fix

import (
	"strconv"
	"strings"

	"abide/analysis/text"
)

// Style is how a file spells what fixes insert.
type Style struct {
	Pad      string // the stem of padding members: "__pad", "reserved"
	unsigned string // of fixed-width types, before and after the width
	suffix   string
	signed   string
}

// families are the spellings of fixed-width types; the first is the default.
var families = []Style{
	{unsigned: "__u", signed: "__s"},
	{unsigned: "uint", signed: "int", suffix: "_t"},
	{unsigned: "u", signed: "s"},
	{unsigned: "u_int", signed: "int", suffix: "_t"},
}

// stems are the words that padding members are named by, the default first.
var stems = []string{"__pad", "pad", "_pad", "__reserved", "reserved", "_reserved", "rsvd", "__rsvd", "padding", "__padding", "unused", "__unused"}

// StyleOf looks at what a file uses most.
func StyleOf(f *text.File) Style {
	content := f.Content()
	best, _ := family(content)
	most := 0
	best.Pad = stems[0]
	for _, stem := range stems {
		if n := countWords(content, stem, true); n > most {
			best.Pad, most = stem, n
		}
	}
	return best
}

// Within is the style for a part of the file: the types that are most used
// there, if there are any.
func (s Style) Within(part string) Style {
	own, ok := family(part)
	if !ok {
		return s
	}
	own.Pad = s.Pad
	return own
}

// family is the spelling of fixed-width types that a text uses most; ok is false
// if it has none.
func family(content string) (best Style, ok bool) {
	best, most := families[0], 0
	for _, s := range families {
		n := 0
		for _, width := range []int{8, 16, 32, 64} {
			n += countWords(content, s.Unsigned(width), false) + countWords(content, s.Signed(width), false)
		}
		if n > most {
			best, most = s, n
		}
	}
	return best, most > 0
}

// Unsigned is the type of so many bits: "__u32".
func (s Style) Unsigned(bits int) string { return s.unsigned + strconv.Itoa(bits) + s.suffix }

// Signed is the type of so many bits: "__s32".
func (s Style) Signed(bits int) string { return s.signed + strconv.Itoa(bits) + s.suffix }

// PadName is a name for one more padding member: the stem, or the stem with
// the first number from 2 on for which used, which it is asked about each
// name, says no.
func (s Style) PadName(used func(name string) bool) string {
	name := s.Pad
	for n := 2; used(name); n++ {
		name = s.Pad + strconv.Itoa(n)
	}
	return name
}

// maxSearched bounds how much of a file is looked at for its style, in bytes.
const maxSearched = 1 << 20

// countWords counts where a word stands in s. If member is set, it counts only
// as the name of a member, which digits and a separator may follow: "pad2[4];",
// but not "no padding".
func countWords(s, word string, member bool) int {
	s = s[:min(len(s), maxSearched)]
	n := 0
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return n
		}
		start := at + i
		at = start + len(word)
		end := at
		if member {
			for end < len(s) && ('0' <= s[end] && s[end] <= '9' || s[end] == '_') {
				end++
			}
		}
		if start > 0 && inWord(s[start-1]) || end < len(s) && inWord(s[end]) {
			continue
		}
		if !member || end < len(s) && strings.IndexByte(";[,", s[end]) >= 0 {
			n++
		}
	}
}

func inWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// Styles lists the spellings of fixed-width types that fixes know, the usual
// one first.
func Styles() []Style { return families }
