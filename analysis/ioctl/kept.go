package ioctl

import (
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// Kept is the commands of one version of a file on one target, with what they
// follow from, for the version after it.
type Kept struct {
	macros token.Map[*cpp.Macro] // at the end of the translation unit
	groups []*group
}

// group is the commands that one stretch of the file defines.
type group struct {
	stretch  *cpp.Stretch
	commands []*Command
	names    layout.Names // macros and declarations that they follow from
	work     int
	cut      bool // there was more than the bounds allow
}

// List is the commands, in the order of their definitions. nil has none.
func (k *Kept) List() []*Command {
	if k == nil {
		return nil
	}
	n := 0
	for _, g := range k.groups {
		n += len(g.commands)
	}
	list := make([]*Command, 0, n)
	for _, g := range k.groups {
		list = append(list, g.commands...)
	}
	return list
}

// maxDiffering is how many macros may be other ones than before while anything
// is kept.
const maxDiffering = 64

// Commands is as the function of that name, for a caller who asks again for
// later versions of a file and for other ABIs. before, which may be nil, is what
// an earlier version had on the same target; changed lists the names whose
// declarations are others since.
func (c *Cache) Commands(u *decl.Unit, e *layout.Engine, before *Kept, changed []token.Sym) *Kept {
	k := &Kept{macros: u.Result.Macros()}
	known, gone := before.standing(k.macros, changed)
	macros := 0
	for _, s := range u.Result.Stretches() {
		macros += len(s.Macros())
	}
	c.expect(macros)
	work := 0
	for _, s := range u.Result.Stretches() {
		if len(s.Macros()) == 0 {
			continue
		}
		g := known[s]
		if g == nil || g.cut || g.names.Meets(gone) || work+g.work > maxWork {
			g = c.group(s, u, e, maxWork-work)
		}
		k.groups = append(k.groups, g)
		if work += g.work; work > maxWork {
			break
		}
	}
	return k
}

// standing is the groups that may still hold, by their stretches, and the names
// that mean something else than they did.
func (k *Kept) standing(macros token.Map[*cpp.Macro], changed []token.Sym) (known map[*cpp.Stretch]*group, gone layout.Names) {
	if k == nil {
		return nil, gone
	}
	others, few := macros.Differences(k.macros, maxDiffering, func(a, b *cpp.Macro) bool { return a == b })
	if !few {
		return nil, gone
	}
	for _, list := range [][]token.Sym{changed, others} {
		for _, name := range list {
			gone.Add(name)
		}
	}
	known = make(map[*cpp.Stretch]*group, len(k.groups))
	for _, g := range k.groups {
		known[g.stretch] = g
	}
	return known, gone
}

// group finds the commands of a stretch. left is how much work they may cost.
func (c *Cache) group(s *cpp.Stretch, u *decl.Unit, e *layout.Engine, left int) *group {
	g := &group{stretch: s}
	for _, m := range s.Macros() {
		g.names.Add(m.Name)
		if m.FuncLike || u.Result.Macro(m.Name) != m {
			continue
		}
		for i := range m.Body {
			if m.Body[i].Kind == token.Ident {
				g.names.Add(m.Body[i].Sym)
			}
		}
		if !invokes(m, u.Result) {
			continue
		}
		r := c.reading(m, u)
		if g.work += r.work; g.work > left {
			g.cut = true
			break
		}
		g.names.Join(r.depends(e))
		if command := r.command(m, u, e); command != nil {
			g.commands = append(g.commands, command)
			if command.Payload != nil {
				g.names.Join(e.Depends(&decl.Sizeof{Type: command.Payload}))
			}
		}
	}
	return g
}

// depends is the names that what the reading says follows from.
func (r *reading) depends(e *layout.Engine) (names layout.Names) {
	for _, m := range r.macros {
		names.Add(m.name)
	}
	for _, n := range r.names {
		names.Add(n.name)
	}
	if !r.fixed {
		names.Join(r.value.depends(e))
	}
	if !r.head {
		for i := range r.uses {
			names.Join(r.uses[i].value.depends(e))
		}
	}
	return names
}

func (p parsed) depends(e *layout.Engine) (names layout.Names) {
	if p.expr == nil {
		return names
	}
	return e.Depends(p.expr)
}
