//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"abide/analysis/text"
)

// manyFiles opens, edits and closes files one after the other, in several
// rounds, and shows the memory after each: it levels off.
func manyFiles(ctx context.Context, w io.Writer, o options, _ string) error {
	const files, rounds = 200, 4
	list, err := uapiHeaders()
	if err != nil {
		return err
	}
	list = list[:min(files, len(list))]
	p, err := abide(o, "abide, 4 ABIs", "default", "").start(ctx, "/")
	if err != nil {
		return err
	}
	rows := [][]string{{"after", "memory", "peak"}}
	for round := range rounds {
		for _, path := range list {
			if err := visit(ctx, p, path); err != nil {
				return fmt.Errorf("%s: %w\n%s", path, err, p.stderr.String())
			}
		}
		now, err := p.memory(residentNow)
		if err != nil {
			return err
		}
		peak, err := p.memory(residentPeak)
		if err != nil {
			return err
		}
		rows = append(rows, []string{fmt.Sprintf("%d files", (round+1)*len(list)), mib(now), mib(peak)})
	}
	if err := p.stop(ctx); err != nil {
		return err
	}
	fmt.Fprintf(w, "### Opening, editing and closing %d headers, again and again (4 ABIs)\n\n", len(list))
	table(w, rows)
	return nil
}

// visit opens a file, types into it and closes it.
func visit(ctx context.Context, p *process, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	doc, _, err := open(ctx, p, path, string(data))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for range 3 {
		end := doc.Text.Len()
		if err := doc.Edit(ctx, text.Edit{Span: text.Span{Start: end, End: end}, New: "struct typed { int a; };\n"}); err != nil {
			return err
		}
		if _, err := doc.Diagnostics(ctx); err != nil {
			return err
		}
	}
	return doc.Close(ctx)
}

// uapiDirs is where linux-libc-dev puts the kernel's headers.
var uapiDirs = []string{"asm-generic", "drm", "linux", "misc", "mtd", "rdma", "scsi", "sound", "video", "xen"}

func uapiHeaders() ([]string, error) {
	var list []string
	for _, dir := range uapiDirs {
		err := filepath.WalkDir(filepath.Join("/usr/include", dir), func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err == nil && d.Type().IsRegular() && strings.HasSuffix(path, ".h") {
				list = append(list, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, errors.New("no kernel headers are installed: apt install linux-libc-dev")
	}
	return list, nil
}

// wholeUAPI checks all installed kernel headers with one command.
func wholeUAPI(ctx context.Context, w io.Writer, o options, _ string) error {
	list, err := uapiHeaders()
	if err != nil {
		return err
	}
	rows := [][]string{{"ABIs", "time", "processor time", "peak memory"}}
	for _, abis := range []string{"x86_64", "default", "all"} {
		cmd := exec.CommandContext(ctx, o.abide, append([]string{"check", "--abi", abis}, list...)...)
		start := time.Now()
		err := cmd.Run()
		took := time.Since(start)
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) || cmd.ProcessState.ExitCode() > 1 {
			return fmt.Errorf("abide check --abi %s: %w", abis, err)
		}
		usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		spent := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		rows = append(rows, []string{abis, fmt.Sprintf("%.1f s", took.Seconds()), fmt.Sprintf("%.1f s", spent.Seconds()), mib(usage.Maxrss << 10)})
	}
	fmt.Fprintf(w, "### `abide check` of %d installed kernel headers\n\n", len(list))
	table(w, rows)
	return nil
}
