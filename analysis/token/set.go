package token

// Set is some symbols that many tokens are compared with. Made when the process
// starts, it is small: symbols are numbers in the order of their making.
type Set []bool

// NewSet makes a set of spellings.
func NewSet(spellings ...string) Set {
	var s Set
	for _, spelling := range spellings {
		sym := Intern(spelling)
		s = append(s, make(Set, max(0, int(sym)+1-len(s)))...)
		s[sym] = true
	}
	return s
}

// Has tells whether a symbol is one of the set.
func (s Set) Has(sym Sym) bool { return int(sym) < len(s) && s[sym] }
