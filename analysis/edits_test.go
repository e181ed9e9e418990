package analysis_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/checks"
	"abide/analysis/text"
)

const editedDriver = `#include <linux/types.h>
#include <linux/ioctl.h>
#include "shared.h"

#define FIELD(t, n) t n
#define MAGIC 'E'

struct header {
	__u32 size;	/* in bytes */
	__u64 stamp;
};

union value {
	__u64 raw;
	struct { __u16 low, high; };
	void *pointer;
};

typedef struct {
	struct header head;
	FIELD(__u32, count);
	union value list[COUNT];
} event_t;

#ifdef __i386__
struct split { __u32 narrow; };
#else
struct split { __u64 wide; };
#endif

#pragma pack(push, 1)
struct wire { __u8 kind; struct split body; };
#pragma pack(pop)

#define GET _IOR(MAGIC, 1, struct header)
#define PUT _IOW(MAGIC, 2, event_t)
#define WIRE _IOWR(MAGIC, 3, struct wire[2])

static long handle(unsigned int cmd, void *arg)
{
	struct wire w;

	if (copy_from_user(&w, arg, sizeof(w)))
		return -14;
	return 0;
}
`

const sharedHeader = "#define COUNT 4\nstruct shared { int a; };\n"

// snippets are what gets pasted: whole constructs and torn ones.
var snippets = []string{
	"struct extra { char c; long l; };\n", "};", "{", "(", ")", "\"", "/*", "*/", "#if 0\n", "#endif\n", "#define X\n",
	"__u32 pad;", "#include \"shared.h\"\n", "typedef struct header header_t;\n", "struct header", ",", ";", "\n", "\\\n",
	"__attribute__((packed))", "#pragma pack(2)\n", "[3]", ": 3", "enum { A, B };", "'", "é", "\x00", "\r\n",
}

// TestEditsEqualFromScratch holds what a session makes of a version that it
// came to by edits against what it makes of that version alone.
func TestEditsEqualFromScratch(t *testing.T) {
	edits, seed := 300, uint64(1)
	if s := os.Getenv("ABIDE_EDITS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal("ABIDE_EDITS: ", err)
		}
		edits = n
	}
	if s := os.Getenv("ABIDE_SEED"); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal("ABIDE_SEED: ", err)
		}
		seed = n
	}
	random := rand.New(rand.NewPCG(seed, 0))
	disk := files{mainFile: editedDriver, "/src/shared.h": sharedHeader}
	cfg := analysis.Config{Scope: analysis.ScopeAll, Checks: checks.All()}
	live := session(cfg, disk)
	f := text.New(editedDriver)
	var undo []*text.File
	compared := 0
	for i := range edits {
		f, undo = step(t, random, f, undo)
		live.SetBuffer(mainFile, f)
		got, stale := describe(t, live)
		if stale {
			continue // what stands in for broken text is only there because of an earlier version
		}
		compared++
		fresh := session(cfg, disk)
		fresh.SetBuffer(mainFile, f)
		want, _ := describe(t, fresh)
		if got != want {
			t.Fatalf("seed %d, edit %d: the edited version differs from scratch\n%s\nsource:\n%s", seed, i,
				text.Unified("scratch", "edited", text.New(want), text.New(got)), f.Content())
		}
	}
	t.Logf("compared %d of %d versions", compared, edits)
	if compared < edits/4 {
		t.Errorf("only %d of %d versions could be compared", compared, edits)
	}
}

// step makes one edit: typing, deleting, pasting, moving, or undoing some.
func step(t *testing.T, random *rand.Rand, f *text.File, undo []*text.File) (*text.File, []*text.File) {
	t.Helper()
	if n := len(undo); n > 0 && (random.IntN(4) == 0 || n > 12) {
		back := 1 + random.IntN(n)
		return undo[n-back], undo[:n-back]
	}
	content := f.Content()
	at := random.IntN(len(content) + 1)
	end := min(len(content), at+random.IntN(12))
	e := text.Edit{Span: text.Span{Start: at, End: at}}
	switch random.IntN(4) {
	case 0:
		e.New = string("abc_ 019;{}*#\n"[random.IntN(14)])
	case 1:
		e.Span.End = end
	case 2:
		e.New = snippets[random.IntN(len(snippets))]
	case 3:
		from := random.IntN(len(content) + 1)
		e.New = content[from:min(len(content), from+random.IntN(80))]
	}
	next, err := f.Apply(e)
	if err != nil {
		t.Fatal(err)
	}
	return next, append(undo, f)
}

// describe writes down all that a session knows of the main file, and tells
// whether any of it is a last good form.
func describe(t *testing.T, s *analysis.Session) (all string, stale bool) {
	t.Helper()
	snap, err := s.Snapshot(mainFile)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range records(t, snap) {
		stale = stale || r.Stale
		fmt.Fprintf(&b, "%s %v %v %d payload %v %q\n", r.Name, r.Span, r.NameSpan, r.Line, r.Payload, r.Reason)
		for _, v := range r.Views {
			switch {
			case v.Decl == nil:
				fmt.Fprintf(&b, "\t%s none\n", v.Target.ABI.Name)
			case v.Layout == nil:
				fmt.Fprintf(&b, "\t%s %v\n", v.Target.ABI.Name, v.Err)
			default:
				fmt.Fprintf(&b, "\t%s %d %d", v.Target.ABI.Name, v.Layout.Size, v.Layout.Align)
				for _, m := range analysis.Members(v.Layout) {
					fmt.Fprintf(&b, " %s@%d+%d", m.Path, m.BitOffset, m.Field.BitSize)
				}
				b.WriteString("\n")
			}
		}
	}
	commands, err := snap.Commands(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commands {
		fmt.Fprintf(&b, "%s %v %s", c.Name, c.Span, c.Payload)
		for _, v := range c.Values {
			if v != nil {
				fmt.Fprintf(&b, " %#x %v", v.Code.Value, v.Err)
			}
		}
		b.WriteString("\n")
	}
	findings, err := snap.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		fmt.Fprintf(&b, "%v %s %d %s %s.%s %v %d\n", f.Span, f.Rule, f.Severity, f.Message, f.Record, f.Field, f.ABIs, len(f.Fixes()))
	}
	unresolved, err := snap.Unresolved(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range unresolved {
		fmt.Fprintf(&b, "%s %s %v\n", u.Name, u.Reason, u.Loc)
	}
	return b.String(), stale
}
