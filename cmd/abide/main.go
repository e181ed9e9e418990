// Command abide tells, for C headers and drivers, whether every program on
// every Linux ABI sees the same bytes: as a language server, and on the
// command line.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit codes, as compilers and linters have them.
const (
	exitClean    = 0
	exitFindings = 1
	exitTrouble  = 2 // wrong usage, or an input that cannot be read
)

// streams is where a subcommand reads and writes.
type streams struct {
	in  io.ReadCloser
	out io.WriteCloser
	err io.Writer
}

// subcommand is one row of what abide can do.
type subcommand struct {
	name    string
	usage   string // what follows the name
	summary string
	run     func(context.Context, *subcommand, streams, []string) int
}

// subcommands is filled in by init: help lists it.
var subcommands []*subcommand

func init() {
	subcommands = []*subcommand{
		{"check", "[flags] FILE|DIR... [-- compiler flags]", "report what breaks between ABIs", check},
		{"layout", "[flags] FILE[:TAG]... [-- compiler flags]", "print records as pahole does, ABIs side by side", layouts},
		{"ioctls", "[flags] FILE... [-- compiler flags]", "print ioctl commands and their numbers", ioctls},
		{"baseline", "[flags] FILE|DIR... [-- compiler flags]", "write down what is shipped, so that only what is new or changed is reported", writeBaseline},
		{"diff", "[flags] OLD NEW | OLD..NEW [PATH...] [-- compiler flags]", "compare the layouts and commands of trees, git revisions or baselines", diff},
		{"preprocess", "[flags] FILE [-- compiler flags]", "print what the compiler for one ABI would see", preprocess},
		{"abis", "", "list the ABIs", abis},
		{"serve", "[flags]", "speak the Language Server Protocol on stdin and stdout", serve},
		{"version", "", "print the version", version},
		{"help", "[command]", "explain a command", help},
	}
}

func main() {
	growFirst()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, streams{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}

func run(ctx context.Context, s streams, args []string) int {
	if len(args) == 0 {
		usage(s.err)
		return exitTrouble
	}
	name := args[0]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version":
		name = "version"
	}
	out := &output{WriteCloser: s.out}
	s.out = out
	for _, c := range subcommands {
		if c.name != name {
			continue
		}
		code := c.run(ctx, c, s, args[1:])
		if out.err != nil {
			fmt.Fprintf(s.err, "abide %s: cannot write the output: %v\n", name, out.err)
			return exitTrouble
		}
		return code
	}
	fmt.Fprintf(s.err, "abide: there is no command %q; 'abide help' lists them\n", args[0])
	return exitTrouble
}

// output remembers that something could not be written, so that nobody takes
// half a report for a whole one.
type output struct {
	io.WriteCloser
	err error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.WriteCloser.Write(b)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

func usage(w io.Writer) {
	fmt.Fprint(w, "abide: will every program that meets this struct, on every architecture, see the same bytes?\n\nusage: abide COMMAND [arguments]\n\n")
	for _, c := range subcommands {
		fmt.Fprintf(w, "  %-11s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\n'abide help COMMAND' explains one.\n")
}

func help(_ context.Context, _ *subcommand, s streams, args []string) int {
	if len(args) == 0 {
		usage(s.out)
		return exitClean
	}
	for _, c := range subcommands {
		if c.name == args[0] {
			fmt.Fprintf(s.out, "usage: abide %s %s\n\n%s\n", c.name, c.usage, c.summary)
			if f := flagsOf(c.name); f != nil {
				fmt.Fprint(s.out, "\nflags:\n")
				f.set.SetOutput(s.out)
				f.set.PrintDefaults()
			}
			return exitClean
		}
	}
	fmt.Fprintf(s.err, "abide help: there is no command %q; 'abide help' lists them\n", args[0])
	return exitTrouble
}
