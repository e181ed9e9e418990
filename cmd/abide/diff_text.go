package main

import (
	"fmt"
	"strings"

	"abide/analysis/baseline"
)

// diffWriter writes differences as a reviewer reads them: what breaks first
// said in a word, then the layout as a diff.
type diffWriter struct {
	paint  paint
	abis   []string // that are compared
	b      strings.Builder
	counts map[string]int
}

// verdicts says what a kind of change means for programs that exist.
var verdicts = map[baseline.Kind]string{
	baseline.Broken:    "breaks",
	baseline.Removed:   "gone",
	baseline.Renamed:   "renamed",
	baseline.Realigned: "aligned otherwise",
	baseline.Extended:  "extended",
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
	if harmful(k) {
		return w.paint.in(sgrError, v)
	}
	return w.paint.note(v)
}

func (w *diffWriter) record(r *baseline.RecordDiff) {
	note := ""
	if r.From != "" {
		note = ", moved from " + r.From
	}
	if r.By != "" {
		note += ", through " + r.By + " in it"
	}
	fmt.Fprintf(&w.b, "  %s: %s%s\n", w.paint.bold(printable(r.Name)), w.verdict(r.Kind()), printable(note))
	for i := range r.Changes {
		w.change(r, &r.Changes[i])
	}
}

func (w *diffWriter) change(r *baseline.RecordDiff, c *baseline.Change) {
	on := w.on(c.ABIs)
	old, now := aligned(r.Old, c.ABIs), aligned(r.New, c.ABIs)
	switch {
	case c.Old == nil:
		fmt.Fprintf(&w.b, "    %s\n", w.paint.good("+ "+bytesOf(c.New)+now+on))
		return
	case c.New == nil:
		fmt.Fprintf(&w.b, "    %s\n", w.paint.in(sgrError, "- "+bytesOf(c.Old)+old+on))
		return
	}
	size := bytesOf(c.New) + now
	switch {
	case old != now:
		size = bytesOf(c.Old) + old + " → " + size
	case c.Old.Size.Size != c.New.Size.Size:
		size = fmt.Sprintf("%d → %s", c.Old.Size.Size, size)
	}
	fmt.Fprintf(&w.b, "    %s%s\n", size, on)
	w.members(c.Old.Members, c.New.Members)
}

func bytesOf(s *baseline.Side) string { return plural(int(s.Size.Size), "byte") }

// aligned says the alignment of a record, if it is the same on some ABIs.
func aligned(r *baseline.Record, abis []string) string {
	if r == nil {
		return ""
	}
	align := int64(0)
	for _, a := range abis {
		size, _, ok := r.On(a)
		switch {
		case !ok:
		case align == 0:
			align = size.Align
		case align != size.Align:
			return ""
		}
	}
	return fmt.Sprintf(", align %d", align)
}

// on names ABIs where they are not all.
func (w *diffWriter) on(abis []string) string {
	if len(abis) == len(w.abis) {
		return ""
	}
	return " on " + strings.Join(abis, ", ")
}

func (w *diffWriter) command(c *baseline.CommandDiff) {
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
	fmt.Fprintf(&w.b, "  %s: %s%s: %s\n", w.paint.bold(c.Name), w.verdict(c.Kind()), printable(from), strings.Join(parts, "; "))
}
