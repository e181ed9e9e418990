package truth

import (
	"regexp"
	"strings"
)

// Disagreement is a known difference between gcc and clang 14. gcc decides.
type Disagreement struct {
	Name    string
	Why     string
	Applies func(abi, text string) bool // to a text in which they differ
}

// Disagreements lists the differences that random records bring out.
var Disagreements = []Disagreement{
	{"pack-in-body", "gcc packs by the #pragma pack at a record's closing brace, clang by that at its tag", packInBody},
	{"aligned-bit-field", "clang ignores more of what aligns a bit-field, its type's alignment and #pragma pack included", matches(`aligned[^;\n]*:|:[^;\n]*aligned|typedef[^;\n]*aligned`)},
	{"aligned-twice", "of several aligned on one record gcc takes the last, clang the strictest", matches(`(?s)aligned.*\}\s*__attribute__[^;\n]*aligned`)},
	{"bare-aligned", "aligned without argument: 8 in gcc, 16 in clang on 32-bit MIPS; others differ alike", matches(`aligned(__)?\)\)`)},
	{"ms_struct", "clang lays it out as Windows does on every target, gcc where its target knows it", matches(`ms_struct`)},
	{"vector", "vectors that no register holds", matches(`vector_size`)},
	{"int128", "__int128 aligns to 8 on s390x in gcc, to 16 in clang; bit-fields of it differ", matches(`__int128|mode\((__)?TI`)},
	{"long-double", "long double of sparc32 and types derived from it", func(abi, text string) bool {
		return strings.HasPrefix(abi, "sparc") && strings.Contains(text, "long double")
	}},
	{"float128-i386", "a record of one __float128 under #pragma pack(8), as an array member", func(abi, text string) bool {
		return abi == "i386" && strings.Contains(text, "__float128")
	}},
	{"packed-enum", "bit-fields of enums whose values need more than int", matches(`0x(80000000|100000000|ffffffff)`)},
}

func matches(pattern string) func(abi, text string) bool {
	re := regexp.MustCompile(pattern)
	return func(_, text string) bool { return re.MatchString(text) }
}

// Known names what explains that gcc and clang differ about a case; empty if
// nothing does.
func Known(abi, text string) string {
	for _, d := range Disagreements {
		if d.Applies(abi, text) {
			return d.Name
		}
	}
	return ""
}

// packInBody tells whether a #pragma stands between the braces of a record.
func packInBody(_, text string) bool {
	depth := 0
	for line := range strings.Lines(text) {
		if depth > 0 && strings.HasPrefix(line, "#pragma") {
			return true
		}
		depth += strings.Count(line, "{") - strings.Count(line, "}")
	}
	return false
}
