package abi

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// gcc12 is the Source of the rows that Debian's cross compilers confirm.
const gcc12 = "GCC 12.2"

// table is the rows in their documented order: the common ones first, compat
// partners beside each other.
var table = sync.OnceValue(func() []*ABI {
	var rows []*ABI
	for _, family := range [][]ABI{x86, arm, riscv, powerpc, s390, mips, sparc, parisc, others} {
		for i := range family {
			rows = append(rows, &family[i])
		}
	}
	for _, a := range rows {
		a.Macros = macros(a)
	}
	return rows
})

// index finds rows by lower-case name and alias.
var index = sync.OnceValue(func() map[string]*ABI {
	m := map[string]*ABI{}
	for _, a := range table() {
		m[a.Name] = a
		for _, alias := range a.Aliases {
			m[alias] = a
		}
	}
	return m
})

// All is the whole table in its documented order.
func All() []*ABI { return slices.Clone(table()) }

// Default is x86_64, i386, arm64, arm: the two compat pairs that most drivers meet.
func Default() []*ABI {
	return []*ABI{Lookup("x86_64"), Lookup("i386"), Lookup("arm64"), Lookup("arm")}
}

// Lookup takes a name or an alias in any case; nil if unknown.
func Lookup(name string) *ABI { return index()[strings.ToLower(name)] }

// Parse reads a list as users write it: names and aliases separated by commas
// or spaces, "default", "all". Each ABI is listed once, in the order of its first
// mention. An unknown spelling is an error that suggests the nearest names.
func Parse(list string) ([]*ABI, error) {
	var rows []*ABI
	add := func(more ...*ABI) {
		for _, a := range more {
			if !slices.Contains(rows, a) {
				rows = append(rows, a)
			}
		}
	}
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		switch a := Lookup(name); {
		case strings.EqualFold(name, "all"):
			add(table()...)
		case strings.EqualFold(name, "default"):
			add(Default()...)
		case a != nil:
			add(a)
		default:
			return nil, unknown(name)
		}
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("the list of ABIs is empty: write names such as x86_64,i386, or default, or all")
	}
	return rows, nil
}

// maxShown bounds how much of a user's spelling an error repeats, in bytes.
const maxShown = 40

func unknown(name string) error {
	if len(name) > maxShown {
		return fmt.Errorf("unknown ABI %q…: see abide abis for the list", name[:maxShown])
	}
	lower := strings.ToLower(name)
	best, distance := "", min(4, 1+len(name)/2)
	for _, a := range table() {
		for _, known := range append([]string{a.Name}, a.Aliases...) {
			if d := editDistance(lower, known); d < distance {
				best, distance = a.Name, d
			}
		}
	}
	if best == "" {
		return fmt.Errorf("unknown ABI %q: see abide abis for the list", name)
	}
	return fmt.Errorf("unknown ABI %q: did you mean %s?", name, best)
}

// editDistance counts the insertions, deletions and replacements of bytes
// between two short strings (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
