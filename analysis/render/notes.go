package render

import (
	"fmt"
	"strings"
)

// reasons collects why ABIs have no figures, each reason once.
type reasons struct {
	order []string
	abis  map[string][]string
}

func (r *reasons) add(abi, reason string) {
	if r.abis == nil {
		r.abis = map[string][]string{}
	}
	if r.abis[reason] == nil {
		r.order = append(r.order, reason)
	}
	r.abis[reason] = append(r.abis[reason], abi)
}

func (r *reasons) lines() []Line {
	var lines []Line
	for _, reason := range r.order {
		lines = append(lines, Line{Note, counted(r.abis[reason]) + ": " + reason})
	}
	return lines
}

// remarks is lines, but without the ABIs where they are all there are.
func (r *reasons) remarks(all int) []Line {
	lines := r.lines()
	for i, reason := range r.order {
		if len(r.abis[reason]) == all {
			lines[i].Text = reason
		}
	}
	return lines
}

// undefined says where there is nothing to show.
func undefined(abis []string) []Line {
	if len(abis) == 0 {
		return nil
	}
	return []Line{{Note, "not defined on " + counted(abis)}}
}

// someNames is how many ABIs stand for many.
const someNames = 4

// counted lists ABIs, only the first of them if they are many.
func counted(abis []string) string {
	if len(abis) > someNames+1 {
		return fmt.Sprintf("%s and %d more", strings.Join(abis[:someNames], ", "), len(abis)-someNames)
	}
	return strings.Join(abis, ", ")
}
