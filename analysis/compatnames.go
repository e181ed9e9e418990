package analysis

import (
	"strings"

	"abide/analysis/decl"
	"abide/analysis/token"
)

// Family is a record's tag or typedef without what authors add to it for the
// record of 32-bit programs, and for a typedef: "foo" for compat_foo, foo32 and
// foo32_t. What a rule says of a record may depend on those of its family.
func Family(name string) string {
	for before := ""; name != before; {
		before = name
		if s, ok := strings.CutPrefix(name, "compat_"); ok && s != "" {
			name = s
		}
		for _, suffix := range []string{"_t", "_32", "32", "_compat"} {
			if s, ok := strings.CutSuffix(name, suffix); ok && s != "" {
				name = s
			}
		}
	}
	return name
}

// addFamilies adds those of a definition's names.
func addFamilies(set map[string]bool, d *decl.Record) {
	if d == nil {
		return
	}
	if d.Tag != 0 {
		set[Family(d.Tag.String())] = true
	}
	for _, t := range d.Typedefs {
		set[Family(t.String())] = true
	}
}

func inFamilies(set map[string]bool, r *Record) bool {
	for i := range r.Views {
		d := r.Views[i].Decl
		if d == nil || i > 0 && d == r.Views[i-1].Decl {
			continue
		}
		if d.Tag != 0 && set[Family(d.Tag.String())] {
			return true
		}
		for _, t := range d.Typedefs {
			if set[Family(t.String())] {
				return true
			}
		}
	}
	return false
}

// nameSet is tags and typedefs.
type nameSet map[string]bool

func declared(names []token.Sym) nameSet {
	set := nameSet{}
	for _, name := range names {
		set[name.String()] = true
	}
	return set
}

func differing(a, b map[string]bool) nameSet {
	set := nameSet{}
	add := func(from, other map[string]bool) {
		for key := range from {
			if _, name, _ := strings.Cut(key, " "); !other[key] {
				set[name] = true
			}
		}
	}
	add(a, b)
	add(b, a)
	return set
}

// Spells tells whether the text defines "struct compat_foo" or the like, on
// whatever ABI or on none: also under an #if that no target takes. Only names
// that belong to another's Family are known.
func (p *Pass) Spells(record string) bool {
	return p.Memo(spellsKey{}, func() any { return compatDefinitions(p.text.Content()) }).(map[string]bool)[record]
}

type spellsKey struct{}

// compatDefinitions finds the definitions that Spells knows: a tag between
// struct or union and a brace.
func compatDefinitions(content string) map[string]bool {
	set := map[string]bool{}
	for at := 0; ; at++ {
		i := strings.IndexByte(content[at:], '{')
		if i < 0 {
			return set
		}
		at += i
		before := strings.TrimRight(content[max(0, at-maxTag):at], " \t\r\n")
		tag := before[strings.LastIndexFunc(before, notWord)+1:]
		if Family(tag) == tag {
			continue
		}
		before = before[:len(before)-len(tag)]
		head := strings.TrimRight(before, " \t\r\n")
		if len(head) == len(before) {
			continue
		}
		switch word := head[strings.LastIndexFunc(head, notWord)+1:]; word {
		case "struct", "union":
			set[word+" "+tag] = true
		}
	}
}

// maxTag bounds how far a tag and its keyword are looked for, in bytes.
const maxTag = 256

func notWord(r rune) bool {
	return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}
