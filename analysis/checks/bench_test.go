package checks_test

import (
	"fmt"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/checks/internal/checktest"
	"abide/analysis/text"
)

// BenchmarkManyFindings checks a header with three findings in each of 3,000
// payloads; the layouts are there already.
func BenchmarkManyFindings(b *testing.B) {
	var s strings.Builder
	s.WriteString("#include <linux/types.h>\n#include <linux/ioctl.h>\n")
	for i := range 3000 {
		fmt.Fprintf(&s, "struct payload_%d {\n\t__u32 size;\n\t__u64 stamp;\n\t__u8 data[%d];\n\tvoid *p;\n};\n#define CMD_%d _IOWR('x', %d, struct payload_%d)\n", i, i%32+1, i, i%256, i)
	}
	const path = "/src/many.h"
	session := analysis.NewSession(analysis.Config{ABIs: abi.Default(), Checks: checks.All()}, checktest.Disk{})
	f := text.New(s.String())
	for b.Loop() {
		b.StopTimer()
		session.SetBuffer(path, text.New(f.Content()))
		snapshot, err := session.Snapshot(path)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := snapshot.Records(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		list, err := snapshot.Findings(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(list)), "findings")
	}
}
