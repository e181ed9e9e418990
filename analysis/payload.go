package analysis

import (
	"cmp"
	"context"

	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/usercopy"
)

// markPayloads finds the records that cross the kernel boundary, and why.
func (s *Snapshot) markPayloads(ctx context.Context, targets []*Target, index *recordIndex) error {
	commands, err := s.Commands(ctx)
	if err != nil {
		return err
	}
	marks, err := s.readMarks(ctx)
	if err != nil {
		return err
	}
	copies, err := s.copies(ctx)
	if err != nil {
		return err
	}
	b := boundary{index: index, commands: commands, copies: copies}
	for _, r := range index.list {
		switch {
		case marks.marked(s, r):
			r.Payload, r.Reason = true, "abide:payload"
			b.roots = append(b.roots, r)
		case s.config.isPayload(r.Name):
			r.Payload, r.Reason = true, "setting payloads"
			b.roots = append(b.roots, r)
		}
	}
	for _, c := range commands {
		b.reasons = append(b.reasons, "ioctl "+c.Name)
	}
	crossing := make([][]crossing, len(targets))
	parallel(len(targets), func(i int) { crossing[i] = b.crossed(i, targets[i]) })
	for _, list := range crossing {
		mark(list)
	}
	for _, c := range commands {
		for i, v := range c.Values {
			if v == nil || v.Record == nil {
				continue
			}
			if r := index.of[i][v.Record]; r != nil && !contains(r.Commands, c) {
				r.Commands = append(r.Commands, c)
			}
		}
	}
	s.markCarried(targets, index)
	return nil
}

// boundary is what says which records cross it.
type boundary struct {
	index    *recordIndex
	roots    []*Record // by comments and settings
	commands []*Command
	reasons  []string // parallel to commands
	copies   []usercopy.Named
}

// crossing is a record of the file that crosses the kernel boundary.
type crossing struct {
	record *Record
	reason string
}

// mark makes payloads of records. What is said first of one counts.
func mark(list []crossing) {
	for _, c := range list {
		if !c.record.Payload {
			c.record.Payload, c.record.Reason = true, c.reason
		}
	}
}

// crossed lists the records that cross on the i-th target.
func (b *boundary) crossed(i int, t *Target) []crossing {
	reach := reach{target: t, of: b.index.of[i], done: map[*decl.Record]bool{}}
	for _, r := range b.roots {
		if d := r.Views[i].Decl; d != nil {
			reach.record(d, r.Reason)
		}
	}
	for n, c := range b.commands {
		v := c.Values[i]
		if v == nil {
			continue
		}
		for _, d := range t.meant(v) {
			reach.record(d, b.reasons[n])
		}
		if v.Record != nil {
			reach.record(v.Record, b.reasons[n])
		}
	}
	for _, c := range b.copies {
		if d := t.copied(&c); d != nil {
			reach.record(d, c.Function)
		}
	}
	return reach.found
}

// meant is the records that cross with a command although its number does not
// have their size: behind a pointer, or by a size in the place of the type.
func (t *Target) meant(v *ioctl.Command) []*decl.Record {
	typ := v.Payload
	if size, ok := v.Operand.(*decl.Sizeof); ok {
		typ = size.Type
	}
	if v.Record != nil || typ == nil {
		return nil
	}
	var list []*decl.Record
	for range maxPointers {
		resolved := t.resolve(typ)
		if p, ok := resolved.(*decl.Pointer); ok {
			typ = p.Elem
			continue
		}
		if a, ok := resolved.(*decl.Array); ok {
			list = t.measured(list, a.Len, 0)
		}
		break
	}
	if d := t.recordOf(typ); d != nil {
		list = append(list, d)
	}
	return list
}

// maxPointers bounds how many pointers are followed from a command.
const maxPointers = 4

// measured adds the records that an expression takes the sizes of, as the
// bound in char[sizeof(struct foo) + N].
func (t *Target) measured(list []*decl.Record, x decl.Expr, depth int) []*decl.Record {
	if depth > maxNesting {
		return list
	}
	switch x := x.(type) {
	case *decl.Sizeof:
		if x.Type != nil {
			if d := t.recordOf(x.Type); d != nil {
				return append(list, d)
			}
		}
	case *decl.Binary:
		return t.measured(t.measured(list, x.X, depth+1), x.Y, depth+1)
	case *decl.Cast:
		return t.measured(list, x.X, depth+1)
	}
	return list
}

func contains(list []*Command, c *Command) bool {
	for _, x := range list {
		if x == c {
			return true
		}
	}
	return false
}

// reach walks from a payload to all that it contains by value.
type reach struct {
	target *Target
	of     map[*decl.Record]*Record
	done   map[*decl.Record]bool
	found  []crossing // of this file
}

func (w *reach) record(d *decl.Record, reason string) {
	if w.done[d] {
		return
	}
	w.done[d] = true
	if r := w.of[d]; r != nil {
		w.found = append(w.found, crossing{r, reason})
	}
	l, err := w.target.Engine.Record(d)
	if err != nil {
		for _, f := range d.Fields {
			w.member(d, w.target.recordOf(f.Type), reason)
		}
		return
	}
	for i := range l.Fields {
		if inner := cmp.Or(l.Fields[i].Sub, l.Fields[i].Elem); inner != nil {
			w.member(d, inner.Record, reason)
		}
	}
}

func (w *reach) member(outer, d *decl.Record, reason string) {
	if d != nil && !w.done[d] {
		w.record(d, w.memberOf(outer, reason))
	}
}

// memberOf is the reason of what stands inside of d.
func (w *reach) memberOf(d *decl.Record, reason string) string {
	if d.Tag != 0 {
		return "member of " + recordName(d, "")
	}
	if r := w.of[d]; r != nil && r.Named() {
		return "member of " + r.Name
	}
	return reason
}

// maxNesting bounds how many array dimensions are followed to a record.
const maxNesting = 64

// recordOf is the definition of what a type is, or is an array of; nil if
// that is not a record, or not known.
func (t *Target) recordOf(typ decl.Type) *decl.Record {
	for range maxNesting {
		switch r := t.resolve(typ).(type) {
		case *decl.Array:
			typ = r.Elem
		case *decl.RecordRef:
			if r.Def != nil {
				return r.Def
			}
			return t.Engine.Scope.Record(r.Union, r.Tag)
		default:
			return nil
		}
	}
	return nil
}

// resolve is what a type is behind typedefs, typeof and attributes; nil if that
// is not known.
func (t *Target) resolve(typ decl.Type) decl.Type {
	switch typ.(type) {
	case *decl.Basic, *decl.Pointer, *decl.Array, *decl.RecordRef:
		return typ
	}
	resolved, err := t.Engine.Resolve(typ)
	if err != nil {
		return nil
	}
	return resolved
}
