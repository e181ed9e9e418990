package render

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"abide/analysis"
)

// columnHeads names the columns of a list of commands.
var columnHeads = []string{"command", "dir", "type", "nr", "size", "value", "payload", "ABIs"}

// Commands lists commands, one to a line; one whose number is not the same on
// all ABIs has a line for each number.
func Commands(commands []*analysis.Command, o Options) []Line {
	if len(commands) == 0 {
		return nil
	}
	rows := [][]string{columnHeads}
	kinds := []Kind{Head}
	for _, c := range commands {
		for _, r := range commandRows(c) {
			rows, kinds = append(rows, r.cells[0]), append(kinds, r.kind)
		}
	}
	widths := make([]int, len(columnHeads))
	for _, r := range rows {
		for i, cell := range r {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	lines := make([]Line, len(rows))
	for i, r := range rows {
		var b strings.Builder
		for c, cell := range r {
			b.WriteString(pad(cell, widths[c]+cellGap))
		}
		mark := strings.Repeat(" ", gutter)
		if kinds[i] == Differ {
			mark = ">" + mark[1:]
		}
		lines[i] = Line{kinds[i], mark + strings.TrimRight(b.String(), " ")}
	}
	return lines
}

func commandRows(c *analysis.Command) []row {
	var groups []*codeGroup
	var failed reasons
	for i, v := range c.Values {
		abi := c.Targets[i].ABI.Name
		switch {
		case v == nil:
		case v.Err != nil:
			failed.add(abi, v.Err.Error())
		default:
			groups = addCode(groups, abi, v.Code)
		}
	}
	var rows []row
	for i, g := range groups {
		name, payload, abis := c.Name, c.Payload, strings.Join(g.abis, ", ")
		kind := Plain
		if len(groups) > 1 {
			kind = Differ
		}
		if i > 0 {
			name, payload = "", ""
		}
		if len(g.abis) == len(c.Values) {
			abis = ""
		}
		rows = append(rows, row{kind: kind, cells: [][]string{{
			name, g.code.Dir.String(), Magic(g.code.Type), strconv.FormatUint(uint64(g.code.Nr), 10),
			strconv.FormatUint(uint64(g.code.Size), 10), fmt.Sprintf("0x%08x", g.code.Value), payload, abis,
		}}})
	}
	for _, f := range failed.lines() {
		rows = append(rows, row{kind: Note, cells: [][]string{{c.Name, "", "", "", "", "?", c.Payload, f.Text}}})
	}
	return rows
}
