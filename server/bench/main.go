//go:build unix

// Command bench measures what a user waits for, as an editor sees it: opening a
// driver of a Linux tree, the diagnostics after a keystroke, a hover after a
// keystroke, and the memory that it takes; for abide with one, four and all
// ABIs, and for clangd with the same files and the same compile commands in
// the same run. It prints Markdown: the tables of docs/performance.md.
//
//	go run ./server/bench -abide bin/abide -tree ~/.cache/abide-test/linux/x86_64
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var o options
	flag.StringVar(&o.abide, "abide", "bin/abide", "the program to measure")
	flag.StringVar(&o.clangd, "clangd", "clangd-19", "the program to compare with; empty for none")
	flag.StringVar(&o.tree, "tree", "", "a configured Linux tree, as .ci/linux prepares it; empty to leave the drivers out")
	flag.StringVar(&o.database, "database", "", "the tree's compile_commands.json")
	flag.IntVar(&o.cold, "cold", 5, "how often each file is opened by a fresh process")
	flag.IntVar(&o.edits, "edits", 20, "how many edits are measured at each place")
	parts := flag.String("parts", "drivers,header,findings,open,check", "what to measure")
	flag.Parse()
	o.parts = strings.Split(*parts, ",")
	// Some servers are started in the tree that they serve.
	if path, err := filepath.Abs(o.abide); err == nil {
		o.abide = path
	}
	if err := run(ctx, os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

type options struct {
	abide, clangd, tree, database string
	cold, edits                   int
	parts                         []string
}

// part is one section of the report.
type part struct {
	name string
	run  func(ctx context.Context, w io.Writer, o options, dir string) error
}

var allParts = []part{
	{"drivers", drivers},
	{"header", longHeader},
	{"findings", manyFindings},
	{"open", manyFiles},
	{"check", wholeUAPI},
}

func run(ctx context.Context, w io.Writer, o options) error {
	dir, err := os.MkdirTemp("", "abide-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, name := range o.parts {
		known := false
		for _, p := range allParts {
			if p.name != name {
				continue
			}
			known = true
			if err := p.run(ctx, w, o, dir); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if !known {
			return fmt.Errorf("there is no part %q", name)
		}
	}
	return nil
}
