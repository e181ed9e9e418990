// Package text holds one version of one file: its bytes, its line table, and
// the arithmetic between byte offsets and the line/character positions that
// editors speak. It applies edits and draws diffs. It knows no C.
//
//	f := text.New("int a;\nint b;\n")
//	f.Position(7, text.UTF16) // {Line: 1, Character: 0}
package text

// Span is a half-open range of byte offsets, [Start, End).
type Span struct{ Start, End int }

// Edit replaces the bytes of Span by New.
type Edit struct {
	Span Span
	New  string
}

// Encoding is the unit in which a Position counts characters.
type Encoding uint8

// The zero value is the protocol's default.
const (
	UTF16 Encoding = iota
	UTF8
	UTF32
)

// Position is a zero-based line and a zero-based count of code units in it.
type Position struct{ Line, Character int }
