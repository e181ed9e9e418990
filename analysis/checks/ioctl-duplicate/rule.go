// Package ioctlduplicate is the rule ioctl-duplicate: two commands of a file
// that have one number.
package ioctlduplicate

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"abide/analysis"
	"abide/analysis/command"
	"abide/analysis/cpp"
	"abide/analysis/text"
	"abide/analysis/token"
)

//go:embed doc.md
var doc string

// Check reports the later of two commands whose numbers are equal on every ABI
// that has both. Another name for a command, and the 32-bit form of one, have
// its number on purpose.
var Check = &analysis.Check{
	Name:     "ioctl-duplicate",
	Summary:  "two commands of one file with the same number",
	Doc:      doc,
	Severity: analysis.Information,
	Run:      run,
}

// maxEqual bounds with how many commands of one number another is compared.
const maxEqual = 16

func run(p *analysis.Pass) {
	list := command.List(p)
	at := make(map[uint32][]*command.Command, len(list)) // by number on whichever ABI
	var seen []uint32
	for _, c := range list {
		seen = seen[:0]
		first := earliest(at, c)
		if first != nil {
			v, i := c.First()
			f := c.Finding(analysis.Information, fmt.Sprintf("%s has the number of %s, 0x%08x", c.Name, first.Name, v.Code.Value))
			f.Related = []analysis.Related{{Loc: first.Loc, Message: first.Name + " is defined here"}}
			f.Plan = func() []analysis.Fix { return fixes(list, c, i) }
			p.Report(f)
		}
		for i, v := range c.Values {
			if c.Numbered(i) && !slices.Contains(seen, v.Code.Value) && len(at[v.Code.Value]) < maxEqual {
				seen = append(seen, v.Code.Value)
				at[v.Code.Value] = append(at[v.Code.Value], c)
			}
		}
	}
}

// earliest is the first command in front of c that has its number.
func earliest(at map[uint32][]*command.Command, c *command.Command) *command.Command {
	v, i := c.First()
	if !c.Numbered(i) {
		return nil
	}
	for _, other := range at[v.Code.Value] {
		if other.Name != c.Name && equal(other, c) && !sameButWidth(other.Name, c.Name) {
			return other
		}
	}
	return nil
}

// equal tells whether two commands have one number wherever both are defined.
func equal(a, b *command.Command) bool {
	both := false
	for i := range a.Values {
		if !a.Numbered(i) || !b.Numbered(i) {
			continue
		}
		if a.Values[i].Code.Value != b.Values[i].Code.Value {
			return false
		}
		both = true
	}
	return both
}

// widths are the parts of names that tell a command from its form for programs
// of another word size.
var widths = strings.NewReplacer("COMPAT", "", "32", "", "64", "", "_", "")

func sameButWidth(a, b string) bool { return widths.Replace(a) == widths.Replace(b) }

// fixes gives the command the next number that is free among those of its type.
func fixes(list []*command.Command, c *command.Command, target int) []analysis.Fix {
	code := c.Values[target].Code
	nr, ok := free(list, code.Type, code.Nr)
	if !ok {
		return nil
	}
	s, ok := c.NrArgument()
	if !ok {
		return nil
	}
	at := slices.IndexFunc(s.Tokens, func(t cpp.Token) bool { return t.Kind == token.Number })
	if at < 0 || !simple(s.Tokens) {
		return nil
	}
	old := s.Tokens[at].Text()
	n, err := strconv.ParseUint(strings.TrimRight(old, "uUlL"), 0, 32)
	if err != nil || n > uint64(code.Nr) || len(s.Tokens) == 1 && n != uint64(code.Nr) {
		return nil
	}
	next := like(old, n+uint64(nr-code.Nr))
	return []analysis.Fix{{
		Title: fmt.Sprintf("Give %s the next free number, %s (changes the ABI)", c.Name, strings.Replace(s.Text, old, next, 1)),
		Edits: []text.Edit{{Span: s.At(at), New: next}},
	}}
}

// simple tells whether tokens are a number, or a name and a number added.
func simple(tokens []cpp.Token) bool {
	numbers := 0
	for _, t := range tokens {
		switch {
		case t.Kind == token.Number:
			numbers++
		case t.Kind != token.Ident && t.Sym != token.Plus && t.Sym != token.LParen && t.Sym != token.RParen:
			return false
		}
	}
	return numbers == 1
}

// maxNr is the most that the eight bits of a command's number hold.
const maxNr = 255

// free is the first number above nr that no command of the type has.
func free(list []*command.Command, typ, nr uint32) (uint32, bool) {
	taken := map[uint32]bool{}
	for _, c := range list {
		for i, v := range c.Values {
			if c.Numbered(i) && v.Code.Type == typ {
				taken[v.Code.Nr] = true
			}
		}
	}
	for nr++; nr <= maxNr; nr++ {
		if !taken[nr] {
			return nr, true
		}
	}
	return 0, false
}

// like spells n as old is spelled: in its base, as wide.
func like(old string, n uint64) string {
	digits := strings.TrimRight(old, "uUlL")
	suffix := old[len(digits):]
	if len(digits) < 2 || digits[0] != '0' {
		return strconv.FormatUint(n, 10) + suffix
	}
	if digits[1] != 'x' && digits[1] != 'X' {
		return fmt.Sprintf("%#o", n) + suffix
	}
	s := fmt.Sprintf("%0*x", len(digits)-2, n)
	if strings.ContainsAny(digits[2:], "ABCDEF") || digits[1] == 'X' {
		s = strings.ToUpper(s)
	}
	return digits[:2] + s + suffix
}
