package analysis_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"abide/analysis"
	"abide/analysis/checks"
	"abide/analysis/text"
)

// TestRecordsAreNotCheckedAgain types into a header and looks at which records
// a rule about single records is asked.
func TestRecordsAreNotCheckedAgain(t *testing.T) {
	// What stands far enough apart is preprocessed and parsed apart.
	far := strings.Repeat(strings.Repeat("#define FAR 1\n", 30)+"\n", 5)
	source := strings.ReplaceAll(`#include <linux/types.h>
#include <linux/ioctl.h>
/* A comment. */
@
struct inner { __u32 a; };
@
struct outer { struct inner i; __u64 b; };
@
struct alone { __u8 c; };
@
struct unused { __u8 d; };
@
#define OUTER _IOW('x', 1, struct outer)
@
#define ALONE _IOW('x', 2, struct alone)
`, "@\n", far)
	for _, edit := range []struct{ old, new, asked string }{
		{"A comment", "Another, longer one", ""},
		{"__u8 d", "__u16 d", ""}, // no payload
		{"__u8 c", "__u16 c", "alone"},
		{"struct alone {", "struct  alone {", "alone"},
		{"__u64 b", "__u32 b", "inner outer"}, // what contains a record is told with it
		{"__u32 a", "__u64 a", "inner outer"},
		{"'x', 2", "'y', 2", "alone"},
		{"struct alone)", "struct unused)", "unused"},
		{"struct unused {", "/* abide:payload */ struct unused {", "unused"},
		{"struct unused {", "struct compat_alone {", "alone"},
		{"struct unused {", "struct s; struct alone32 {", "alone"},
		{"__u8 d; };", "__u8 d; };\n#if 0\nstruct alone32 { int a; };\n#endif", "alone"},
		{"__u8 d; };", "__u8 d; };\n#pragma pack(1)", ""},
		{"struct inner {", "#pragma pack(1)\nstruct inner {", "inner outer alone"},
		{"#define OUTER _IOW('x', 1, struct outer)", "", ""},
		{"struct inner i", "struct inner i[2]", "inner outer"},
	} {
		got := ""
		// A layout may be done again for a name that it does not depend on, but
		// not for each.
		for _, prefix := range []string{"", "a_", "b_", "c_"} {
			rename := strings.NewReplacer("inner", prefix+"inner", "outer", prefix+"outer", "alone", prefix+"alone", "unused", prefix+"unused")
			got = strings.ReplaceAll(asked(t, rename.Replace(source), rename.Replace(edit.old), rename.Replace(edit.new)), prefix, "")
			if got == edit.asked {
				break
			}
		}
		if got != edit.asked {
			t.Errorf("%q for %q: asked about %q, want %q", edit.new, edit.old, got, edit.asked)
		}
	}
}

// asked gives the records that a rule is asked about after an edit.
func asked(t *testing.T, source, old, new string) string {
	t.Helper()
	var names []string
	check := &analysis.Check{Name: "asks", PerRecord: true, Severity: analysis.Hint, Run: func(p *analysis.Pass) {
		for _, r := range p.Subjects() {
			names = append(names, r.Path())
			p.Report(analysis.Finding{Span: r.NameSpan, Message: r.Name})
		}
	}}
	s := analysis.NewSession(analysis.Config{Checks: []*analysis.Check{check}}, files{})
	f := text.New(source)
	findingsOf(t, s, f)
	names = nil
	at := strings.Index(source, old)
	next, err := f.Apply(text.Edit{Span: text.Span{Start: at, End: at + len(old)}, New: new})
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range findingsOf(t, s, next) {
		if word := next.Content()[found.Span.Start:found.Span.End]; !strings.HasSuffix(found.Message, " "+word) {
			t.Errorf("%q for %q: the finding about %s stands at %q", new, old, found.Message, word)
		}
	}
	return strings.Join(names, " ")
}

func findingsOf(t *testing.T, s *analysis.Session, f *text.File) []analysis.Finding {
	t.Helper()
	s.SetBuffer(mainFile, f)
	snap, err := s.Snapshot(mainFile)
	if err != nil {
		t.Fatal(err)
	}
	list, err := snap.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(list)
}

// TestOldVersionsAreForgotten edits a file many times: what is kept of the
// findings keeps no version alive, and does not grow.
func TestOldVersionsAreForgotten(t *testing.T) {
	source := manyPayloads(50)
	s := analysis.NewSession(analysis.Config{Checks: checks.All()}, files{})
	f := text.New(source)
	var alive atomic.Int32
	at := strings.Index(source, "size;")
	edit := func(times int) uint64 {
		for i := range times {
			next, err := f.Apply(text.Edit{Span: text.Span{Start: at, End: at + 4}, New: fmt.Sprint("s", i%10, "ze")})
			if err != nil {
				t.Fatal(err)
			}
			s.SetBuffer(mainFile, next)
			snap, err := s.Snapshot(mainFile)
			if err != nil {
				t.Fatal(err)
			}
			list, err := snap.Findings(t.Context())
			if err != nil || len(list) == 0 {
				t.Fatal(list, err)
			}
			list[0].Fixes()
			alive.Add(1)
			runtime.AddCleanup(snap, func(int) { alive.Add(-1) }, 0)
		}
		for range 3 { // cleanups run beside
			runtime.GC()
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := edit(150)
	after := edit(450)
	if after > before*3/2 {
		t.Errorf("%d KiB after 150 edits, %d KiB after 600", before>>10, after>>10)
	}
	if n := alive.Load(); n > 20 {
		t.Errorf("%d versions are still there", n)
	}
	runtime.KeepAlive(s)
}
