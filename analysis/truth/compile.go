package truth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// compileTime bounds one run of a compiler.
const compileTime = 3 * time.Minute

// running bounds the compilers that run at once.
var running = make(chan struct{}, runtime.NumCPU())

// describe makes a compiler tell every record, used or not.
var describe = []string{"-c", "-w", "-O0", "-fno-eliminate-unused-debug-types", "-fno-common"}

// debug asks for the DWARF version that tells bit-fields plainly: gcc needs 5
// for offsets in memory order; clang's 5 indexes its strings, which few
// relocations of an object allow.
// gcc is told to report an error in a macro where the macro is used: in the
// text, not in a header.
func (c *Compiler) debug() []string {
	if c.Command == "clang" {
		return []string{"-gdwarf-4"}
	}
	return []string{"-gdwarf-5", "-ftrack-macro-expansion=0"}
}

// CompileError is what a compiler had against a text.
type CompileError struct {
	Command string
	Output  string
	Lines   []int // of the text, that errors were given for
}

func (e *CompileError) Error() string {
	for line := range strings.Lines(e.Output) {
		if strings.Contains(line, "error:") {
			return fmt.Sprintf("%s: %s", e.Command, strings.TrimSpace(line))
		}
	}
	return fmt.Sprintf("%s: %s", e.Command, e.Output)
}

var errorLine = regexp.MustCompile(`(?m)^<stdin>:(\d+):\d+: (?:fatal )?error:`)

// Compile compiles a text to an object with debug information. A text that the
// compiler does not accept gives a *CompileError.
func (c *Compiler) Compile(src string, flags ...string) (*Object, error) {
	dir, err := os.MkdirTemp("", "abide-truth-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "out.o")
	args := append([]string{}, describe...)
	args = append(args, c.debug()...)
	args = append(args, flags...)
	if _, err := c.run(src, append(args, "-x", "c", "-", "-o", out)...); err != nil {
		return nil, err
	}
	return ReadObject(out)
}

// Accepts tells whether the compiler takes a text without error.
func (c *Compiler) Accepts(src string, flags ...string) bool {
	_, err := c.run(src, append(append([]string{"-w", "-fsyntax-only"}, flags...), "-x", "c", "-")...)
	return err == nil
}

// Preprocess gives a text's expansion, without line markers.
func (c *Compiler) Preprocess(src string, flags ...string) (string, error) {
	return c.run(src, append(append([]string{"-E", "-P"}, flags...), "-x", "c", "-")...)
}

// Macros gives the macros that are defined at a text's end, as #define lines.
func (c *Compiler) Macros(src string, flags ...string) (string, error) {
	return c.run(src, append(append([]string{"-E", "-dM"}, flags...), "-x", "c", "-")...)
}

// run feeds a text to the compiler's standard input and gives its standard output.
func (c *Compiler) run(src string, args ...string) (string, error) {
	running <- struct{}{}
	defer func() { <-running }()
	ctx, cancel := context.WithTimeout(context.Background(), compileTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Command, append(append([]string{}, c.Flags...), args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.Stdin = strings.NewReader(src)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if err == nil {
		return stdout.String(), nil
	}
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		return "", fmt.Errorf("running %s (Debian package %s): %w", c.Command, c.Package, err)
	}
	ce := &CompileError{Command: c.Command, Output: stderr.String()}
	for _, m := range errorLine.FindAllStringSubmatch(ce.Output, -1) {
		n, _ := strconv.Atoi(m[1])
		ce.Lines = append(ce.Lines, n)
	}
	return "", ce
}
