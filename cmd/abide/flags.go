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

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/compdb"
)

// options is what the flags of a subcommand say.
type options struct {
	set     *flag.FlagSet
	compdb  string
	abis    string
	scope   string
	format  string
	color   string
	verbose bool
	log     string
	files   []string
	flags   *compdb.Command // after "--"
	bodies  bool            // of functions in headers
}

// The flags, by subcommand. Each takes only those that mean something to it.
var flagNames = map[string][]string{
	"check":      {"p", "abi", "scope", "format", "color", "v"},
	"layout":     {"p", "abi", "format", "color"},
	"ioctls":     {"p", "abi", "format"},
	"preprocess": {"p", "abi"},
	"serve":      {"log"},
}

// scopes is the values of --scope.
var scopes = map[string]analysis.Scope{
	"payload": analysis.ScopePayload,
	"uapi":    analysis.ScopeUAPI,
	"all":     analysis.ScopeAll,
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
			o.set.StringVar(&o.abis, n, "default", "ABIs, separated by commas, or \"default\" or \"all\"; 'abide abis' lists them")
		case "scope":
			o.set.StringVar(&o.scope, n, "payload", "records that layout rules speak of: payload, uapi or all")
		case "format":
			o.set.StringVar(&o.format, n, "text", "text or json")
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
	if i := slices.Index(args, "--"); i >= 0 {
		dir, err := os.Getwd()
		if err != nil {
			fmt.Fprintf(s.err, "abide %s: cannot tell the current directory: %v\n", c.name, err)
			return nil, false
		}
		command := compdb.Parse(dir, args[i+1:])
		command.Source = "command line"
		o.flags, args = &command, args[:i]
	}
	err := o.interleaved(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		help(context.Background(), nil, streams{s.in, s.out, s.err}, []string{c.name})
		return nil, false
	case err == nil:
		err = o.valid()
	}
	if err != nil {
		fmt.Fprintf(s.err, "abide %s: %v\nusage: abide %s %s\n", c.name, err, c.name, c.usage)
		return nil, false
	}
	return o, true
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

// choices is the values that some flags are limited to.
var choices = map[string][]string{
	"scope":  {"payload", "uapi", "all"},
	"format": {"text", "json"},
	"color":  {"auto", "always", "never"},
	"log":    {"debug", "info", "warn", "error"},
}

func (o *options) valid() (err error) {
	o.set.VisitAll(func(f *flag.Flag) {
		if list := choices[f.Name]; list != nil && !slices.Contains(list, f.Value.String()) {
			err = fmt.Errorf("--%s %s: give one of %s", f.Name, f.Value, strings.Join(list, ", "))
		}
	})
	return err
}

// session makes a session with what the flags choose.
func (o *options) session() (*analysis.Session, error) {
	cfg := analysis.Config{CompDB: o.compdb, Flags: o.flags, Scope: scopes[o.scope], Checks: checks.All(), Bodies: o.bodies}
	var err error
	if cfg.ABIs, err = abi.Parse(o.abis); err != nil {
		return nil, fmt.Errorf("--abi: %w", err)
	}
	return analysis.NewSession(cfg, nil), nil
}
