package abitest

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Values compiles integer constant expressions and reads their values back
// from the object file. An expression that the compiler rejects has ok false.
// prelude is C text that goes before them.
func Values(dir string, cc []string, prelude string, exprs []string, flags ...string) (values []int64, ok []bool, err error) {
	ok = make([]bool, len(exprs))
	for i := range ok {
		ok[i] = true
	}
	flags = append(flags, "-w", "-ffreestanding", "-fno-lto")
	for {
		// The values stand in a section of their own, 8 bytes each, in the
		// target's byte order; each on a line of its own in the source.
		var b strings.Builder
		b.WriteString(prelude)
		b.WriteString("\nconst unsigned long long values[] __attribute__((used, section(\"abi_values\"))) = {\n#line 1 \"values\"\n")
		for i, x := range exprs {
			if !ok[i] {
				x = "0"
			}
			fmt.Fprintf(&b, "(unsigned long long)(%s),\n", x)
		}
		b.WriteString("};\n")
		obj, cerr := Compile(dir, cc, b.String(), flags...)
		if cerr == nil {
			values, err = readValues(obj, len(exprs))
			return values, ok, err
		}
		bad := false
		for _, m := range badLine.FindAllStringSubmatch(cerr.Error(), -1) {
			if n, err := strconv.Atoi(m[1]); err == nil && n >= 1 && n <= len(ok) && ok[n-1] {
				ok[n-1], bad = false, true
			}
		}
		if !bad {
			return nil, nil, cerr
		}
	}
}

var badLine = regexp.MustCompile(`(?m)^values:(\d+):\d+: error`)

func readValues(obj string, n int) ([]int64, error) {
	f, err := elf.Open(obj)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := f.Section("abi_values")
	if s == nil {
		return nil, fmt.Errorf("%s: no section abi_values", obj)
	}
	data, err := s.Data()
	if err != nil {
		return nil, err
	}
	values := make([]int64, n)
	if err := binary.Read(bytes.NewReader(data), f.ByteOrder, values); err != nil {
		return nil, fmt.Errorf("%s: %w", obj, err)
	}
	return values, nil
}
