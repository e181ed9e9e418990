package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"abide/analysis/compdb"
	"abide/analysis/config"
)

// options is what the flags of a subcommand say.
type options struct {
	set      *flag.FlagSet
	compdb   string
	abis     string
	scope    string
	config   string
	noConfig bool
	baseline string
	output   string
	changed  revisionFlag
	format   string
	failOn   string
	kbuild   bool
	color    string
	verbose  bool
	log      string
	files    []string
	flags    *compdb.Command // after "--"
	bodies   bool            // of functions in headers

	resolver *config.Resolver
	said     map[string]bool // .abide.toml whose problems have been printed
}

// The flags, by subcommand. Each takes only those that mean something to it.
var flagNames = map[string][]string{
	"check":      {"p", "abi", "scope", "format", "fail-on", "config", "no-config", "baseline", "changed", "kbuild", "color", "v"},
	"diff":       {"p", "abi", "format", "config", "no-config", "color"},
	"baseline":   {"p", "abi", "scope", "config", "no-config", "o"},
	"layout":     {"p", "abi", "format", "config", "no-config", "color"},
	"ioctls":     {"p", "abi", "format", "config", "no-config", "color"},
	"preprocess": {"p", "abi", "config", "no-config"},
	"serve":      {"log"},
}

// flagsOf makes the flags of a subcommand; nil if it has none.
func flagsOf(name string) *options {
	names := flagNames[name]
	if names == nil {
		return nil
	}
	o := &options{set: flag.NewFlagSet("abide "+name, flag.ContinueOnError)}
	o.set.SetOutput(io.Discard)
	for _, n := range names {
		switch n {
		case "p":
			o.set.StringVar(&o.compdb, n, "", "directory or file of compile_commands.json (default: looked for upwards from FILE)")
		case "abi":
			o.set.StringVar(&o.abis, n, "", "ABIs, separated by commas, or \"default\" or \"all\"; 'abide abis' lists them")
		case "scope":
			o.set.StringVar(&o.scope, n, "", "records that layout rules speak of: payload, uapi or all (default payload)")
		case "format":
			o.set.StringVar(&o.format, n, "text", strings.Join(formats[name], ", "))
		case "fail-on":
			o.set.StringVar(&o.failOn, n, "warning", "exit with 1 if a finding is at least error, warning, information or hint; or never")
		case "config":
			o.set.StringVar(&o.config, n, "", "this .abide.toml for all files (default: the nearest upwards of each FILE)")
		case "no-config":
			o.set.BoolVar(&o.noConfig, n, false, "read no .abide.toml")
		case "baseline":
			o.set.StringVar(&o.baseline, n, "", "the baseline to hold against, or none (default: what .abide.toml says)")
		case "changed":
			o.set.Var(&o.changed, n, "report only what a change touched: since HEAD, or --changed=`REV`")
		case "o":
			o.set.StringVar(&o.output, n, "", "the baseline to write, or - (default: what .abide.toml says, or -)")
		case "kbuild":
			o.set.BoolVar(&o.kbuild, n, false, "stand in for sparse: make C=2 CHECK='abide check --kbuild'; what follows is the compiler's")
		case "color":
			o.set.StringVar(&o.color, n, "auto", "colours: auto, always or never")
		case "v":
			o.set.BoolVar(&o.verbose, n, false, "also say what was read and what could not be found")
		case "log":
			o.set.StringVar(&o.log, n, "info", "what to log to stderr: debug, info, warn or error")
		}
	}
	return o
}

// parse reads a subcommand's arguments. Flags may stand anywhere before "--".
func parse(c *subcommand, s streams, args []string) (o *options, ok bool) {
	o = flagsOf(c.name)
	args, err := o.split(args)
	if err == nil {
		err = o.interleaved(args)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		help(context.Background(), nil, streams{s.in, s.out, s.err}, []string{c.name})
		return nil, false
	case err == nil:
		err = o.valid(c.name)
	}
	if err != nil {
		fmt.Fprintf(s.err, "abide %s: %v\nusage: abide %s %s\n", c.name, err, c.name, c.usage)
		return nil, false
	}
	return o, true
}

// split takes the compiler's flags off the arguments: those behind "--", and
// behind --kbuild with the file last, as the kernel's makefiles call sparse.
func (o *options) split(args []string) ([]string, error) {
	end := slices.IndexFunc(args, func(arg string) bool {
		return arg == "--" || o.set.Lookup("kbuild") != nil && (arg == "--kbuild" || arg == "-kbuild")
	})
	if end < 0 {
		return args, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return args, fmt.Errorf("cannot tell the current directory: %w", err)
	}
	rest := args[end+1:]
	if args[end] != "--" {
		o.kbuild = true
		if len(rest) == 0 || strings.HasPrefix(rest[len(rest)-1], "-") {
			return args, errors.New("--kbuild: no file at the end of the arguments: use make C=2 CHECK='abide check --kbuild', abide's own flags before --kbuild")
		}
		o.files = []string{rest[len(rest)-1]}
		command := sparseFlags(dir, rest)
		o.flags = &command
		return args[:end], nil
	}
	command := compdb.Parse(dir, rest)
	command.Source = "command line"
	o.flags = &command
	return args[:end], nil
}

func (o *options) interleaved(args []string) error {
	for {
		if err := o.set.Parse(args); err != nil {
			return err
		}
		if args = o.set.Args(); len(args) == 0 {
			return nil
		}
		o.files, args = append(o.files, args[0]), args[1:]
	}
}

// formats is the values of --format, by subcommand.
var formats = map[string][]string{
	"check":  {"text", "json", "sarif", "github"},
	"layout": {"text", "json"},
	"ioctls": {"text", "json"},
	"diff":   {"text", "json"},
}

// choices is the values that other flags are limited to.
var choices = map[string][]string{
	"scope":   {"payload", "uapi", "all"},
	"color":   {"auto", "always", "never"},
	"log":     {"debug", "info", "warn", "error"},
	"fail-on": {"error", "warning", "information", "hint", "never"},
}

func (o *options) valid(command string) (err error) {
	o.set.Visit(func(f *flag.Flag) {
		list := choices[f.Name]
		if f.Name == "format" {
			list = formats[command]
		}
		if list != nil && !slices.Contains(list, f.Value.String()) {
			err = fmt.Errorf("--%s %s: give one of %s", f.Name, f.Value, strings.Join(list, ", "))
		}
	})
	if err == nil && o.config != "" && o.noConfig {
		err = errors.New("--config and --no-config: give one of them")
	}
	return err
}

// given tells whether a flag stands on the command line.
func (o *options) given(name string) (found bool) {
	o.set.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}
