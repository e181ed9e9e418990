package ioctl_test

import (
	"fmt"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/layout"
	"abide/analysis/sysroot"
	"abide/analysis/text"
	"abide/analysis/token"
)

// editing is a file that is typed into, its commands kept from version to
// version.
type editing struct {
	files cpp.Cache
	cache ioctl.Cache
	cfg   *cpp.Config
	file  *cpp.File
	unit  *decl.Unit
	kept  *ioctl.Kept
	e     *layout.Engine
}

// now gives the commands of a version.
func (w *editing) now(source string) *ioctl.Kept {
	fs := sysroot.Layer(noDisk{})
	var before *cpp.Result
	if w.unit != nil {
		before = w.unit.Result
	}
	w.file = w.files.File("/src/a.h", text.New(source), w.file)
	u := decl.NewUnit(w.files.Preprocess(fs, w.cfg, w.file, before, nil), w.unit)
	kept := w.kept
	var changed []token.Sym
	if w.unit != nil {
		names, ok := u.Changed()
		if changed = names; ok {
			w.e = layout.Continue(w.e, u, changed)
		} else {
			kept = nil
		}
	}
	if kept == nil {
		w.e = layout.New(u, w.cfg.ABI, layout.Flags{})
	}
	w.unit = u
	w.kept = w.cache.Commands(u, w.e, kept, changed)
	return w.kept
}

// TestKept changes whatever a command follows from: it has to follow.
func TestKept(t *testing.T) {
	const source = `#include <linux/types.h>
#include <linux/ioctl.h>

#define MAGIC 'M'

#define NUMBER(n) (n)

typedef __u32 word;

typedef struct { word a; } pair;

struct arg { pair p; __u32 b; };

enum { NR = 7 };

#define GET _IOR(MAGIC, NUMBER(1), struct arg)

#define SET _IOW(MAGIC, NR, pair[2])

#define OTHER _IO('O', 1)

#define FOLD ALIAS

int f(int x)
{
	return x;
}
`
	edits := [][2]string{
		{"return x;", "return x + 1;"},
		{"word a;", "word a, c;"},
		{"__u32 word", "__u64 word"},
		{"__u64 word", "lost_t word"},
		{"lost_t word", "__u16 word"},
		{"'M'", "'N'"},
		{"(n)\n", "((n) + 2)\n"},
		{"NR = 7", "NR = 8"},
		{"NR = 8", "NR"},
		{"#define FOLD ALIAS", "#define ALIAS GET\n#define FOLD ALIAS"},
		{"struct arg {", "struct argument {"},
		{"struct argument {", "struct arg {"},
		{"enum { NR };\n", "#define NR 3\n"},
		{"int f(int x)", "#undef GET\nint f(int x)"},
		{"#undef GET\n", "#define GET _IO('G', 2)\n"},
		{"typedef struct {", "#pragma pack(1)\ntypedef struct { char first;"},
	}
	for _, name := range []string{"x86_64", "ppc64"} {
		fs := sysroot.Layer(noDisk{})
		w := &editing{cfg: sysroot.Config(&compdb.Command{}, abi.Lookup(name), fs)}
		now := source
		w.now(now)
		for _, edit := range edits {
			next := strings.Replace(now, edit[0], edit[1], 1)
			if next == now {
				t.Fatalf("no %q to replace", edit[0])
			}
			now = next
			got := describe(w.now(now).List())
			u, e := unit(t, new(cpp.Cache), abi.Lookup(name), now)
			if want := describe(ioctl.Commands(u, e)); got != want {
				t.Errorf("%s, %q to %q:\n got %s\nwant %s", name, edit[0], edit[1], got, want)
			}
		}
	}
}

// TestKeptIsKept checks that an edit of a function's body finds no command anew
// that stands far from it.
func TestKeptIsKept(t *testing.T) {
	var source strings.Builder
	source.WriteString("#include <linux/ioctl.h>\n\n")
	for i := range 20 {
		fmt.Fprintf(&source, "#define GET_%d _IO('G', %d)\n\n", i, i)
	}
	source.WriteString("int f(int x)\n{\n\treturn x;\n}\n")
	w := &editing{cfg: sysroot.Config(&compdb.Command{}, abi.Lookup("x86_64"), sysroot.Layer(noDisk{}))}
	w.now(source.String())
	before := w.now(strings.Replace(source.String(), "return x", "return x + x", 1)).List() // cuts finer
	now := w.now(strings.Replace(source.String(), "return x", "return x - x", 1)).List()
	if len(before) != 20 || len(now) != 20 || now[0] != before[0] {
		t.Errorf("%d commands, then %d; the first was found anew", len(before), len(now))
	}
}
