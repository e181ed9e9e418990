package analysis_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/cpp"
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

// sharedHeaders is what an editor makes of it without saving.
var sharedHeaders = []string{
	sharedHeader,
	"/* moved */\n" + sharedHeader,
	"#define COUNT 3\nstruct shared { long a; };\nstruct compat_header { __u32 size; __u32 stamp; };\n",
	"#define COUNT sizeof(long)\n#define CARRIED _IOW('C', 1, struct header)\ntypedef long narrow_t;\n",
}

// snippets are what gets pasted: whole constructs and torn ones.
var snippets = []string{
	"struct extra { char c; long l; };\n", "};", "{", "(", ")", "\"", "/*", "*/", "#if 0\n", "#endif\n", "#define X\n",
	"__u32 pad;", "#include \"shared.h\"\n", "typedef struct header header_t;\n", "struct header", ",", ";", "\n", "\\\n",
	"#define EXTRA _IOW(MAGIC, 9, struct extra)\n", "#define SPLIT _IOR(MAGIC, 8, struct split)\n", "/* abide:payload */\n",
	"/* abide:ignore padding-hole: known */\n", "struct compat_header {\n\t__u32 size;\n\t__u32 stamp[2];\n};\n", "#if 0\nstruct header32 { int a; };\n#endif\n",
	"struct around { struct header head; char c; };\n#define AROUND _IOW(MAGIC, 10, struct around)\n",
	"__attribute__((packed))", "#pragma pack(2)\n", "[3]", ": 3", "enum { A, B };", "'", "é", "\x00", "\r\n",
}

// edited is a file that edits are made to.
type edited struct {
	path, content string
	cfg           analysis.Config
	disk          cpp.FS
	header        string // that the file includes, to take the texts of sharedHeaders
	// warm takes, for what is analysed from scratch, a session that has met the
	// file's headers before: all but every fiftieth time.
	warm bool
}

// TestEditsEqualFromScratch holds what a session makes of a version that it
// came to by edits against what it makes of that version alone.
// ABIDE_EDITS and ABIDE_SEED are how many edits, and which.
func TestEditsEqualFromScratch(t *testing.T) {
	edits, seed := number(t, "ABIDE_EDITS", 300), number(t, "ABIDE_SEED", 1)
	for i, scope := range []analysis.Scope{analysis.ScopeAll, analysis.ScopePayload} {
		edited{
			path: mainFile, content: editedDriver, header: "/src/shared.h",
			cfg:  analysis.Config{Scope: scope, Checks: checks.All()},
			disk: files{mainFile: editedDriver, "/src/shared.h": sharedHeader},
		}.run(t, edits, uint64(2*seed+i))
	}
}

// TestEditsEqualFromScratchDrivers does so with drivers of a Linux tree, as
// .ci/linux prepares it, for ABIDE_DRIVER_EDITS edits in each, on the ABIs that
// ABIDE_ABIS names.
func TestEditsEqualFromScratchDrivers(t *testing.T) {
	tree, database, ok := kernelTree()
	if !ok {
		t.Skip("no Linux tree: .ci/linux prepares one")
	}
	edits, seed := number(t, "ABIDE_DRIVER_EDITS", 15), number(t, "ABIDE_SEED", 1)
	for i, name := range []string{
		"drivers/char/hpet.c", "drivers/misc/fastrpc.c", "drivers/video/fbdev/core/fbmem.c", "fs/ext4/ioctl.c", "include/uapi/linux/btrfs.h",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(tree, name)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			edited{
				path: path, content: string(data), warm: true,
				cfg: analysis.Config{ABIs: abis(t), Checks: checks.All(), CompDB: database},
			}.run(t, edits, uint64(seed*100+i))
		})
	}
}

func abis(t *testing.T) []*abi.ABI {
	t.Helper()
	list, err := abi.Parse(cmp.Or(os.Getenv("ABIDE_ABIS"), "default"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	s := os.Getenv(variable)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(variable, ": ", err)
	}
	return n
}

func (e edited) session() *analysis.Session {
	if len(e.cfg.ABIs) == 0 {
		e.cfg.ABIs = []*abi.ABI{abi.Lookup("x86_64"), abi.Lookup("i386")}
	}
	return analysis.NewSession(e.cfg, e.disk)
}

func (e edited) run(t *testing.T, edits int, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0))
	live, scratch := e.session(), e.session()
	f := text.New(e.content)
	var undo []*text.File
	compared := 0
	var header *text.File
	var slowest time.Duration
	for i := range edits {
		f, undo = step(t, random, f, undo)
		live.SetBuffer(e.path, f)
		if e.header != "" && random.IntN(10) == 0 {
			header = text.New(sharedHeaders[random.IntN(len(sharedHeaders))])
			live.SetBuffer(e.header, header)
		}
		start := time.Now()
		got, stale := describe(t, live, e.path)
		if i > 0 {
			slowest = max(slowest, time.Since(start))
		}
		if stale {
			continue // what stands in for broken text is only there because of an earlier version
		}
		compared++
		if !e.warm || i%50 == 0 {
			scratch = e.session()
		}
		scratch.Forget(e.path)
		scratch.SetBuffer(e.path, f)
		if header != nil {
			scratch.SetBuffer(e.header, header)
		}
		want, _ := describe(t, scratch, e.path)
		if got != want {
			t.Fatalf("seed %d, edit %d: the edited version differs from scratch\n%s\nsource:\n%s", seed, i,
				text.Unified("scratch", "edited", text.New(want), text.New(got)), f.Content())
		}
	}
	t.Logf("compared %d of %d versions; the slowest edit took %v", compared, edits, slowest)
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
	switch random.IntN(6) {
	case 4: // rename, here or everywhere
		words := wordPattern.FindAllStringIndex(content, -1)
		if len(words) > 0 {
			w := words[random.IntN(len(words))]
			e.Span = text.Span{Start: w[0], End: w[1]}
			e.New = []string{"header", "compat_header", "extra", "split", "__u32", "__u64", "long"}[random.IntN(7)]
		}
	case 5: // a whole line goes, or comes again
		line := random.IntN(f.LineCount())
		e.Span = text.Span{Start: f.LineStart(line), End: f.LineStart(line + 1)}
		if random.IntN(2) == 0 {
			e.New = content[e.Span.Start:e.Span.End]
			e.Span.End = e.Span.Start
		}
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

var wordPattern = regexp.MustCompile(`\b[A-Za-z_]\w*\b`)

// describe writes down all that a session knows of the main file, and tells
// whether any of it is a last good form.
func describe(t *testing.T, s *analysis.Session, path string) (all string, stale bool) {
	t.Helper()
	snap, err := s.Snapshot(path)
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
		fmt.Fprintf(&b, "%v %s %d %s %s.%s %s %v\n", f.Span, f.Rule, f.Severity, f.Message, f.Record, f.Field, f.Command, f.ABIs)
		for _, r := range f.Related {
			fmt.Fprintf(&b, "\t%v %s\n", r.Loc, r.Message)
		}
		for _, x := range f.Fixes() {
			fmt.Fprintf(&b, "\t%s %+v %v\n", x.Title, x.Edits, x.Preferred)
		}
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
