package main

import (
	"fmt"
	"strings"

	"abide/analysis/baseline"
	"abide/analysis/text"
)

// memberRow is a member of either side, or of both.
type memberRow struct {
	mark   byte // '-' and '+' as in a diff, '~' for one that has moved, ' ' for one that is where it was
	member *baseline.Member
	by     int64 // bits that it has moved
}

// around is how many members next to a change are shown.
const around = 3

// memberRows holds the members of two sides against each other, in order.
func memberRows(old, now []baseline.Member) []memberRow {
	declared := func(list []baseline.Member) *text.File {
		var b strings.Builder
		for i := range list {
			fmt.Fprintf(&b, "%d %s %s\n", list[i].Size, list[i].Type, list[i].Name)
		}
		return text.New(b.String())
	}
	before := declared(old)
	var rows []memberRow
	var x, y int // the next members
	both := func(to int) {
		for ; x < to; x, y = x+1, y+1 {
			r := memberRow{' ', &now[y], now[y].Offset - old[x].Offset}
			if r.by != 0 {
				r.mark = '~'
			}
			rows = append(rows, r)
		}
	}
	for _, e := range text.Changes(before, declared(now)) {
		both(before.LineOf(e.Span.Start))
		for to := before.LineOf(e.Span.End); x < to; x++ {
			rows = append(rows, memberRow{'-', &old[x], 0})
		}
		for range strings.Count(e.New, "\n") {
			rows = append(rows, memberRow{'+', &now[y], 0})
			y++
		}
	}
	both(len(old))
	return rows
}

// members writes the members as a diff: what is declared otherwise, with what
// stands next to it, and in one line what has only moved with it.
func (w *diffWriter) members(old, now []baseline.Member) {
	rows := memberRows(old, now)
	changed := func(i int) bool { return i >= 0 && i < len(rows) && rows[i].mark != ' ' }
	left := false // something out
	for i := 0; i < len(rows); i++ {
		r := &rows[i]
		line := printable(r.member.Row())
		switch r.mark {
		case '+':
			fmt.Fprintf(&w.b, "    %s\n", w.paint.good("+"+line))
		case '-':
			fmt.Fprintf(&w.b, "    %s\n", w.paint.in(sgrError, "-"+line))
		case '~':
			last := i
			for changed(last+1) && rows[last+1].mark == '~' && rows[last+1].by == r.by {
				last++
			}
			fmt.Fprintf(&w.b, "    %s\n", w.paint.note("~      "+moved(rows[i:last+1])))
			i = last
		default:
			near := false
			for k := i - around; k <= i+around; k++ {
				near = near || changed(k)
			}
			if near {
				if left {
					w.b.WriteString("      …\n")
				}
				fmt.Fprintf(&w.b, "     %s\n", line)
			}
			left = !near
			continue
		}
		left = false
	}
}

// moved says of members that follow each other how far they all have moved.
func moved(rows []memberRow) string {
	names := printable(rows[0].member.Name)
	verb := "stands"
	if n := len(rows); n > 1 {
		names = fmt.Sprintf("%s to %s (%s)", names, printable(rows[n-1].member.Name), plural(n, "member"))
		verb = "stand"
	}
	by, where := rows[0].by, "later"
	if by < 0 {
		by, where = -by, "earlier"
	}
	distance := plural(int(by/8), "byte")
	if by%8 != 0 {
		distance = plural(int(by), "bit")
	}
	return fmt.Sprintf("%s %s %s %s", names, verb, distance, where)
}
