package analysis_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/internal/benchtest"
	"abide/analysis/text"
)

// manyPayloads is a header with n records and a command for each.
func manyPayloads(n int) string {
	var b strings.Builder
	b.WriteString("#include <linux/types.h>\n#include <linux/ioctl.h>\n")
	for i := range n {
		fmt.Fprintf(&b, "struct payload_%d {\n\t__u32 size;\n\t__u64 stamp;\n\t__u8 data[%d];\n};\n#define CMD_%d _IOWR('x', %d, struct payload_%d)\n", i, i%32, i, i%256, i)
	}
	return b.String()
}

func benchmarkEdit(b *testing.B, path, source string, check func(*testing.B, *analysis.Snapshot)) {
	f := text.New(source)
	s := analysis.NewSession(analysis.Config{ABIs: abi.Default(), Checks: checks.All()}, files{})
	at := strings.LastIndex(source, "size;")
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			fresh := analysis.NewSession(analysis.Config{ABIs: abi.Default(), Checks: checks.All()}, files{})
			fresh.SetBuffer(path, f)
			snap, err := fresh.Snapshot(path)
			if err != nil {
				b.Fatal(err)
			}
			check(b, snap)
		}
	})
	b.Run("edit", func(b *testing.B) {
		i := 0
		edit := func() {
			next, err := f.Apply(text.Edit{Span: text.Span{Start: at, End: at + 4}, New: fmt.Sprint("s", i%10, "ze")})
			if err != nil {
				b.Fatal(err)
			}
			i++
			s.SetBuffer(path, next)
			snap, err := s.Snapshot(path)
			if err != nil {
				b.Fatal(err)
			}
			check(b, snap)
		}
		edit() // the first version is a cold one
		edit()
		b.ResetTimer()
		defer benchtest.CPU(b)()
		for b.Loop() {
			edit()
		}
	})
}

func findings(b *testing.B, s *analysis.Snapshot) {
	if _, err := s.Findings(context.Background()); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkPayloads(b *testing.B) {
	for _, n := range []int{10, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkEdit(b, mainFile, manyPayloads(n), findings) })
	}
}

// BenchmarkLongHeader types into a header of 30,000 lines.
func BenchmarkLongHeader(b *testing.B) {
	var s strings.Builder
	s.WriteString("#include <linux/types.h>\n#include <linux/ioctl.h>\n")
	for i := range 1500 {
		fmt.Fprintf(&s, "/*\n * A queue.\n */\n#define Q_%d_WAIT 1\n#define Q_%d_WAKE 2\n#define Q_%d_DEPTH 64\n\nstruct q_%d {\n\t__u32 flags;\n\t__u32 count;\n\t__u64 address;\n\t__u64 stamp;\n\t__u16 slot;\n\t__u16 kind;\n\t__u8 name[Q_%d_DEPTH];\n\t__u32 size;\n};\n\n#define Q_%d_SUBMIT _IOWR(%d, %d, struct q_%d)\n/* end */\n", i, i, i, i, i, i, 97+i/256, i%256, i)
	}
	b.Run("driver", func(b *testing.B) { benchmarkEdit(b, mainFile, s.String(), findings) })
	b.Run("uapi", func(b *testing.B) { benchmarkEdit(b, "/src/include/uapi/linux/q.h", s.String(), findings) })
}
