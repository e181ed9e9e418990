// Command demo shows what abide does, without an editor: a scripted one opens
// a driver's header, prints what the server says about it, applies the fixes
// it prefers, and has the result checked again. It needs no C compiler and no
// headers. It fails if anything is not as it should be.
//
//	go run ./server/demo [ABIDE [HEADER]]
//
// ABIDE is the program to talk to; without one it is built.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	"abide/server/internal/editor"
)

const header = "testdata/demo/sensor.h"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, args []string) error {
	path := header
	if len(args) > 1 {
		path = args[1]
	}
	program := ""
	if len(args) > 0 {
		program = args[0]
	} else {
		dir, err := os.MkdirTemp("", "abide-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if program, err = build(ctx, dir); err != nil {
			return err
		}
	}
	ed, wait, err := serve(ctx, program)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	s := &script{Writer: w, paint: isTerminal(out), editor: ed, path: path}
	scripted := s.play(ctx)
	if err := w.Flush(); err != nil {
		return err
	}
	if scripted != nil {
		return scripted
	}
	if err := ed.Shutdown(ctx); err != nil {
		return err
	}
	return wait()
}

func build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "abide")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", program, "abide/cmd/abide")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("building abide: %w", err)
	}
	return program, nil
}

// serve starts the server with an editor at its pipes.
func serve(ctx context.Context, program string) (_ *editor.Editor, wait func() error, err error) {
	cmd := exec.CommandContext(ctx, program, "serve")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, fmt.Errorf("starting the server: %w", err)
	}
	ed, err := editor.Start(ctx, out, in, editor.Options{PlainText: true})
	if err != nil {
		return nil, nil, err
	}
	wait = func() error {
		if err := cmd.Wait(); err != nil {
			return fmt.Errorf("the server's end: %w", err)
		}
		return nil
	}
	return ed, wait, nil
}

// isTerminal tells whether colours are wanted (see no-color.org).
func isTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
