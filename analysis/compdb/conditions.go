package compdb

import (
	"regexp"
	"slices"
	"strings"
)

// conditions decides the conditionals of a Makefile, as far as the kernel's
// configuration and the file's own variables say: where they do not, both
// branches count.
type conditions struct {
	config *kconfig
	vars   map[string][]string // of the file so far
	open   []branch
}

// branch is an open conditional.
type branch struct {
	now   verdict // of the lines that are being read
	taken verdict // of the branches before them
}

type verdict uint8

const (
	no verdict = iota
	yes
	maybe
)

func (v verdict) not() verdict {
	switch v {
	case no:
		return yes
	case yes:
		return no
	}
	return maybe
}

func (v verdict) and(w verdict) verdict {
	switch {
	case v == no || w == no:
		return no
	case v == maybe || w == maybe:
		return maybe
	}
	return yes
}

var conditionalLine = regexp.MustCompile(`^\s*(else\s+)?(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)$`)

const maxConditionals = 1000

// line takes a line that is a conditional directive; false for all others.
func (c *conditions) line(s string) bool {
	s = strings.TrimSpace(s)
	if m := conditionalLine.FindStringSubmatch(s); m != nil {
		v := c.test(m[2], m[3])
		if m[1] == "" {
			if len(c.open) < maxConditionals {
				c.open = append(c.open, branch{now: v, taken: v})
			}
			return true
		}
		c.otherwise(v)
		return true
	}
	word, _, _ := strings.Cut(s, " ")
	switch word {
	case "else":
		c.otherwise(yes)
	case "endif":
		if n := len(c.open); n > 0 {
			c.open = c.open[:n-1]
		}
	default:
		return false
	}
	return true
}

func (c *conditions) otherwise(v verdict) {
	n := len(c.open)
	if n == 0 {
		return
	}
	b := &c.open[n-1]
	b.now = b.taken.not().and(v)
	if v == yes || b.taken == yes {
		b.taken = yes
	} else if v == maybe {
		b.taken = maybe
	}
}

// active tells whether what is being read may count.
func (c *conditions) active() bool {
	return !slices.ContainsFunc(c.open, func(b branch) bool { return b.now == no })
}

func (c *conditions) test(directive, operands string) verdict {
	switch directive {
	case "ifdef", "ifndef":
		value, known := c.value(strings.TrimSpace(operands))
		return decide(known, (value != "") == (directive == "ifdef"))
	}
	a, b, ok := conditionOperands(operands)
	left := maxExpansions
	x, known := c.expand(a, &left)
	y, alsoKnown := c.expand(b, &left)
	return decide(ok && known && alsoKnown, (x == y) == (directive == "ifeq"))
}

func decide(known, v bool) verdict {
	switch {
	case !known:
		return maybe
	case v:
		return yes
	}
	return no
}

var quotedOperands = regexp.MustCompile(`^(?:"([^"]*)"|'([^']*)')\s*(?:"([^"]*)"|'([^']*)')`)

// conditionOperands takes (a,b), "a" "b" and 'a' 'b' apart.
func conditionOperands(s string) (a, b string, ok bool) {
	if m := quotedOperands.FindStringSubmatch(s); m != nil {
		return m[1] + m[2], m[3] + m[4], true
	}
	s, ok = strings.CutPrefix(strings.TrimSpace(s), "(")
	if i := strings.LastIndexByte(s, ')'); ok && i >= 0 {
		s = s[:i]
		for i, depth := 0, 0; i < len(s); i++ {
			switch s[i] {
			case '(', '{':
				depth++
			case ')', '}':
				depth--
			case ',':
				if depth == 0 {
					return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1:]), true
				}
			}
		}
	}
	return "", "", false
}

// maxExpansions bounds how many variables a conditional may need.
const maxExpansions = 64

// expand replaces variables; known is false if one of them, or a function, is
// beyond what is known, or if there are more than are left.
func (c *conditions) expand(s string, left *int) (value string, known bool) {
	known = true
	value = variableUse.ReplaceAllStringFunc(s, func(use string) string {
		if *left--; *left < 0 {
			known = false
			return ""
		}
		v, ok := c.value(use[2 : len(use)-1])
		if ok && strings.Contains(v, "$") {
			v, ok = c.expand(v, left)
		}
		known = known && ok
		return v
	})
	return value, known && !strings.Contains(value, "$")
}

// elsewhere matches variables that the kernel's other Makefiles set.
var elsewhere = regexp.MustCompile(`^(KBUILD_\w+|CC_\w+|ARCH|SRCARCH|BITS|UTS_MACHINE|CC|LD|LLVM|srctree|objtree|src|obj|VERSION|PATCHLEVEL|SUBLEVEL|\w*FLAGS|need-\w+|quiet|PWD|CURDIR|MAKECMDGOALS)$`)

// value is a variable's; one that nothing sets is empty.
func (c *conditions) value(name string) (value string, known bool) {
	if words, ok := c.vars[name]; ok {
		return strings.Join(words, " "), true
	}
	switch {
	case strings.HasPrefix(name, "CONFIG_"):
		return c.config.makeValue(name)
	case name == "KERNELRELEASE": // Kbuild reads the file, not the user's make
		return "kernel", true
	}
	return "", !elsewhere.MatchString(name)
}

// makeValue is an option as Makefiles see it: y, m, a number, a string.
func (c *kconfig) makeValue(name string) (value string, known bool) {
	switch {
	case c == nil:
		return "", false
	case c.macros[name] == "1":
		return "y", true
	case c.macros[name+"_MODULE"] == "1":
		return "m", true
	}
	return c.macros[name], true
}
