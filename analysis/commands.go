package analysis

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"abide/analysis/cpp"
	"abide/analysis/ioctl"
	"abide/analysis/token"
)

// Commands lists the ioctl commands that the file defines, in source order.
func (s *Snapshot) Commands(ctx context.Context) ([]*Command, error) {
	return s.commands.get(ctx, func(ctx context.Context) ([]*Command, error) {
		targets, err := s.Targets(ctx)
		if err != nil {
			return nil, err
		}
		return s.mergeCommands(targets), nil
	})
}

// mergeCommands brings together what the targets say about one #define. A
// name that is defined twice, under different conditions, is two commands.
func (s *Snapshot) mergeCommands(targets []*Target) []*Command {
	var list []*Command
	at := map[*cpp.Macro]*Command{}
	for i, found := range perTarget(targets, func(t *Target) []*ioctl.Command {
		return t.commands.of(t, &s.session.ioctls)
	}) {
		t := targets[i]
		for _, c := range found {
			merged := at[c.Macro]
			if merged == nil {
				merged = newCommand(t, c, targets)
				at[c.Macro] = merged
				if merged.Loc.Path == s.path {
					list = append(list, merged)
				}
			}
			merged.set(i, t, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *Command) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	for _, c := range list {
		c.Line = s.text.LineOf(c.Span.Start) + 1
	}
	return list
}

// keptCommands is the commands of a target, and those of an earlier version until
// its own are asked for.
type keptCommands struct {
	own    atomic.Pointer[ioctl.Kept]
	before *ioctl.Kept
	names  []token.Sym // declared anew since before
}

func (k *keptCommands) of(t *Target, cache *ioctl.Cache) []*ioctl.Command {
	found := cache.Commands(t.Unit, t.Engine, k.before, k.names)
	k.own.Store(found)
	return found.List()
}

// inherit takes over what the target of the version before has. changed is the
// names that have been declared anew since.
func (k *keptCommands) inherit(prev *keptCommands, changed []token.Sym) {
	if own := prev.own.Load(); own != nil {
		k.before, k.names = own, changed
	} else if len(prev.names)+len(changed) <= maxPending {
		k.before, k.names = prev.before, append(slices.Clip(prev.names), changed...)
	}
}

// newCommand makes a command out of what one target says.
func newCommand(t *Target, c *ioctl.Command, targets []*Target) *Command {
	merged := &Command{Name: c.Name, Targets: targets, Values: make([]*ioctl.Command, len(targets))}
	if loc, ok := t.Result.MacroLoc(c.Macro); ok {
		merged.Loc, merged.Span = loc, loc.Span
	}
	return merged
}

func (c *Command) set(target int, t *Target, v *ioctl.Command) {
	c.Values[target] = v
	if c.Payload == "" && v.Payload != nil {
		c.Payload = t.Spell(v.Payload, "")
	}
}

// LookupCommand finds a command by name, in this file or in what it includes;
// nil if there is none.
func (s *Snapshot) LookupCommand(ctx context.Context, name string) (*Command, error) {
	targets, err := s.Targets(ctx)
	if err != nil {
		return nil, err
	}
	return s.commandNamed(ctx, targets, token.Intern(name))
}
