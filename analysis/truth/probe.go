package truth

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// probes names the variable that holds the values asked of a compiler.
const probes = "truth_probes"

// Values compiles a text and asks for the values of constant expressions at its
// end. Those that the compiler does not accept are left out of values.
func (c *Compiler) Values(text string, exprs []string, flags ...string) (obj *Object, values map[string]uint64, err error) {
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	lines := strings.Count(text, "\n") + 2 // of the first expression
	exprs = slices.Clone(exprs)
	for {
		var s strings.Builder
		s.WriteString(text + "const unsigned long long " + probes + "[] = {\n")
		for _, e := range exprs {
			fmt.Fprintf(&s, "%s,\n", e)
		}
		s.WriteString("0 };\n")
		obj, err = c.Compile(s.String(), flags...)
		var bad *CompileError
		if errors.As(err, &bad) {
			before := len(exprs)
			for i := len(exprs) - 1; i >= 0; i-- {
				if slices.Contains(bad.Lines, lines+i) {
					exprs = slices.Delete(exprs, i, i+1)
				}
			}
			if len(exprs) < before {
				continue
			}
		}
		if err != nil {
			return nil, nil, err
		}
		got, err := obj.Numbers(probes)
		if err != nil {
			return nil, nil, err
		}
		values = map[string]uint64{}
		for i, e := range exprs {
			values[e] = got[i]
		}
		return obj, values, nil
	}
}

// preludes are what headers need in front of them, tried in this order.
var preludes = [][]string{
	nil,
	{"stddef.h", "stdint.h", "linux/types.h"},
	{"stddef.h", "stdint.h", "linux/types.h", "sys/types.h", "sys/socket.h", "sys/time.h"},
	{"linux/if.h", "linux/in.h"},
	{"asm/signal.h", "asm/sigcontext.h"},
	{abs("testdata/prelude/xen.h")},
	{abs("testdata/libc/sys/types.h")},
}

func abs(p string) string {
	a, err := filepath.Abs(p)
	if err != nil {
		panic(err)
	}
	return a
}

// objectMacro finds the macros without parameters that a header defines.
var objectMacro = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+\S`)

// commandShape is what every architecture's _IOC expands to: the type and the
// number, each at its shift, which are written as sums.
var commandShape = []*regexp.Regexp{
	regexp.MustCompile(`<<\s*\(\s*0\s*\+\s*8\s*\)`),
	regexp.MustCompile(`<<\s*0\s*\)`),
}

// isCommand tells whether an expansion has the shape of a command.
func isCommand(expansion string) bool {
	for _, re := range commandShape {
		if !re.MatchString(expansion) {
			return false
		}
	}
	return true
}

// commandMacros lists the macros of a header whose expansion by the compiler
// has _IOC's shape.
func (c *Compiler) commandMacros(header, text string, flags ...string) ([]string, error) {
	if !strings.Contains(text, "_IO") && !strings.Contains(text, "IOC") {
		return nil, nil
	}
	var names []string
	seen := map[string]bool{}
	for _, m := range objectMacro.FindAllStringSubmatch(text, -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			names = append(names, m[1])
		}
	}
	var s strings.Builder
	fmt.Fprintf(&s, "#include \"%s\"\n", header)
	for i, n := range names {
		fmt.Fprintf(&s, "\ntruth_macro %d %s\n", i, n)
	}
	out, err := c.Preprocess(s.String(), flags...)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, part := range strings.Split(out, "truth_macro ")[1:] {
		var i int
		if _, err := fmt.Sscanf(part, "%d", &i); err == nil && i < len(names) && isCommand(part) {
			found = append(found, names[i])
		}
	}
	return found, nil
}
