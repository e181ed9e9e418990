// Package ioctlsizelimit is the rule ioctl-size-limit: a payload whose size
// does not fit the bits that a command's number has for it.
package ioctlsizelimit

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/command"
	"abide/analysis/payload"
)

//go:embed doc.md
var doc string

// Check reports sizes that no ABI has room for as errors, and those that only
// some have room for as warnings, whichever ABIs are selected.
var Check = &analysis.Check{
	Name:     "ioctl-size-limit",
	Summary:  "a command whose payload does not fit the size bits of its number",
	Doc:      doc,
	Severity: analysis.Error,
	Run:      run,
}

// The widths of the size in a number (asm/ioctl.h).
const (
	wideBits   = 14
	narrowBits = 13
)

// most is the largest size that so many bits hold.
func most(bits uint) int64 { return 1<<bits - 1 }

// narrow names the architectures with the smaller width.
var narrow = sync.OnceValue(func() []string {
	var names []string
	for _, a := range abi.All() {
		if a.Ioctl.SizeBits == narrowBits && !slices.Contains(names, a.Arch) {
			names = append(names, a.Arch)
		}
	}
	slices.Sort(names)
	return names
})

func run(p *analysis.Pass) {
	for _, c := range command.List(p) {
		sizes := c.Sizes(command.Everywhere)
		largest := int64(0)
		for _, g := range sizes {
			largest = max(largest, g.Value)
		}
		if largest <= most(narrowBits) {
			continue
		}
		carries := payload.Bytes(largest)
		if len(sizes) > 1 {
			carries = payload.Each(sizes, payload.Bytes)
		}
		severity, limit, where := analysis.Error, most(wideBits), ""
		if largest <= limit {
			severity, limit, where = analysis.Warning, most(narrowBits), " on "+payload.List(narrow())
		}
		f := c.Finding(severity, fmt.Sprintf("%s carries %s: a command's number has room for %d%s", c.Name, carries, limit, where))
		for _, g := range sizes {
			if g.Value > limit {
				f.ABIs = append(f.ABIs, g.Names...)
			}
		}
		if s, ok := c.PayloadArgument(); ok {
			f.Span = s.Span
		}
		p.Report(f)
	}
}
