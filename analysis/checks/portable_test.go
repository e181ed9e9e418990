package checks_test

import (
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/checks/internal/checktest"
	"abide/analysis/payload"
	"abide/analysis/text"
)

const portable = `#include <linux/types.h>
#include <linux/ioctl.h>

struct inner {
	__u32 kind;
	void *data;	/* from user */
};

struct outer {
	__u8 first;
	struct inner in;
	long count;
	__u8 last;
};

struct other {
	__u64 a;
	__u32 b;
};

struct kernel_only {
	void *p;
};

#define OUTER	_IOW('M', 1, struct outer)
#define OTHER	_IOW('M', 2, struct other)
`

const portableOuter = `struct inner {
	__u32 kind;
	__u32 __pad;
	__u64 data;	/* from user */
};

struct outer {
	__u8 first;
	__u8 __pad[7];
	struct inner in;
	__s64 count;
	__u8 last;
	__u8 __pad2[7];
};
`

// TestPortable makes records, and a whole file, the same on every ABI.
func TestPortable(t *testing.T) {
	f := text.New(portable)
	session := analysis.NewSession(analysis.Config{Checks: checks.All()}, checktest.Disk{})
	session.SetBuffer("/src/input.h", f)
	s, err := session.Snapshot("/src/input.h")
	if err != nil {
		t.Fatal(err)
	}
	apply := func(fixes []analysis.Fix, err error) (title, result string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if len(fixes) == 0 {
			return "", portable
		}
		g, err := f.Apply(fixes[0].Edits...)
		if err != nil {
			t.Fatal(err)
		}
		return fixes[0].Title, g.Content()
	}

	title, got := apply(payload.Portable(t.Context(), s, strings.Index(portable, "count")))
	if want := "Make struct outer the same on every ABI (changes the ABI on i386 and arm)"; title != want {
		t.Errorf("title %q, want %q", title, want)
	}
	if !strings.Contains(got, portableOuter) || !strings.Contains(got, "struct other {\n\t__u64 a;\n\t__u32 b;\n};") {
		t.Errorf("struct outer becomes\n%s", got)
	}
	if title, _ := apply(payload.Portable(t.Context(), s, strings.Index(portable, "void *p"))); title != "" {
		t.Errorf("offered for a record that is no payload: %q", title)
	}
	if title, _ := apply(payload.Portable(t.Context(), s, 0)); title != "" {
		t.Errorf("offered where no record is: %q", title)
	}

	title, got = apply(payload.WholeFile(t.Context(), s))
	if want := "Make all payloads of this file the same on every ABI (changes the ABI on i386 and arm)"; title != want {
		t.Errorf("title %q, want %q", title, want)
	}
	if !strings.Contains(got, portableOuter) || !strings.Contains(got, "__u32 b;\n\t__u32 __pad;\n};") || !strings.Contains(got, "\tvoid *p;") {
		t.Errorf("the file becomes\n%s", got)
	}
	if title, _ := apply(payload.WholeFile(t.Context(), s.With(text.New(got)))); title != "" {
		t.Errorf("offered again: %q", title)
	}
	if list, err := s.With(f).Findings(t.Context()); err != nil || len(list) == 0 {
		t.Errorf("the scratch snapshots leave %d findings, %v", len(list), err)
	}
}

// TestShipped leaves the warning off titles for records that nobody knows yet.
func TestShipped(t *testing.T) {
	session := analysis.NewSession(analysis.Config{
		ABIs: abi.Default(), Checks: checks.All(),
		Shipped: func(r *analysis.Record) bool { return r.Name == "struct other" },
	}, checktest.Disk{})
	session.SetBuffer("/src/input.h", text.New(portable))
	s, err := session.Snapshot("/src/input.h")
	if err != nil {
		t.Fatal(err)
	}
	findings, err := s.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, f := range findings {
		for _, fix := range f.Fixes() {
			if strings.Contains(fix.Title, "changes the ABI") {
				told++
				if f.Record != "struct other" {
					t.Errorf("%s: %s", f.Record, fix.Title)
				}
			}
		}
	}
	if told == 0 {
		t.Error("no title warns")
	}
}
