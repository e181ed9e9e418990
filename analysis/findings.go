package analysis

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
)

// Pass is what a Check works with: one snapshot, all computed, and where to
// put findings.
type Pass struct {
	*Snapshot
	Check  *Check
	Report func(Finding)

	ctx   context.Context
	facts *facts
	only  *Record // the subject of a rule about single records; nil for all
}

// facts is what all checks of a snapshot look at.
type facts struct {
	targets  []*Target
	records  *recordIndex
	commands []*Command
	marks    *marks
	kin      *kinship
	verdicts []verdict // by Record.at, while rules about the whole file run
}

// Context ends when nobody waits for the findings any more: a check that may
// take long asks it now and then.
func (p *Pass) Context() context.Context { return p.ctx }

// Targets is the file for every selected ABI.
func (p *Pass) Targets() []*Target { return p.facts.targets }

// Records is all records that the file defines. Layout rules ask for Subjects.
func (p *Pass) Records() []*Record { return p.facts.records.list }

// Commands is all ioctl commands that the file defines.
func (p *Pass) Commands() []*Command { return p.facts.commands }

// Subjects is the records that layout rules speak of, by the configured scope,
// in source order; of a PerRecord rule, the one that it is asked about. Records
// whose text no longer parses are left out: they are being typed.
func (p *Pass) Subjects() []*Record {
	if p.only != nil {
		return []*Record{p.only}
	}
	var list []*Record
	for _, r := range p.facts.records.list {
		if p.subject(r) {
			list = append(list, r)
		}
	}
	return list
}

// IsSubject tells whether layout rules speak of a record of this file.
func (p *Pass) IsSubject(r *Record) bool { return p.subject(r) }

// Containers lists the subjects that contain a record of this file by value, in
// source order.
func (p *Pass) Containers(r *Record) []*Record { return p.facts.kin.containers[r.at] }

// Inside lists the records of this file that a subject contains by value, at
// any depth.
func (p *Pass) Inside(r *Record) []*Record { return p.facts.kin.inside[r.at] }

// Keep gives what build makes of a subject, and keeps it for as long as what
// rules say of the record stands: see verdicts for what it may follow from. It
// must hold nothing of the snapshot.
func (p *Pass) Keep(r *Record, key any, build func() any) any {
	if p.facts.verdicts == nil || p.facts.verdicts[r.at].kept == nil {
		return build()
	}
	return p.facts.verdicts[r.at].kept.get(key, build)
}

// RecordOf finds the record of this file that a target's definition belongs
// to; nil if another file defines it.
func (p *Pass) RecordOf(v *View) *Record {
	for i, t := range p.facts.targets {
		if t == v.Target {
			return p.facts.records.of[i][v.Decl]
		}
	}
	return nil
}

// On tells whether a rule may speak: the configuration does not switch it off.
func (p *Pass) On(rule string) bool {
	override, configured := p.config.Severities[rule]
	return !configured || override != Off
}

// Findings runs the checks: in source order, suppressions and severities
// applied. A check that panics loses its own findings and is logged.
func (s *Snapshot) Findings(ctx context.Context) ([]Finding, error) {
	return s.findings.get(ctx, s.runChecks)
}

func (s *Snapshot) runChecks(ctx context.Context) ([]Finding, error) {
	if s.config.IsSystem(s.path) {
		return nil, nil
	}
	v, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	f, err := s.facts(ctx)
	if err != nil {
		return nil, err
	}
	var single, whole []*Check
	for _, c := range s.config.Checks {
		switch override, configured := s.config.Severities[c.Name]; {
		case configured && override == Off:
		case c.PerRecord:
			single = append(single, c)
		default:
			whole = append(whole, c)
		}
	}
	list, err := s.runRecordChecks(ctx, v, f, single)
	if err != nil {
		return nil, err
	}
	for _, c := range whole {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, _ := s.runCheck(ctx, c, f, nil)
		list = append(list, found...)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, f.suppressor(s))
	for i := range list {
		f.explain(&list[i])
	}
	list = inOrder(list)
	if b := s.config.Baseline; b != nil {
		accepted, err := b.Accept(ctx, s)
		if err != nil {
			return nil, err
		}
		list = slices.DeleteFunc(list, func(f Finding) bool { return accepted(&f) })
	}
	return list, nil
}

func (s *Snapshot) facts(ctx context.Context) (*facts, error) {
	var f facts
	var err error
	if f.targets, err = s.Targets(ctx); err != nil {
		return nil, err
	}
	if f.records, err = s.recordIndex(ctx); err != nil {
		return nil, err
	}
	if f.commands, err = s.Commands(ctx); err != nil {
		return nil, err
	}
	if f.marks, err = s.readMarks(ctx); err != nil {
		return nil, err
	}
	f.kin = s.kinship(&f)
	return &f, nil
}

// runCheck gives what a check finds, on one record or, for nil, in the whole
// file, with the severities that are configured. ok is false if it panicked.
func (s *Snapshot) runCheck(ctx context.Context, c *Check, f *facts, only *Record) (list []Finding, ok bool) {
	defer s.survive(c, func() { list, ok = nil, false })
	override, configured := s.config.Severities[c.Name]
	c.Run(&Pass{
		Snapshot: s,
		Check:    c,
		Report: func(found Finding) {
			if found.Rule == "" {
				found.Rule = c.Name
			}
			switch {
			case configured:
				found.Severity = override
			case found.Severity == Off:
				found.Severity = c.Severity
			}
			if found.Severity == Off {
				return
			}
			if found.Plan != nil {
				found.Plan = s.once(c, found.Plan)
			}
			list = append(list, found)
		},
		ctx:   ctx,
		facts: f,
		only:  only,
	})
	return list, true
}

// once keeps the fixes of a finding. A plan that panics offers none.
func (s *Snapshot) once(c *Check, plan func() []Fix) func() []Fix {
	return sync.OnceValue(func() (fixes []Fix) {
		defer s.survive(c, func() { fixes = nil })
		return plan()
	})
}

// survive is deferred around a check's code: a panic is logged and costs what
// lose takes back.
func (s *Snapshot) survive(c *Check, lose func()) {
	if p := recover(); p != nil {
		slog.Error("a check panicked", "rule", c.Name, "file", s.path, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		lose()
	}
}

// compareFindings orders by place, then rule, then message. Two findings that
// say the same at the same place are one.
func compareFindings(a, b *Finding) int {
	return cmp.Or(
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Span.End, b.Span.End),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
}

// inOrder sorts findings, and leaves out what is said twice.
func inOrder(list []Finding) []Finding {
	order := make([]*Finding, len(list)) // findings are large
	for i := range list {
		order[i] = &list[i]
	}
	slices.SortStableFunc(order, func(a, b *Finding) int { return compareFindings(a, b) })
	order = slices.CompactFunc(order, func(a, b *Finding) bool { return compareFindings(a, b) == 0 })
	sorted := make([]Finding, len(order))
	for i, f := range order {
		sorted[i] = *f
	}
	return sorted
}
