package fix

import "strings"

// tabWidth is the kernel's.
const tabWidth = 8

// width is the column after s, if s starts at a column.
func width(column int, s string) int {
	for _, r := range s {
		if r == '\t' {
			column += tabWidth - column%tabWidth
		} else {
			column++
		}
	}
	return column
}

// column is where an offset stands in its line, from 0, tabs expanded.
func (r *Record) column(offset int) int {
	return width(0, r.text[r.file.LineStart(r.file.LineOf(offset)):offset])
}

// aligns tells whether white space in a line was put there to reach a column.
func aligns(gap string) bool {
	return blank(gap) && !strings.ContainsAny(gap, "\r\n") && (strings.Contains(gap, "\t") || len(gap) > 1)
}

// fill is white space of the same kind as like, from one column to another; at
// least one blank.
func fill(like string, from, to int) string {
	if from >= to {
		return " "
	}
	s := ""
	if strings.Contains(like, "\t") {
		for next := from; ; from = next {
			if next += tabWidth - next%tabWidth; next > to {
				break
			}
			s += "\t"
		}
	}
	return s + strings.Repeat(" ", to-from)
}
