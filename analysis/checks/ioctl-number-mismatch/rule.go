// Package ioctlnumbermismatch is the rule ioctl-number-mismatch: a command
// that has two numbers in one kernel.
package ioctlnumbermismatch

import (
	_ "embed"
	"fmt"
	"slices"

	"abide/analysis"
	"abide/analysis/command"
	"abide/analysis/payload"
	"abide/analysis/text"
)

//go:embed doc.md
var doc string

// Check reports commands whose number differs between ABIs that one kernel
// serves, where nothing in this file is reported as the cause: a record of
// another file, or a type without members. Pointers and sizes in the place of
// a type are told by the rules about those.
var Check = &analysis.Check{
	Name:     "ioctl-number-mismatch",
	Summary:  "a command whose number differs between ABIs that one kernel serves",
	Doc:      doc,
	Severity: analysis.Warning,
	Run:      run,
}

func run(p *analysis.Pass) {
	for _, c := range command.Names(p) {
		differs := c.Differing()
		if len(differs) == 0 || otherwise(p, c) || explained(p, c, differs) {
			continue
		}
		of := func(i int) bool { return differs[i] }
		numbers, _ := payload.Numbers(c.Command, differs)
		message := c.Name + " is " + numbers
		sizes := c.Sizes(of)
		if c.Payload != "" && len(sizes) > 1 && len(c.Others) == 0 {
			message += ": it carries '" + c.Payload + "', " + payload.Each(sizes, payload.Bytes)
		}
		f := c.Finding(analysis.Warning, message)
		f.ABIs = c.OtherABIs(differs)
		if note, ok := payload.Elsewhere(c.Views(of)); ok {
			f.Related = append(f.Related, note)
		}
		for _, other := range c.Others {
			f.Related = append(f.Related, analysis.Related{Loc: other.Loc, Message: c.Name + " is defined here, too"})
		}
		if len(sizes) > 1 && len(c.Others) == 0 {
			f.Plan = func() []analysis.Fix { return fixes(c) }
		}
		p.Report(f)
	}
}

// otherwise tells whether another rule about commands reports this one.
func otherwise(p *analysis.Pass, c *command.Command) bool {
	v, _ := c.First()
	return v.SizeofTwice && p.On("ioctl-sizeof") || c.CarriesPointer() && p.On("ioctl-pointer-arg")
}

// explained tells whether the numbers differ because a record of this file
// does, about which a layout rule that is on speaks. A record that this file
// defines differently for the ABIs is several records, each of which is sound.
func explained(p *analysis.Pass, c *command.Command, differs map[int]bool) bool {
	var record *analysis.Record
	sizes := map[int64]bool{}
	for i := range differs {
		v := c.Values[i]
		if v.Record == nil {
			return false
		}
		r := p.RecordOf(&analysis.View{Target: c.Targets[i], Decl: v.Record})
		if r == nil || record != nil && r != record {
			return false
		}
		record = r
		if l := r.Views[i].Layout; l != nil {
			sizes[l.Size] = true
		}
	}
	if len(sizes) < 2 {
		return false
	}
	rules := payload.Reasons(p, record)
	return len(rules) == 0 || slices.ContainsFunc(rules, p.On)
}

// fixes offers the fixed-width type for an integer of varying width.
func fixes(c *command.Command) []analysis.Fix {
	spelled, ok := c.PayloadArgument()
	if !ok {
		return nil
	}
	typ := c.Fixed()
	if typ == "" {
		return nil
	}
	return []analysis.Fix{{
		Title: fmt.Sprintf("Change '%s' to '%s' (changes the ABI)", spelled.Text, typ),
		Edits: []text.Edit{{Span: spelled.Span, New: typ}},
	}}
}
