package render

import (
	"strings"

	"abide/analysis"
)

// hoverOptions suit the pop-ups of VS Code and Neovim: narrower than a
// terminal, and not longer than a screen.
var hoverOptions = Options{Width: 84, Rows: 26}

// Hover draws what lies under the cursor as Markdown: a code block with
// aligned columns, because every client shows that alike, and a few words.
func Hover(h *analysis.Hover) string {
	switch {
	case h.Record != nil:
		return hoverRecord(h)
	case h.Command != nil:
		return fence(Command(h.Command, hoverOptions))
	}
	return ""
}

func hoverRecord(h *analysis.Hover) string {
	o := hoverOptions
	o.Focus = h.Member
	text := fence(Record(h.Record, o))
	if h.Member != "" {
		if where := memberLine(h.Record, h.Member); where != "" {
			text = "`" + h.Member + "` " + where + "\n" + text
		}
	}
	if len(h.Record.Payload) > 0 {
		names := make([]string, len(h.Record.Payload))
		for i, c := range h.Record.Payload {
			names[i] = "`" + c.Name + "`"
		}
		text += "\npayload of " + sentence(names) + "\n"
	}
	targets := make([]*analysis.Target, len(h.Record.Views))
	for i := range h.Record.Views {
		targets[i] = h.Record.Views[i].Target
	}
	if said := headers(targets); said != "" {
		text += "\n" + said + "\n"
	}
	return text
}

// maxNames bounds how many commands are named in one line.
const maxNames = 6

func sentence(names []string) string { return firstFew(names, maxNames) }

// firstFew lists at most n names.
func firstFew(names []string, n int) string {
	if len(names) > n {
		names = append(names[:n:n], "…")
	}
	return strings.Join(names, ", ")
}

// fence puts the table into a code block, and notes below it.
func fence(lines []Line) string {
	var code, notes strings.Builder
	for i, l := range lines {
		if l.Kind == Note && trailing(lines[i:]) {
			notes.WriteString("\n" + l.Text + "\n")
			continue
		}
		code.WriteString(l.Text + "\n")
	}
	return "```c\n" + code.String() + "```\n" + notes.String()
}

// trailing tells whether nothing but notes is left.
func trailing(lines []Line) bool {
	for _, l := range lines {
		if l.Kind != Note {
			return false
		}
	}
	return true
}
