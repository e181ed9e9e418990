package main

import (
	"context"
	"fmt"

	"abide/analysis/abi"
)

func preprocess(ctx context.Context, c *subcommand, s streams, args []string) int {
	o, ok := parse(c, s, args)
	if !ok {
		return exitTrouble
	}
	if o.abis == "" || o.abis == "default" {
		o.abis = abi.Default()[0].Name
	}
	one, err := abi.Parse(o.abis)
	switch {
	case err != nil:
		fmt.Fprintf(s.err, "abide preprocess: --abi: %v\n", err)
		return exitTrouble
	case len(o.files) != 1:
		fmt.Fprintf(s.err, "abide preprocess: give one file\nusage: abide %s %s\n", c.name, c.usage)
		return exitTrouble
	case len(one) != 1:
		fmt.Fprintf(s.err, "abide preprocess: --abi %s: give one ABI\n", o.abis)
		return exitTrouble
	}
	o.bodies = true
	session, err := o.session()
	if err != nil {
		fmt.Fprintf(s.err, "abide preprocess: %v\n", err)
		return exitTrouble
	}
	trouble := o.sayConfig(s.err, o.files[0])
	snapshot, err := open(session, o.files[0])
	if err != nil {
		fmt.Fprintf(s.err, "abide preprocess: %v\n", err)
		return exitTrouble
	}
	targets, err := snapshot.Targets(ctx)
	if err != nil {
		fmt.Fprintf(s.err, "abide preprocess: %s: %v\n", o.files[0], err)
		return exitTrouble
	}
	r := targets[0].Result
	shown := newShownPath(snapshot.Path(), o.files[0])
	for _, p := range r.Problems() {
		fmt.Fprintf(s.err, "%s: %s\n", position(snapshot, shown, p.Loc), printable(p.Message))
	}
	for _, inc := range r.Includes() {
		if inc.Err != "" {
			fmt.Fprintf(s.err, "%s: %s: %s\n", position(snapshot, shown, inc.Loc), printable(inc.Name), inc.Err)
		}
	}
	if err := r.Print(s.out); err != nil {
		fmt.Fprintf(s.err, "abide preprocess: writing: %v\n", err)
		trouble = true
	}
	if trouble {
		return exitTrouble
	}
	return exitClean
}
