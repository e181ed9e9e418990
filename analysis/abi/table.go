package abi

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// gcc12 is the Source of the rows that Debian's cross compilers confirm.
const gcc12 = "GCC 12.2"

// row is an ABI whose macros are put together when somebody first asks for it.
type row struct {
	*ABI
	once sync.Once
}

func (r *row) get() *ABI {
	r.once.Do(func() { r.Macros = macros(r.ABI) })
	return r.ABI
}

// table is the rows in their documented order: the common ones first, compat
// partners beside each other.
var table = sync.OnceValue(func() []*row {
	var rows []*row
	for _, family := range [][]ABI{x86, arm, riscv, powerpc, s390, mips, sparc, parisc, others} {
		for i := range family {
			rows = append(rows, &row{ABI: &family[i]})
		}
	}
	return rows
})

// index finds rows by lower-case name and alias.
var index = sync.OnceValue(func() map[string]*row {
	m := map[string]*row{}
	for _, r := range table() {
		m[r.Name] = r
		for _, alias := range r.Aliases {
			m[alias] = r
		}
	}
	return m
})

// All is the whole table in its documented order.
func All() []*ABI {
	var all []*ABI
	for _, r := range table() {
		all = append(all, r.get())
	}
	return all
}

// Default is x86_64, i386, arm64, arm: the two compat pairs that most drivers meet.
func Default() []*ABI {
	return []*ABI{Lookup("x86_64"), Lookup("i386"), Lookup("arm64"), Lookup("arm")}
}

// Lookup takes a name or an alias in any case; nil if unknown.
func Lookup(name string) *ABI {
	if r := index()[strings.ToLower(name)]; r != nil {
		return r.get()
	}
	return nil
}

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
			add(All()...)
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
