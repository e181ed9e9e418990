// Package command is an ioctl command as the rules see it: where its #define
// spells what, which of its ABIs one kernel serves, and what its fixes edit.
// Another name for a command is none of its own.
package command

import (
	"slices"

	"abide/analysis"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/token"
)

// Command is a command that the file defines.
type Command struct {
	*analysis.Command
	// Others is further definitions of the name, of what Names gives.
	Others []*Command

	pass  *analysis.Pass
	macro *cpp.Macro
}

type memoKey struct{}

// List gives the commands of the file, once for all rules.
func List(p *analysis.Pass) []*Command {
	return p.Memo(memoKey{}, func() any {
		commands := make(map[token.Sym][]*analysis.Command, len(p.Commands()))
		for _, c := range p.Commands() {
			if m := macroOf(c); m != nil {
				commands[m.Name] = append(commands[m.Name], c)
			}
		}
		var list []*Command
		for _, c := range p.Commands() {
			if m := macroOf(c); m != nil && !alias(c, m, commands) {
				list = append(list, &Command{Command: c, pass: p, macro: m})
			}
		}
		return list
	}).([]*Command)
}

// Names gives the commands of the file, those that an #if defines differently
// for the ABIs as one, with the other definitions.
func Names(p *analysis.Pass) []*Command {
	var list []*Command
	at := make(map[string]int, len(List(p))) // in list
	for _, c := range List(p) {
		k, known := at[c.Name]
		if !known {
			at[c.Name] = len(list)
			list = append(list, c)
			continue
		}
		first := list[k]
		if len(first.Others) == 0 { // what List gives is everybody's
			clone, merged := *first, *first.Command
			merged.Values = slices.Clone(merged.Values)
			clone.Command = &merged
			first = &clone
			list[k] = first
		}
		first.Others = append(first.Others, c)
		for i, v := range c.Values {
			if first.Values[i] == nil {
				first.Values[i] = v
			}
		}
	}
	return list
}

func macroOf(c *analysis.Command) *cpp.Macro {
	for _, v := range c.Values {
		if v != nil {
			return v.Macro
		}
	}
	return nil
}

// alias tells whether a command names another one, alone or as one of several
// that it chooses from, and has its number.
func alias(c *analysis.Command, m *cpp.Macro, commands map[token.Sym][]*analysis.Command) bool {
	for _, t := range m.Body {
		for _, other := range commands[t.Sym] {
			if t.Kind == token.Ident && other != c && sameNumber(c, other) {
				return true
			}
		}
	}
	return false
}

// sameNumber tells whether two commands are equal on a target, or neither has
// a number there.
func sameNumber(a, b *analysis.Command) bool {
	for i, v := range a.Values {
		w := b.Values[i]
		if v != nil && w != nil && (v.Err != nil && w.Err != nil || v.Err == nil && w.Err == nil && v.Code.Value == w.Code.Value) {
			return true
		}
	}
	return false
}

// Finding starts a finding about the command, at its name.
func (c *Command) Finding(severity analysis.Severity, message string) analysis.Finding {
	return analysis.Finding{Severity: severity, Span: c.Span, Message: message, Command: c.Name}
}

// First is the command on the first ABI that defines it, and which that is.
func (c *Command) First() (v *ioctl.Command, target int) {
	for i, v := range c.Values {
		if v != nil {
			return v, i
		}
	}
	return nil, -1
}

// Resolved is what the command carries on a target, typedefs resolved; nil for
// nothing, or if that is not known.
func (c *Command) Resolved(target int) decl.Type {
	v := c.Values[target]
	if v == nil || v.Payload == nil {
		return nil
	}
	t, err := c.Targets[target].Engine.Resolve(v.Payload)
	if err != nil {
		return nil
	}
	return t
}
