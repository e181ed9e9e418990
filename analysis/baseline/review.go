package baseline

import (
	"context"
	"slices"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// Review is a file held against the baseline.
type Review struct {
	File     *File             // what the baseline knows of it
	Records  []*ReviewedRecord // those that differ, in the baseline's order
	Commands []*ReviewedCommand

	all   *Baseline
	known map[string]bool // names of records and commands, "command X", that are as they were
}

// ReviewedRecord is a record that differs from what was shipped.
type ReviewedRecord struct {
	Name    string
	Changes []Change         // worst first
	Own     *analysis.Record // nil if the file does not define it
	Views   []analysis.View  // where it is defined, in this file or another

	// Causes is the records of this file that it differs by: they are members
	// of it and differ themselves, and nothing else of it does. Elsewhere is set
	// if such a record belongs to another file of the baseline.
	Causes    []*ReviewedRecord
	Elsewhere bool
}

// ReviewedCommand is a command that differs from what was shipped.
type ReviewedCommand struct {
	Name      string
	Changes   []CommandChange
	Own       *analysis.Command // nil if the file does not define it
	Causes    []*ReviewedRecord
	Elsewhere bool
}

// Consequence tells whether another record is what changed.
func (r *ReviewedRecord) Consequence() bool { return len(r.Causes) > 0 || r.Elsewhere }

// Consequence tells whether a record is what changed.
func (c *ReviewedCommand) Consequence() bool { return len(c.Causes) > 0 || c.Elsewhere }

type reviewKey struct{ *Baseline }

// Review holds a snapshot against the baseline; nil if that knows nothing of
// its file. It is worked out once for a snapshot.
func (b *Baseline) Review(ctx context.Context, s *analysis.Snapshot) (*Review, error) {
	file := b.File(s.Path())
	if file == nil {
		return nil, nil
	}
	// Everything that ctx bounds is there before the memo runs.
	records, err := s.Records(ctx)
	if err != nil {
		return nil, err
	}
	commands, err := s.Commands(ctx)
	if err != nil {
		return nil, err
	}
	return s.Memo(reviewKey{b}, func() any {
		r := reviewer{
			Review: &Review{File: file, all: b, known: map[string]bool{}},
			ctx:    context.WithoutCancel(ctx), snapshot: s, records: records, commands: commands,
		}
		for _, a := range s.Config().ABIs {
			r.abis = append(r.abis, a.Name)
		}
		r.abis = Shared(b.ABIs, r.abis)
		r.run()
		return r.Review
	}).(*Review), nil
}

type reviewer struct {
	*Review
	ctx      context.Context
	snapshot *analysis.Snapshot
	abis     []string
	records  []*analysis.Record
	commands []*analysis.Command
}

func (r *reviewer) run() {
	for i := range r.File.Records {
		r.record(&r.File.Records[i])
	}
	for _, x := range r.Records {
		r.causes(x)
	}
	for i := range r.File.Commands {
		r.command(&r.File.Commands[i])
	}
}

func (r *reviewer) record(old *Record) {
	x := &ReviewedRecord{Name: old.Name}
	now := describe(r.records, old.Name)
	known := map[string]bool{} // ABIs with an answer, be it that there is no layout
	for _, own := range r.records {
		if own.Name != old.Name || !own.Named() {
			continue
		}
		if own.Stale {
			r.known[old.Name] = true // it is being typed
			return
		}
		if x.Own == nil {
			x.Own = own
		}
		for _, v := range own.Views {
			if v.Decl != nil && !known[v.Target.ABI.Name] {
				known[v.Target.ABI.Name] = true
				x.Views = append(x.Views, v)
			}
		}
	}
	r.elsewhere(old, &now, x, known)
	abis := slices.DeleteFunc(slices.Clone(r.abis), func(a string) bool {
		_, _, laid := now.On(a)
		return known[a] && !laid // unknown-layout speaks of it
	})
	if x.Changes = CompareRecord(old, &now, abis); keepWorst(&x.Changes) {
		r.Records = append(r.Records, x)
	} else {
		r.known[old.Name] = true
	}
}

// elsewhere adds a record that has moved into a file that this one includes.
func (r *reviewer) elsewhere(old, now *Record, x *ReviewedRecord, known map[string]bool) {
	if len(known) == len(r.snapshot.Config().ABIs) {
		return
	}
	facts, err := r.snapshot.Lookup(r.ctx, old.Name)
	if err != nil || facts == nil {
		return
	}
	for i := range facts.Views {
		v := &facts.Views[i]
		if v.Decl == nil || known[v.Target.ABI.Name] {
			continue
		}
		known[v.Target.ABI.Name] = true
		x.Views = append(x.Views, *v)
		if v.Layout != nil {
			l := Layout{Members: Members(v)}
			l.add(v.Target.ABI.Name, v.Layout.Size, v.Layout.Align)
			now.Layouts = append(now.Layouts, l)
		}
	}
}

// keepWorst sorts changes by harm and leaves out what is no change of what was
// shipped: a record that more ABIs have.
func keepWorst(list *[]Change) bool {
	*list = slices.DeleteFunc(*list, func(c Change) bool { return c.Kind == Added })
	slices.SortStableFunc(*list, func(a, b Change) int { return int(b.Kind) - int(a.Kind) })
	return len(*list) > 0
}

// causes finds the records that one differs by.
func (r *reviewer) causes(x *ReviewedRecord) {
	for _, c := range x.Changes {
		if c.Old == nil || c.New == nil || !sameDeclaration(c.Old.Members, c.New.Members) {
			return
		}
	}
	for i := range x.Views {
		v := &x.Views[i]
		if v.Layout == nil {
			continue
		}
		contained(v.Layout, func(d *decl.Record) {
			if own := r.reviewed(v, d); own != nil && own != x {
				if !slices.Contains(x.Causes, own) {
					x.Causes = append(x.Causes, own)
				}
			} else if r.changedElsewhere(v.Target, d) {
				x.Elsewhere = true
			}
		})
	}
}

func sameDeclaration(old, now []Member) bool {
	return slices.EqualFunc(old, now, func(a, b Member) bool { return a.Name == b.Name && a.Type == b.Type })
}

// contained visits the records that a layout contains by value.
func contained(l *layout.Layout, visit func(*decl.Record)) {
	for _, f := range l.Fields {
		for _, inner := range []*layout.Layout{f.Sub, f.Elem} {
			if inner != nil {
				visit(inner.Record)
				contained(inner, visit)
			}
		}
	}
}

// reviewed finds a definition among the records of this file that differ.
func (r *reviewer) reviewed(v *analysis.View, d *decl.Record) *ReviewedRecord {
	for _, x := range r.Records {
		for i := range x.Views {
			if x.Views[i].Target == v.Target && x.Views[i].Decl == d {
				return x
			}
		}
	}
	return nil
}

// changedElsewhere tells whether a definition of another file differs from what
// the baseline has of that file.
func (r *reviewer) changedElsewhere(t *analysis.Target, d *decl.Record) bool {
	loc, _ := t.Result.Place(d.Open)
	if loc.Path == r.snapshot.Path() {
		return false
	}
	file := r.all.File(loc.Path)
	if file == nil {
		return false
	}
	facts, err := r.snapshot.Lookup(r.ctx, d.CName())
	if err != nil || facts == nil {
		return false
	}
	for i := range facts.Views {
		v := &facts.Views[i]
		if v.Target != t || v.Decl != d || v.Layout == nil {
			continue
		}
		now := Record{Name: facts.Name, Layouts: []Layout{{Members: Members(v)}}}
		now.Layouts[0].add(t.ABI.Name, v.Layout.Size, v.Layout.Align)
		return len(CompareRecord(file.Record(facts.Name), &now, []string{t.ABI.Name})) > 0
	}
	return false
}

func (r *reviewer) command(old *Command) {
	c, err := r.snapshot.LookupCommand(r.ctx, old.Name)
	if err != nil {
		return
	}
	x := &ReviewedCommand{Name: old.Name}
	var all []*analysis.Command
	if c != nil {
		all = []*analysis.Command{c}
	}
	for _, own := range r.commands {
		if own.Name != old.Name {
			continue
		}
		if x.Own == nil {
			x.Own = own
		}
		if own != c {
			all = append(all, own)
		}
	}
	now := describeCommand(all, old.Name)
	abis := slices.DeleteFunc(slices.Clone(r.abis), func(a string) bool { return unknown(all, a) })
	x.Changes = slices.DeleteFunc(CompareCommand(old, &now, abis), func(c CommandChange) bool { return c.Kind == Added })
	if len(x.Changes) == 0 {
		r.known["command "+old.Name] = true
		return
	}
	r.carried(x, all)
	r.Commands = append(r.Commands, x)
}

// unknown tells whether a command is defined on an ABI without a number.
func unknown(all []*analysis.Command, abi string) bool {
	for _, c := range all {
		for i, v := range c.Values {
			if c.Targets[i].ABI.Name == abi && v != nil && v.Err != nil {
				return true
			}
		}
	}
	return false
}

// carried finds the records that a command differs by: all but its size is as
// it was, and what it carries differs.
func (r *reviewer) carried(x *ReviewedCommand, all []*analysis.Command) {
	for _, c := range x.Changes {
		if c.Kind != Broken || c.Old.Payload != c.New.Payload {
			return
		}
	}
	for _, c := range all {
		for i, v := range c.Values {
			if v == nil || v.Record == nil {
				continue
			}
			view := analysis.View{Target: c.Targets[i], Decl: v.Record}
			if own := r.reviewed(&view, v.Record); own != nil {
				if !slices.Contains(x.Causes, own) {
					x.Causes = append(x.Causes, own)
				}
			} else if r.changedElsewhere(c.Targets[i], v.Record) {
				x.Elsewhere = true
			}
		}
	}
}
