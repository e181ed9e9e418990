//go:build unix

package main

import (
	"fmt"
	"regexp"

	"abide/analysis/text"
)

// place is where a character is typed, and what character.
type place struct {
	name string
	at   int
	key  string
}

var (
	statement = regexp.MustCompile(`(?m)^\t+[a-z_>.-]+\(.*\);$|^\t+[a-z_>. -]+ = .*;$`)
	record    = regexp.MustCompile(`(?m)^struct (\w+) \{\n(?:\t.*\n)*?\t.*\w;`)
	constant  = regexp.MustCompile(`(?m)^#define\s+\w+\s+\(?(?:0x)?[0-9]+`)
	include   = regexp.MustCompile(`(?m)^#include <[^>]*\.h>`)
)

// places finds where to type in a file: in the body of a function in its
// middle, inside of a record, in a #define, at an #include. What the file does
// not have is left out.
func places(content string) []place {
	var list []place
	add := func(name string, re *regexp.Regexp, from, back int, key string) {
		if m := re.FindStringIndex(content[from:]); m != nil {
			list = append(list, place{name, from + m[1] - back, key})
		}
	}
	add("body", statement, len(content)/2, 0, ";")
	add("record", record, 0, 1, "x")
	add("`#define`", constant, 0, 0, "1")
	if all := include.FindAllStringIndex(content, -1); len(all) > 0 {
		last := all[len(all)-1]
		list = append(list, place{"`#include`", last[1] - len(".h>"), "x"})
	}
	return list
}

// tag is the offset of a record's tag, to hover over.
func tag(content string) (int, error) {
	m := record.FindStringSubmatchIndex(content)
	if m == nil {
		return 0, fmt.Errorf("the file defines no record to hover over")
	}
	return m[2], nil
}

// press is the edit that types the place's key, or takes it away again.
func (p place) press(typed bool) text.Edit {
	if typed {
		return text.Edit{Span: text.Span{Start: p.at, End: p.at + len(p.key)}}
	}
	return text.Edit{Span: text.Span{Start: p.at, End: p.at}, New: p.key}
}
