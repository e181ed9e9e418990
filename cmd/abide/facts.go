package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"abide/analysis/abi"
)

// abis lists the ABIs with what makes them differ.
func abis(_ context.Context, c *subcommand, s streams, args []string) int {
	if len(args) > 0 {
		fmt.Fprintf(s.err, "abide %s: takes no arguments\n", c.name)
		return exitTrouble
	}
	defaults := map[*abi.ABI]bool{}
	for _, a := range abi.Default() {
		defaults[a] = true
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tDEFAULT\tBYTE ORDER\tLONG\tPOINTER\tU64 MEMBER ALIGNS TO\tSHARES A KERNEL WITH\tDESCRIPTION")
	for _, a := range abi.All() {
		order, mark := "little", ""
		if a.BigEndian {
			order = "big"
		}
		if defaults[a] {
			mark = "*"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%d\t%s\t%s\n", a.Name, mark, order,
			a.Types[abi.Long].Size, a.Types[abi.Pointer].Size, a.Types[abi.ULongLong].FieldAlign,
			strings.Join(a.Partners, ", "), a.Description)
	}
	w.Flush()
	return exitClean
}

func version(_ context.Context, c *subcommand, s streams, args []string) int {
	if len(args) > 0 {
		fmt.Fprintf(s.err, "abide %s: takes no arguments\n", c.name)
		return exitTrouble
	}
	fmt.Fprintf(s.out, "abide %s\n", buildVersion())
	return exitClean
}

// buildVersion is the module's version, or the revision that was built.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
	}
	if revision := settings["vcs.revision"]; revision != "" && !strings.Contains(version, revision[:min(12, len(revision))]) {
		version += " " + revision
	}
	return version + " " + info.GoVersion + " " + settings["GOOS"] + "/" + settings["GOARCH"]
}
