// Package baseline holds an ABI that has been shipped: the layouts of records
// and the numbers of commands, per ABI, as a text that people review and that
// merges well. It describes the files of a session that way, and tells what
// differs from a description. It knows neither rules nor editors.
//
//	file, err := baseline.Describe(ctx, snapshot, "include/uapi/linux/sensor.h", nil)
//	b := &baseline.Baseline{ABIs: names, Files: []baseline.File{file}}
//	text := b.Format()
package baseline

import (
	"cmp"
	"path/filepath"
	"slices"
)

// Baseline is what has been shipped, for some ABIs.
type Baseline struct {
	ABIs  []string
	Files []File // by path

	// dir is the absolute directory that the files' paths are relative to.
	dir     string
	records map[string]bool // names in any file
	byPath  map[string]*File
}

// File is what one header or source defines.
type File struct {
	Path     string    // with slashes, relative to the baseline's directory
	Records  []Record  // by name
	Commands []Command // by name
	Accepted []Accepted
}

// Accepted is how many findings of a rule, which are about no record or
// command, a file may have.
type Accepted struct {
	Rule  string
	Count int
}

// Record is a record's layouts: each ABI is in one of them, or in none where
// the record is not defined.
type Record struct {
	Name    string // "struct sensor", "sensor_t"
	Layouts []Layout
}

// Layout is where a record's members are on some ABIs.
type Layout struct {
	Sizes   []Size
	Members []Member // in source order
}

// Size is how large a record is on some ABIs that place its members alike. Both
// figures are in bytes.
type Size struct {
	ABIs        []string
	Size, Align int64
}

// Member is one member as analysis.Members names them.
type Member struct {
	Offset, Size int64 // in bits; a flexible array has size 0
	Bitfield     bool
	Name         string // "stamp", "u.raw"
	Type         string // as C declares it
}

// Command is an ioctl command's numbers.
type Command struct {
	Name   string
	Values []Value
}

// Value is the number of a command on some ABIs, and what it carries.
type Value struct {
	ABIs    []string
	Number  uint32
	Payload string // "struct sensor"; empty for none
}

// index makes the files findable. dir is absolute.
func (b *Baseline) index(dir string) {
	b.dir = dir
	b.records, b.byPath = map[string]bool{}, map[string]*File{}
	for i := range b.Files {
		f := &b.Files[i]
		b.byPath[f.Path] = f
		for _, r := range f.Records {
			b.records[r.Name] = true
		}
	}
}

// File is what is known of a file, by its absolute path; nil for nothing.
func (b *Baseline) File(path string) *File { return b.byPath[RelativePath(b.dir, path)] }

// HasRecord tells whether any file has a record of that name.
func (b *Baseline) HasRecord(name string) bool { return b.records[name] }

// RelativePath is how a baseline in a directory names a file.
func RelativePath(dir, path string) string {
	rel, err := filepath.Rel(dir, path)
	if err != nil {
		rel = path
	}
	return filepath.ToSlash(rel)
}

// Below lists the files that lie below an absolute directory, as absolute paths.
func (b *Baseline) Below(dir string) (list []string) {
	for i := range b.Files {
		path := filepath.Join(b.dir, filepath.FromSlash(b.Files[i].Path))
		if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
			list = append(list, path)
		}
	}
	return list
}

// Record finds a record by name; nil if there is none.
func (f *File) Record(name string) *Record {
	i, ok := slices.BinarySearchFunc(f.Records, name, func(r Record, name string) int { return cmp.Compare(r.Name, name) })
	if !ok {
		return nil
	}
	return &f.Records[i]
}

// Command finds a command by name; nil if there is none.
func (f *File) Command(name string) *Command {
	i, ok := slices.BinarySearchFunc(f.Commands, name, func(c Command, name string) int { return cmp.Compare(c.Name, name) })
	if !ok {
		return nil
	}
	return &f.Commands[i]
}

// On is the record's layout on one ABI; ok is false where it is not defined.
func (r *Record) On(abi string) (size Size, members []Member, ok bool) {
	for _, l := range r.Layouts {
		for _, s := range l.Sizes {
			if slices.Contains(s.ABIs, abi) {
				return s, l.Members, true
			}
		}
	}
	return Size{}, nil, false
}

// On is the command's number on one ABI; ok is false where it is not defined.
func (c *Command) On(abi string) (v Value, ok bool) {
	for _, v := range c.Values {
		if slices.Contains(v.ABIs, abi) {
			return v, true
		}
	}
	return Value{}, false
}

// With gives a baseline in which some files are replaced or added, and those
// that keep does not want are dropped.
func (b *Baseline) With(files []File, keep func(path string) bool) *Baseline {
	next := &Baseline{ABIs: b.ABIs}
	replaced := map[string]bool{}
	for _, f := range files {
		replaced[f.Path] = true
		if len(f.Records)+len(f.Commands)+len(f.Accepted) > 0 {
			next.Files = append(next.Files, f)
		}
	}
	for _, f := range b.Files {
		if !replaced[f.Path] && keep(f.Path) {
			next.Files = append(next.Files, f)
		}
	}
	slices.SortFunc(next.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	next.index(b.dir)
	return next
}
