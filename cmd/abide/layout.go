package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"abide/analysis"
	"abide/analysis/render"
)

// laid is what came out of one file for layout and ioctls.
type laid struct {
	snapshot *analysis.Snapshot
	records  []laidRecord
	commands []*analysis.Command
	document jsonFile
	database error // why a compilation database cannot be read
	err      error
}

// laidRecord is a record to print; own is set if the file itself defines it.
type laidRecord struct {
	facts *analysis.RecordFacts
	own   *analysis.Record
}

func layouts(ctx context.Context, c *subcommand, s streams, args []string) int {
	return printFacts(ctx, c, s, args, func(p paint, r *laid) string {
		var b strings.Builder
		for i, record := range r.records {
			if i > 0 {
				b.WriteString("\n")
			}
			for _, line := range render.Record(record.facts, render.Options{}) {
				b.WriteString(p.layout(line) + "\n")
			}
		}
		return b.String()
	})
}

// layout colours a line of a layout: what stands out is what costs.
func (p paint) layout(l render.Line) string {
	text := printable(l.Text)
	switch l.Kind {
	case render.Head:
		return p.bold(text)
	case render.Hole:
		return p.in(sgrGap, text)
	case render.Differ:
		return p.in(sgrWarning, text)
	case render.Note:
		return p.note(text)
	}
	return text
}

func ioctls(ctx context.Context, c *subcommand, s streams, args []string) int {
	return printFacts(ctx, c, s, args, func(p paint, r *laid) string {
		var b strings.Builder
		for _, line := range render.Commands(r.commands, render.Options{}) {
			b.WriteString(p.layout(line) + "\n")
		}
		return b.String()
	})
}

// printFacts is what layout and ioctls have in common: the flags, the files,
// and the JSON document.
func printFacts(ctx context.Context, c *subcommand, s streams, args []string, show func(paint, *laid) string) int {
	o, ok := parse(c, s, args)
	if !ok {
		return exitTrouble
	}
	if len(o.files) == 0 {
		fmt.Fprintf(s.err, "abide %s: no file given\nusage: abide %s %s\n", c.name, c.name, c.usage)
		return exitTrouble
	}
	session, err := o.session()
	if err != nil {
		fmt.Fprintf(s.err, "abide %s: %v\n", c.name, err)
		return exitTrouble
	}
	p := newPaint(o.color, s.out)
	code := exitClean
	document := layoutDocument{Schema: schema, Files: []jsonFile{}}
	each(ctx, o.files, func(ctx context.Context, file string) laid {
		return layFile(ctx, session, file, c.name == "layout")
	}, func(file string, r laid) {
		if r.snapshot != nil && o.sayConfig(s.err, r.snapshot.Path()) {
			code = exitTrouble
		}
		if r.database != nil {
			fmt.Fprintf(s.err, "abide %s: %v\n", c.name, r.database)
			code = exitTrouble
		}
		switch {
		case r.err != nil:
			fmt.Fprintf(s.err, "abide %s: %v\n", c.name, r.err)
			code = exitTrouble
		case o.format == "json":
			document.Files = append(document.Files, r.document)
		default:
			text := show(p, &r)
			if len(o.files) > 1 && text != "" {
				text = p.bold(file+":") + "\n" + text + "\n"
			}
			write(s, []byte(text))
		}
	})
	if ctx.Err() != nil {
		fmt.Fprintf(s.err, "abide %s: interrupted\n", c.name)
		return exitTrouble
	}
	if o.format == "json" {
		write(s, encode(document))
	}
	return code
}

// layFile computes the records and commands of a file. With tagged it may be
// FILE:TAG, for one record wherever that is defined.
func layFile(ctx context.Context, session *analysis.Session, file string, tagged bool) (r laid) {
	path, tag := file, ""
	if tagged {
		path, tag = splitTag(file)
	}
	defer forget(session, path)
	if r.snapshot, r.err = open(session, path); r.err != nil {
		return r
	}
	records, err := r.snapshot.Records(ctx)
	if err != nil {
		r.err = fmt.Errorf("laying out %s: %w", path, err)
		return r
	}
	_, r.database = r.snapshot.Command(ctx)
	if r.commands, r.err = r.snapshot.Commands(ctx); r.err != nil {
		return r
	}
	if r.records, r.err = recordsToPrint(ctx, r.snapshot, path, tag, records); r.err != nil {
		return r
	}
	r.document, r.err = newJSONFile(ctx, path, &r)
	return r
}

func recordsToPrint(ctx context.Context, s *analysis.Snapshot, path, tag string, records []*analysis.Record) ([]laidRecord, error) {
	if tag == "" {
		var list []laidRecord
		for _, own := range records {
			if own.Named() {
				list = append(list, laidRecord{s.Facts(own), own})
			}
		}
		return list, nil
	}
	facts, err := s.Lookup(ctx, tag)
	if err != nil {
		return nil, fmt.Errorf("laying out %s: %w", path, err)
	}
	if facts == nil {
		return nil, fmt.Errorf("%s defines no record %s, nor does any header it includes", path, tag)
	}
	found := laidRecord{facts: facts}
	for _, own := range records {
		if own.Defines(facts) {
			found.own = own
		}
	}
	return []laidRecord{found}, nil
}

// splitTag takes FILE:TAG apart; a file of that very name comes first.
func splitTag(arg string) (path, tag string) {
	if _, err := os.Stat(arg); err == nil {
		return arg, ""
	}
	i := strings.LastIndexByte(arg, ':')
	if i < 0 {
		return arg, ""
	}
	return arg[:i], strings.TrimSpace(arg[i+1:])
}
