//go:build unix

package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// table writes rows as a Markdown table, the first being its head.
func table(w io.Writer, rows [][]string) {
	for i, row := range rows {
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
		if i == 0 {
			fmt.Fprintf(w, "|%s\n", strings.Repeat(" --- |", len(row)))
		}
	}
	fmt.Fprintln(w)
}

// ms writes a duration in milliseconds, with as many digits as mean something.
func ms(d time.Duration) string {
	f := float64(d) / float64(time.Millisecond)
	if f < 10 {
		return fmt.Sprintf("%.1f ms", f)
	}
	return fmt.Sprintf("%.0f ms", f)
}

func mib(bytes int64) string { return fmt.Sprintf("%d MiB", bytes>>20) }
