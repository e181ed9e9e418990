package truth

import (
	"errors"
	"strings"
)

// Features is what a compiler accepts for an ABI beyond what all do.
type Features struct {
	Types  []string // scalar types
	Modes  []string // machine modes
	Int128 bool
	LP64   bool
	MSBits bool // -mms-bitfields
}

// optionalTypes are the types that only some ABIs have.
var optionalTypes = []string{
	"_Float16", "_Float32", "_Float64", "_Float128", "_Float32x", "_Float64x", "__float128",
	"_Decimal32", "_Decimal64", "_Decimal128",
}

// optionalModes are the machine modes that only some ABIs have, and a type to
// put each on.
var optionalModes = [][2]string{
	{"TI", "int"}, {"XF", "double"}, {"TF", "double"}, {"SC", "_Complex double"}, {"DC", "_Complex double"},
}

// Probe asks a compiler what it accepts.
func (c *Compiler) Probe() (Features, error) {
	var f Features
	type question struct {
		line string
		yes  func()
	}
	questions := []question{
		{"__int128 integer;", func() { f.Int128 = true }},
		{"char lp64[sizeof(long) == 8 ? 1 : -1];", func() { f.LP64 = true }},
	}
	for _, t := range optionalTypes {
		questions = append(questions, question{"extern " + t + " x_" + t + ";", func() { f.Types = append(f.Types, t) }})
	}
	for _, m := range optionalModes {
		questions = append(questions, question{
			"typedef " + m[1] + " mode_" + m[0] + " __attribute__((mode(" + m[0] + ")));",
			func() { f.Modes = append(f.Modes, m[0]) },
		})
	}
	var src strings.Builder
	for _, q := range questions {
		src.WriteString(q.line + "\n")
	}
	_, err := c.run(src.String(), "-w", "-fsyntax-only", "-x", "c", "-")
	var bad *CompileError
	if err != nil && !errors.As(err, &bad) {
		return f, err
	}
	no := map[int]bool{}
	if bad != nil {
		for _, l := range bad.Lines {
			no[l] = true
		}
	}
	for i, q := range questions {
		if !no[i+1] {
			q.yes()
		}
	}
	f.MSBits = c.Accepts("int x;\n", "-mms-bitfields")
	return f, nil
}
