package baseline

import (
	"cmp"
	"slices"
	"strings"
)

// FileDiff is what differs about the records and commands of one file.
type FileDiff struct {
	Path     string
	Records  []RecordDiff
	Commands []CommandDiff
}

// RecordDiff is what differs about a record. Old or New is nil if one side does
// not have it anywhere; From is the file that it was in, if that is another.
type RecordDiff struct {
	Name, From string
	Old, New   *Record
	Changes    []Change
	// By is a record that differs, too, and that this one contains, if nothing
	// else differs about this one.
	By string
}

// CommandDiff is the same about a command.
type CommandDiff struct {
	Name, From string
	Old, New   *Command
	Changes    []CommandChange
}

// Kind is the worst that happens to the record on any ABI.
func (r *RecordDiff) Kind() Kind {
	kinds := make([]Kind, len(r.Changes))
	for i := range r.Changes {
		kinds[i] = r.Changes[i].Kind
	}
	return worst(kinds)
}

// Kind is the worst that happens to the command on any ABI.
func (c *CommandDiff) Kind() Kind {
	kinds := make([]Kind, len(c.Changes))
	for i := range c.Changes {
		kinds[i] = c.Changes[i].Kind
	}
	return worst(kinds)
}

// worst is the kind that harms most: what more ABIs have harms least.
func worst(kinds []Kind) Kind {
	return slices.MaxFunc(kinds, func(a, b Kind) int { return cmp.Compare((a+1)%(Added+1), (b+1)%(Added+1)) })
}

// Diff compares two descriptions, on the ABIs that both were made for. Files,
// and what is in them, stand in order. What has only moved is left out.
func Diff(old, now *Baseline) []FileDiff {
	abis := Shared(old.ABIs, now.ABIs)
	d := differ{byPath: map[string]*FileDiff{}}
	pairs(old, now, recordsOf, func(path, from string, o, n *Record) {
		if changes := CompareRecord(o, n, abis); len(changes) > 0 {
			f := d.file(path)
			f.Records = append(f.Records, RecordDiff{Name: cmp.Or(o, n).Name, From: from, Old: o, New: n, Changes: changes})
		}
	})
	pairs(old, now, commandsOf, func(path, from string, o, n *Command) {
		if changes := CompareCommand(o, n, abis); len(changes) > 0 {
			f := d.file(path)
			f.Commands = append(f.Commands, CommandDiff{cmp.Or(o, n).Name, from, o, n, changes})
		}
	})
	d.causes()
	list := make([]FileDiff, 0, len(d.byPath))
	for _, f := range d.byPath {
		slices.SortFunc(f.Records, func(a, b RecordDiff) int { return cmp.Compare(a.Name, b.Name) })
		slices.SortFunc(f.Commands, func(a, b CommandDiff) int { return cmp.Compare(a.Name, b.Name) })
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b FileDiff) int { return cmp.Compare(a.Path, b.Path) })
	return list
}

type differ struct{ byPath map[string]*FileDiff }

func (d *differ) file(path string) *FileDiff {
	if d.byPath[path] == nil {
		d.byPath[path] = &FileDiff{Path: path}
	}
	return d.byPath[path]
}

// causes finds the records that others differ by.
func (d *differ) causes() {
	differs := map[string]bool{}
	for _, f := range d.byPath {
		for _, r := range f.Records {
			differs[r.Name] = true
		}
	}
	for _, f := range d.byPath {
		for i := range f.Records {
			r := &f.Records[i]
			for _, c := range r.Changes {
				if c.Old == nil || c.New == nil || !sameDeclaration(c.Old.Members, c.New.Members) {
					r.By = ""
					break
				}
				for _, m := range c.New.Members {
					if element, _, _ := strings.Cut(m.Type, "["); differs[strings.TrimSpace(element)] {
						r.By = strings.TrimSpace(element)
						break
					}
				}
			}
		}
	}
}

// entry is a definition of a file, by name.
type entry[T any] struct {
	name string
	of   *T
}

func recordsOf(f *File) (list []entry[Record]) {
	for i := range f.Records {
		list = append(list, entry[Record]{f.Records[i].Name, &f.Records[i]})
	}
	return list
}

func commandsOf(f *File) (list []entry[Command]) {
	for i := range f.Commands {
		list = append(list, entry[Command]{f.Commands[i].Name, &f.Commands[i]})
	}
	return list
}

// pairs visits what two descriptions have under one name: in one file, or else
// in the only other file that has lost or gained it.
func pairs[T any](old, now *Baseline, of func(*File) []entry[T], visit func(path, from string, o, n *T)) {
	type place struct {
		path string
		of   *T
	}
	type key struct{ path, name string }
	had := map[key]*T{}
	for i := range old.Files {
		for _, e := range of(&old.Files[i]) {
			had[key{old.Files[i].Path, e.name}] = e.of
		}
	}
	added := map[string][]place{}
	for i := range now.Files {
		path := now.Files[i].Path
		for _, e := range of(&now.Files[i]) {
			k := key{path, e.name}
			if o := had[k]; o != nil {
				visit(path, "", o, e.of)
				delete(had, k)
			} else {
				added[e.name] = append(added[e.name], place{path, e.of})
			}
		}
	}
	removed := map[string][]place{}
	for k, o := range had {
		removed[k.name] = append(removed[k.name], place{k.path, o})
	}
	for name, places := range added {
		if gone := removed[name]; len(places) == 1 && len(gone) == 1 {
			visit(places[0].path, gone[0].path, gone[0].of, places[0].of)
			delete(removed, name)
			continue
		}
		for _, p := range places {
			visit(p.path, "", nil, p.of)
		}
	}
	for _, places := range removed {
		for _, p := range places {
			visit(p.path, "", p.of, nil)
		}
	}
}
