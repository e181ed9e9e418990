//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"abide/server/internal/editor"
)

// contender is a server with the settings that it is measured with.
type contender struct {
	name    string
	command []string
	init    any
}

// contenders are abide with one, four and all ABIs, and clangd. database is the
// folder of compile_commands.json; empty for none.
func contenders(o options, database string) []contender {
	list := []contender{
		abide(o, "abide, 1 ABI", "x86_64", database),
		abide(o, "abide, 4 ABIs", "default", database),
		abide(o, "abide, all ABIs", "all", database),
	}
	if o.clangd != "" {
		// Its index of the whole tree is not what is measured here.
		command := []string{o.clangd, "--background-index=false", "--log=error"}
		if database != "" {
			command = append(command, "--compile-commands-dir="+database)
		}
		list = append(list, contender{name: "clangd", command: command})
	}
	return list
}

func abide(o options, name, abis, database string) contender {
	settings := map[string]any{"abis": abis}
	if database != "" {
		settings["compilationDatabase"] = database
	}
	return contender{name: name, command: []string{o.abide, "serve"}, init: settings}
}

// process is a contender that runs, and the editor that talks to it.
type process struct {
	*editor.Editor
	cmd    *exec.Cmd
	stderr bytes.Buffer
}

// patience bounds every wait.
const patience = 2 * time.Minute

func (c contender) start(ctx context.Context, folder string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, c.command[0], c.command[1:]...)}
	p.cmd.Dir = folder
	p.cmd.Stderr = &p.stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	p.Editor, err = editor.Start(ctx, out, in, editor.Options{InitOptions: c.init})
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", c.name, err, p.stderr.String())
	}
	return p, nil
}

// stop ends the process and waits for it.
func (p *process) stop(ctx context.Context) error {
	if err := p.Shutdown(ctx); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// Rows of /proc/<pid>/status, in KiB.
const (
	residentNow  = "VmRSS:"
	residentPeak = "VmHWM:"
)

// memory reads a figure of the running process, in bytes.
func (p *process) memory(row string) (int64, error) {
	return status(p.cmd.Process.Pid, row)
}

func status(pid int, row string) (int64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(data) {
		fields := bytes.Fields(line)
		if len(fields) >= 2 && string(fields[0]) == row {
			n, err := strconv.ParseInt(string(fields[1]), 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("no %s of process %d: %w", row, pid, io.ErrUnexpectedEOF)
}
