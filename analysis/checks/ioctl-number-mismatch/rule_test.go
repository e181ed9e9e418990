package ioctlnumbermismatch

import (
	"fmt"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks/internal/checktest"
)

func Test(t *testing.T) { checktest.Run(t, Check) }

// The finding points at what is to blame in another header.
func TestBlame(t *testing.T) {
	const commands = "#include <linux/ioctl.h>\n#include \"far.h\"\n#define A _IOR('n', 1, struct outer)\n"
	abis := []*abi.ABI{abi.Lookup("x86_64"), abi.Lookup("i386")}
	tests := []struct{ far, want string }{
		{"struct outer { __u32 a; __u64 b; };", "'b'+2: 4-byte hole before 'b' on x86_64, none on i386"},
		{"struct outer { __u64 a; __u32 b; };", "'b'+2: 4 bytes of padding behind 'b' on x86_64, none on i386"},
		{"struct outer { __u32 a; void *b; };", "'b'+2: 'b' is a pointer: 8 bytes on x86_64, 4 bytes on i386"},
		{"struct outer { long a; };", "'a'+2: 'a' is 8 bytes on x86_64, 4 bytes on i386"},
		{"struct inner {\n long a;\n};\nstruct outer { __u64 n; struct inner list[2]; };", "'a'+3: 'a' is 8 bytes on x86_64, 4 bytes on i386"},
	}
	for _, tt := range tests {
		disk := checktest.Disk{"/src/a.h": commands, "/src/far.h": "#include <linux/types.h>\n" + tt.far + "\n"}
		cfg := analysis.Config{Checks: []*analysis.Check{Check}, ABIs: abis}
		s, err := analysis.NewSession(cfg, disk).Snapshot("/src/a.h")
		if err != nil {
			t.Fatal(err)
		}
		findings, err := s.Findings(t.Context())
		if err != nil || len(findings) != 1 || len(findings[0].Related) != 1 {
			t.Errorf("%s: %v, %v", tt.far, findings, err)
			continue
		}
		r := findings[0].Related[0]
		text := disk[r.Loc.Path]
		got := fmt.Sprintf("'%s'+%d: %s", text[r.Loc.Start:r.Loc.End], strings.Count(text[:r.Loc.Start], "\n")+1, r.Message)
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.far, got, tt.want)
		}
	}
}
