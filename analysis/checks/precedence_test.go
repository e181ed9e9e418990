package checks_test

import (
	"fmt"
	"slices"
	"testing"

	"abide/analysis"
	"abide/analysis/checks"
	"abide/analysis/checks/internal/checktest"
)

// TestPrecedence finds each cause by one rule, the most special; where that is
// off, no other takes its place.
func TestPrecedence(t *testing.T) {
	const header = `#define __KERNEL__
#include <linux/types.h>
#include <linux/time.h>
#include <linux/spinlock.h>
#include <linux/ioctl.h>
typedef long cookie_t;
enum wide { WIDE = ~0UL };
`
	for _, tt := range []struct{ members, attribute, rule string }{
		{"__u32 a; void *p;", "", "pointer-field"},
		{"__u32 a; long n;", "", "long-field"},
		{"__u32 a; cookie_t n[2];", "", "long-field"},
		{"__u32 a; size_t n;", "", "long-field"},
		{"__u32 a; __kernel_old_time_t t;", "", "time-field"},
		{"__u32 a; struct __kernel_old_timeval t;", "", "time-field"},
		{"__u32 a; dma_addr_t d;", "", "kernel-type"},
		{"__u32 a; phys_addr_t d[2];", "", "kernel-type"},
		{"__u32 a; struct list_head l;", "", "kernel-type"},
		{"__u32 a; spinlock_t l;", "", "kernel-type"},
		{"__u32 a; long double d;", "", "float-field"},
		{"__u32 a; enum wide e;", "", "enum-field"},
		{"__u8 a; void *p;", "__attribute__((packed))", "packed-variable"},
		{"__u8 a; long n;", "__attribute__((packed))", "packed-variable"},
		{"__u8 a; __kernel_old_time_t t;", "__attribute__((packed))", "time-field"},
		{"__u32 a; __u64 b;", "", "padding-hole"},
		{"__u64 a; __u32 b;", "", "tail-padding"},
		{"union { __u64 a; __u8 b[12]; } u; __u32 c, d;", "", "union-padding"},
		{"__u32 a; char room[sizeof(long)];", "", "abi-mismatch"},
	} {
		source := header + fmt.Sprintf("struct s { %s } %s;\n#define S _IOW('x', 1, struct s)\n", tt.members, tt.attribute)
		warned := func(off string) []string {
			cfg := analysis.Config{Checks: checks.All(), Severities: map[string]analysis.Severity{"ioctl-number-mismatch": analysis.Off, off: analysis.Off}}
			s, err := analysis.NewSession(cfg, checktest.Disk{"/src/s.h": source}).Snapshot("/src/s.h")
			if err != nil {
				t.Fatal(err)
			}
			findings, err := s.Findings(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var rules []string
			for _, f := range findings {
				if f.Severity >= analysis.Warning {
					rules = append(rules, f.Rule)
				}
			}
			return rules
		}
		if got := warned("unknown-layout"); !slices.Equal(got, []string{tt.rule}) {
			t.Errorf("%s %s: %v, want %s", tt.members, tt.attribute, got, tt.rule)
		}
		if got := warned(tt.rule); len(got) > 0 {
			t.Errorf("%s %s: with %s off, %v instead", tt.members, tt.attribute, tt.rule, got)
		}
	}
}
