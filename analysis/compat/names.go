package compat

import (
	"regexp"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/payload"
	"abide/analysis/token"
)

// compatNames is what the kernel calls the 32-bit form of a typedef
// (include/asm-generic/compat.h, include/vdso/time32.h); compat_long_t and
// compat_ulong_t serve for others.
var compatNames = map[string]string{
	"size_t": "compat_size_t", "__kernel_size_t": "compat_size_t", "__size_t": "compat_size_t",
	"ssize_t": "compat_ssize_t", "__kernel_ssize_t": "compat_ssize_t", "__ssize_t": "compat_ssize_t",
	"off_t": "compat_off_t", "__off_t": "compat_off_t", "__kernel_off_t": "compat_off_t",
	"clock_t": "compat_clock_t", "__clock_t": "compat_clock_t", "__kernel_clock_t": "compat_clock_t",
	"time_t": "old_time32_t", "__time_t": "old_time32_t", "__kernel_time_t": "old_time32_t", "__kernel_old_time_t": "old_time32_t",
}

// compatName is the kernel's name for the 32-bit form of a type, empty if it
// has none but that of an integer.
func compatName(t *analysis.Target, typ decl.Type) string {
	for range maxNesting {
		ref, ok := typ.(*decl.TypedefRef)
		if !ok {
			return ""
		}
		if name := compatNames[ref.Name.String()]; name != "" {
			return name
		}
		d := t.Unit.Typedef(ref.Name)
		if d == nil {
			return ""
		}
		typ = d.Type
	}
	return ""
}

// kernelRecord is a record that <linux/compat.h> brings for a well-known one.
type kernelRecord struct {
	name     string
	unsigned bool
	members  []string // of 32 bits each
}

var kernelRecords = map[string]kernelRecord{
	"timeval":               {"old_timeval32", false, []string{"tv_sec", "tv_usec"}},
	"__kernel_old_timeval":  {"old_timeval32", false, []string{"tv_sec", "tv_usec"}},
	"timespec":              {"old_timespec32", false, []string{"tv_sec", "tv_nsec"}},
	"__kernel_old_timespec": {"old_timespec32", false, []string{"tv_sec", "tv_nsec"}},
	"iovec":                 {"compat_iovec", true, []string{"iov_base", "iov_len"}},
}

func (k kernelRecord) record() *decl.Record {
	d := &decl.Record{Tag: token.Intern(k.name)}
	kind := abi.Int
	if k.unsigned {
		kind = abi.UInt
	}
	for _, name := range k.members {
		d.Fields = append(d.Fields, &decl.Field{Name: token.Intern(name), Type: &decl.Basic{Kind: kind}, Record: d})
	}
	return d
}

var (
	compatTags   = regexp.MustCompile(`\b(?:struct|union)\s+compat_\w+`)
	numberedTags = regexp.MustCompile(`\b(?:struct|union)\s+[A-Za-z_]\w*32\s*\{`)
	compatMacros = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*define[ \t]+COMPAT_\w+[ \t]+_IO`)
)

// name is a tag for the compat record of a definition, in the manner of the
// file; empty if none is free.
func (w *writer) name(d *decl.Record) string {
	s := stem(d)
	if s == "" {
		return ""
	}
	names := []string{"compat_" + s, numbered(s)}
	if !compatTags.MatchString(w.content) && numberedTags.MatchString(w.content) {
		names[0], names[1] = names[1], names[0]
	}
	for _, name := range names {
		if w.free(name) {
			return name
		}
	}
	return ""
}

// numbered is a name for the form of 32-bit programs: FOO32, V4L2_32.
func numbered(name string) string {
	if c := name[len(name)-1]; '0' <= c && c <= '9' {
		return name + "_32"
	}
	return name + "32"
}

// commandName is a name for the compat form of a command.
func (w *writer) commandName(command string) string {
	names := []string{numbered(command), "COMPAT_" + command}
	if compatMacros.MatchString(w.content) {
		names[0], names[1] = names[1], names[0]
	}
	for _, name := range names {
		if !w.free(name) {
			return "" // somebody has written it
		}
	}
	return names[0]
}

// written is the tag of a compat record that every kernel knows and that is
// right; empty for none.
func (w *writer) written(d *decl.Record) string {
	if stem(d) == "" {
		return ""
	}
names:
	for _, name := range payload.CompatNames(stem(d)) {
		for _, p := range w.pairs {
			twin, original := p.wide.Unit.Record(d.Union, token.Intern(name)), w.counterpart(p, d)
			if twin == nil || original == nil {
				continue names
			}
			got, err := p.wide.Engine.Record(twin)
			if err != nil {
				continue names
			}
			if want, err := p.narrow.Engine.Record(original); err != nil || got.Size != want.Size {
				continue names
			}
		}
		return name
	}
	return ""
}

// hidden is the tag of a compat record that the file has under an #if which no
// target takes; empty for none.
func (w *writer) hidden(d *decl.Record) string {
	for _, name := range payload.CompatNames(stem(d)) {
		if w.definition(name, d.Union) >= 0 && !w.known(name, d.Union) {
			return name
		}
	}
	return ""
}

// known tells whether some kernel knows a record.
func (w *writer) known(name string, union bool) bool {
	sym := token.Intern(name)
	return slices.ContainsFunc(w.pairs, func(p pair) bool { return p.wide.Unit.Record(union, sym) != nil })
}

// definition is where the file defines a record; -1 if it does not.
func (w *writer) definition(name string, union bool) int {
	if !strings.Contains(w.content, name) {
		return -1
	}
	word := "struct"
	if union {
		word = "union"
	}
	m := regexp.MustCompile(`\b` + word + `\s+` + regexp.QuoteMeta(name) + `\s*\{`).FindStringIndex(w.content)
	if m == nil {
		return -1
	}
	return m[1]
}

// mentions tells whether the file writes a tag, defined or not.
func (w *writer) mentions(word, name string) bool {
	return strings.Contains(w.content, name) &&
		regexp.MustCompile(`\b`+word+`\s+`+regexp.QuoteMeta(name)+`\b`).MatchString(w.content)
}

// typedefRecord is the record without a tag that a target knows by the typedefs
// of a definition.
func typedefRecord(t *analysis.Target, d *decl.Record) *decl.Record {
	for _, name := range d.Typedefs {
		resolved, err := t.Engine.Resolve(&decl.TypedefRef{Name: name})
		if err != nil {
			continue
		}
		if ref, ok := resolved.(*decl.RecordRef); ok {
			return ref.Def
		}
	}
	return nil
}

func wordIn(content, word string) bool {
	for at := 0; ; {
		i := strings.Index(content[at:], word)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(word)
		if (start == 0 || !inWord(content[start-1])) && (end == len(content) || !inWord(content[end])) {
			return true
		}
		at = end
	}
}

func inWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
