package main

import (
	"fmt"
	"slices"
	"strings"

	"abide/analysis/baseline"
	"abide/analysis/text"
)

// diffWriter writes differences as a reviewer reads them: what breaks first
// said in a word, then the layout as a diff.
type diffWriter struct {
	paint  paint
	abis   []string // that are compared
	b      strings.Builder
	breaks int // records and commands that old programs no longer understand
	counts map[string]int
}

// verdicts says what a kind of change means for programs that exist.
var verdicts = map[baseline.Kind]string{
	baseline.Broken:    "breaks",
	baseline.Removed:   "gone",
	baseline.Renamed:   "renamed",
	baseline.Realigned: "aligned otherwise",
	baseline.Extended:  "extended",
	baseline.Same:      "moved",
	baseline.Added:     "new",
}

// order is how verdicts stand in the summary.
var order = []string{"breaks", "gone", "renamed", "aligned otherwise", "extended", "new"}

func (w *diffWriter) write(files []baseline.FileDiff) {
	w.counts = map[string]int{}
	for i := range files {
		f := &files[i]
		if i > 0 {
			w.b.WriteString("\n")
		}
		fmt.Fprintf(&w.b, "%s\n", w.paint.bold(printable(f.Path)))
		for k := range f.Records {
			w.record(&f.Records[k])
		}
		for k := range f.Commands {
			w.command(&f.Commands[k])
		}
	}
	var parts []string
	for _, v := range order {
		if n := w.counts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	if len(parts) > 0 {
		fmt.Fprintf(&w.b, "\n%s, in %s\n", strings.Join(parts, ", "), plural(len(files), "file"))
	}
}

func (w *diffWriter) verdict(k baseline.Kind) string {
	v := verdicts[k]
	w.counts[v]++
	if k == baseline.Broken || k == baseline.Removed {
		w.breaks++
		return w.paint.in(sgrError, v)
	}
	return w.paint.note(v)
}

func (w *diffWriter) record(r *baseline.RecordDiff) {
	worst := slices.MaxFunc(r.Changes, func(a, b baseline.Change) int { return harm(a.Kind) - harm(b.Kind) })
	kind := worst.Kind
	switch {
	case r.Old == nil:
		kind = baseline.Added
	case r.New == nil:
		kind = baseline.Removed
	}
	note := ""
	if r.From != "" {
		note = ", moved from " + r.From
	}
	if r.By != "" {
		note += ", by " + r.By + " in it"
	}
	fmt.Fprintf(&w.b, "  %s: %s%s\n", w.paint.bold(printable(r.Name)), w.verdict(kind), printable(note))
	for i := range r.Changes {
		w.change(&r.Changes[i])
	}
}

// harm orders kinds of changes: a record that more ABIs have harms least.
func harm(k baseline.Kind) int {
	if k == baseline.Added {
		return -1
	}
	return int(k)
}

func (w *diffWriter) change(c *baseline.Change) {
	on := w.on(c.ABIs)
	switch {
	case c.Old == nil:
		fmt.Fprintf(&w.b, "    %s\n", w.paint.good("+ "+sizeOf(c.New)+on))
		return
	case c.New == nil:
		fmt.Fprintf(&w.b, "    %s\n", w.paint.in(sgrError, "- "+sizeOf(c.Old)+on))
		return
	}
	size := sizeOf(c.New)
	switch {
	case c.Old.Align != c.New.Align:
		size = sizeOf(c.Old) + " → " + size
	case c.Old.Size.Size != c.New.Size.Size:
		size = fmt.Sprintf("%d → %s", c.Old.Size.Size, size)
	}
	fmt.Fprintf(&w.b, "    %s%s\n", size, on)
	w.members(c.Old.Members, c.New.Members)
}

func sizeOf(s *baseline.Side) string {
	return fmt.Sprintf("%s, align %d", plural(int(s.Size.Size), "byte"), s.Align)
}

// on names ABIs where they are not all.
func (w *diffWriter) on(abis []string) string {
	if len(abis) == len(w.abis) {
		return ""
	}
	return " on " + strings.Join(abis, ", ")
}

// members writes the members as a diff, with three lines around what differs.
func (w *diffWriter) members(old, now []baseline.Member) {
	lines := func(list []baseline.Member) *text.File {
		var b strings.Builder
		for i := range list {
			b.WriteString(list[i].Row() + "\n")
		}
		return text.New(b.String())
	}
	first := true
	for i, line := range strings.Split(strings.TrimSuffix(text.Unified("", "", lines(old), lines(now)), "\n"), "\n") {
		line = printable(line)
		switch {
		case i < 2 || line == "": // the names
		case line[0] == '@':
			if !first {
				w.b.WriteString("      …\n")
			}
			first = false
		case line[0] == '+':
			fmt.Fprintf(&w.b, "    %s\n", w.paint.good(line))
		case line[0] == '-':
			fmt.Fprintf(&w.b, "    %s\n", w.paint.in(sgrError, line))
		default:
			fmt.Fprintf(&w.b, "    %s\n", line)
		}
	}
}

func (w *diffWriter) command(c *baseline.CommandDiff) {
	kind := c.Changes[0].Kind
	for _, change := range c.Changes {
		if harm(change.Kind) > harm(kind) {
			kind = change.Kind
		}
	}
	var parts []string
	for _, change := range c.Changes {
		part := ""
		switch change.Kind {
		case baseline.Added:
			part = fmt.Sprintf("%#08x", change.New.Number)
		case baseline.Removed:
			part = fmt.Sprintf("%#08x", change.Old.Number)
		default:
			part = fmt.Sprintf("%#08x → %#08x", change.Old.Number, change.New.Number)
		}
		parts = append(parts, part+w.on(change.ABIs))
	}
	from := ""
	if c.From != "" {
		from = ", moved from " + c.From
	}
	fmt.Fprintf(&w.b, "  %s: %s%s: %s\n", w.paint.bold(c.Name), w.verdict(kind), printable(from), strings.Join(parts, "; "))
}
