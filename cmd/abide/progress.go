package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progressPause is how long work goes on before progress is shown, and how
// often it is shown from then on.
const progressPause = 300 * time.Millisecond

// progress is a line on a terminal that says how far the work is; on anything
// else it writes nothing.
type progress struct {
	w     io.Writer // nil for none
	total int
	done  int
	last  time.Time
	shown bool
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{total: total, last: time.Now()}
	if isTerminal(w) && total > 1 {
		p.w = w
	}
	return p
}

// step says that one more file is done.
func (p *progress) step(file string) {
	p.done++
	if p.w == nil || p.done == p.total || time.Since(p.last) < progressPause {
		return
	}
	p.last = time.Now()
	const width = 50
	if len(file) > width {
		file = "…" + file[len(file)-width:]
	}
	fmt.Fprintf(p.w, "\r\x1b[K%d of %d files  %s", p.done, p.total, printable(file))
	p.shown = true
}

// clear takes the line away before something else is written.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// isTerminal tells whether a stream goes to a terminal that understands escapes.
func isTerminal(w io.Writer) bool {
	if o, ok := w.(*output); ok {
		w = o.WriteCloser
	}
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
