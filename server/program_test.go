package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"abide/server/internal/editor"
)

// program builds the command.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "abide")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", path, "abide/cmd/abide").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// The exit codes are the protocol's, and nothing but messages goes to stdout.
func TestProgram(t *testing.T) {
	abide := program(t)
	shutdown := framed(`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`)
	exit := framed(`{"jsonrpc":"2.0","method":"exit"}`)
	for _, test := range []struct {
		name, input string
		code        int
	}{
		{"shutdown and exit", opening + shutdown + exit, 0},
		{"shutdown and the end of the input", opening + shutdown, 0},
		{"exit without shutdown", opening + exit, 1},
		{"exit at once", exit, 1},
		{"the end of the input", opening, 1},
		{"no input", "", 1},
		{"half a message", opening + "Content-Length: 10\r\n\r\n{", 1},
		{"garbage", "GET / HTTP/1.1\r\n\r\n", 1},
		{"not JSON, and then all in order", framed("{") + opening + shutdown + exit, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			cmd := exec.Command(abide, "serve")
			cmd.Stdin = strings.NewReader(test.input)
			var out, log bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &log
			err := cmd.Run()
			var exited *exec.ExitError
			if err != nil && !errors.As(err, &exited) {
				t.Fatal(err)
			}
			if code := cmd.ProcessState.ExitCode(); code != test.code {
				t.Errorf("exit code %d, want %d\n%s", code, test.code, log.String())
			}
			if out.Len() > 0 && !strings.HasPrefix(out.String(), "Content-Length: ") {
				t.Errorf("stdout: %q", out.String())
			}
		})
	}
}

// An editor that dies takes the server with it, whatever it is doing.
func TestProgramEndsWithItsEditor(t *testing.T) {
	cmd := exec.Command(program(t), "serve")
	stdin, err := cmd.StdinPipe()
	check(t, err)
	stdout, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	ed, err := editor.Start(ctx, io.NopCloser(stdout), stdin, editor.Options{})
	check(t, err)
	_, err = ed.Open(ctx, "file:///x/a.c", "c", strings.Repeat("struct a { int b; };\n", 20000))
	check(t, err)
	check(t, stdin.Close())
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
		_ = cmd.Process.Kill()
		t.Fatal("the server outlives its editor")
	}
}
