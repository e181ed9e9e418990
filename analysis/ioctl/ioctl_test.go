package ioctl_test

import (
	"errors"
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
)

// noDisk is a machine without any header.
type noDisk struct{}

func (noDisk) Read(string) (string, error) { return "", errors.New("file not found") }
func (noDisk) Exists(string) bool          { return false }

func unit(t *testing.T, cache *cpp.Cache, a *abi.ABI, source string) (*decl.Unit, *layout.Engine) {
	t.Helper()
	fs := sysroot.Layer(noDisk{})
	result := cache.Preprocess(fs, sysroot.Config(&compdb.Command{}, a, fs), cache.File("/src/a.h", text.New(source), nil), nil, nil)
	u := decl.NewUnit(result, nil)
	return u, layout.New(u, a, layout.Flags{})
}

func TestCommands(t *testing.T) {
	const head = `#include <linux/types.h>
#include <linux/ioctl.h>
#define MAGIC 'M'
struct arg { __u32 id; __u64 stamp; };
typedef struct arg arg_t;
enum { NR = 7, N = 3 };
`
	// The kernel's own form checks that the operand is a type.
	const kernel = `
#undef _IOR
extern unsigned int __invalid_size_argument_for_IOC;
#define TYPECHECK(t) ((sizeof(t) == sizeof(t[1]) && sizeof(t) < (1 << _IOC_SIZEBITS)) ? sizeof(t) : __invalid_size_argument_for_IOC)
#define _IOR(type, nr, size) _IOC(_IOC_READ, (type), (nr), (TYPECHECK(size)))
`
	tests := []struct{ name, source, want string }{
		{"none", "#define GET _IO(MAGIC, 1)", "GET=_IO 4d 1 0"},
		{"read", "#define GET _IOR(MAGIC, 1, struct arg)", "GET=_IOR 4d 1 16 struct arg→arg"},
		{"write", "#define GET _IOW('M', 0x10, int)", "GET=_IOW 4d 16 4 int"},
		{"both", "#define GET _IOWR(MAGIC, NR, arg_t)", "GET=_IOWR 4d 7 16 arg_t→arg"},
		{"array", "#define GET _IOW(MAGIC, 1, struct arg[N])", "GET=_IOW 4d 1 48 struct arg[]→arg"},
		{"pointer", "#define GET _IOW(MAGIC, 1, struct arg *)", "GET=_IOW 4d 1 8 *"},
		{"char array of a size", "#define GET _IOW(MAGIC, 1, char[sizeof(struct arg)])", "GET=_IOW 4d 1 16 char[]"},
		{"sizeof by mistake", "#define GET _IOW(MAGIC, 1, sizeof(struct arg))", "GET=_IOW 4d 1 8"},
		{"_IOC", "#define GET _IOC(_IOC_READ | _IOC_WRITE, MAGIC, 2, sizeof(struct arg))", "GET=_IOWR 4d 2 16 struct arg→arg"},
		{"_IOC with a number", "#define GET _IOC(_IOC_READ, MAGIC, 2, 12)", "GET=_IOR 4d 2 12"},
		{"wrapper", "#define MY_IOR(n, t) _IOR(MAGIC, n, t)\n#define GET MY_IOR(3, struct arg)", "GET=_IOR 4d 3 16 struct arg→arg"},
		{"wrapper with an offset", "#define BASE 0x40\n#define GET _IOW('d', BASE + 2, struct arg)", "GET=_IOW 64 66 16 struct arg→arg"},
		{"parentheses", "#define GET (_IOR(MAGIC, 1, int))", "GET=_IOR 4d 1 4 int"},
		{"cast", "#define GET ((unsigned int)_IOR(MAGIC, 1, int))", "GET=_IOR 4d 1 4 int"},
		{"alias", "#define GET _IOR(MAGIC, 1, int)\n#define OLD GET", "GET=_IOR 4d 1 4 int, OLD=_IOR 4d 1 4 int"},
		{"parts of a command are none", "#define GET _IOR(MAGIC, 1, int)\n#define A _IOC_NR(GET)\n#define B _IOC_SIZE(GET)\n#define C (GET + 1)", "GET=_IOR 4d 1 4 int"},
		{"function-like", "#define GET(len) _IOC(_IOC_READ, MAGIC, 1, len)", ""},
		{"undefined again", "#define GET _IO(MAGIC, 1)\n#undef GET", ""},
		{"unknown record", "#define GET _IOR(MAGIC, 1, struct lost)", "GET: GET has no number: struct lost is not defined struct lost"},
		{"unknown type", "#define GET _IOR(MAGIC, 1, lost_t)", "GET: GET has no number: unknown type name 'lost_t' lost_t"},
		{"no arguments", "#define GET _IOR()", ""},
		{"empty", "#define GET", ""},
		{"defined in place", "#define GET _IOR(MAGIC, 1, struct { int a; int b; })", "GET=_IOR 4d 1 8 struct→"},
		{"kernel's check", kernel + "#define GET _IOR(MAGIC, 1, struct arg)", "GET=_IOR 4d 1 16 struct arg→arg"},
	}
	var cache ioctl.Cache
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, e := unit(t, new(cpp.Cache), abi.Lookup("x86_64"), head+tt.source)
			got := describe(ioctl.Commands(u, e))
			if got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
			for range 2 {
				if again := describe(cache.Commands(u, e, nil, nil).List()); again != got {
					t.Errorf("out of the cache\n got %s\nwant %s", again, got)
				}
			}
		})
	}
}

func describe(list []*ioctl.Command) string {
	parts := make([]string, len(list))
	for i, c := range list {
		s := fmt.Sprintf("%s=%s %x %d %d", c.Name, c.Code.Dir, c.Code.Type, c.Code.Nr, c.Code.Size)
		if c.Err != nil {
			s = c.Name + ": " + c.Err.Error()
		}
		if c.Payload != nil {
			s += " " + spell(c.Payload)
			if c.Record != nil {
				s += "→" + c.Record.Tag.String()
			}
		}
		parts[i] = s
	}
	return strings.Join(parts, ", ")
}

func spell(t decl.Type) string {
	switch t := t.(type) {
	case *decl.RecordRef:
		return strings.TrimSpace("struct " + t.Tag.String())
	case *decl.TypedefRef:
		return t.Name.String()
	case *decl.Array:
		return spell(t.Elem) + "[]"
	case *decl.Pointer:
		return "*"
	case *decl.Basic:
		return map[abi.Kind]string{abi.Int: "int", abi.Char: "char"}[t.Kind]
	}
	return "?"
}

// A cached reading must not outlive what it depends on.
func TestCacheFollowsDefinitions(t *testing.T) {
	sources := []string{
		"#define NR 1\ntypedef int t;\n",
		"#define NR 2\ntypedef int t;\n",
		"#define NR 2\ntypedef long long t;\n",
		"enum { NR = 3 };\ntypedef long long t;\n",
		"enum { NR = 4, t = 4 };\n",
	}
	var files cpp.Cache
	var cache ioctl.Cache
	for _, source := range sources {
		for _, name := range []string{"x86_64", "ppc64", "x86_64"} {
			u, e := unit(t, &files, abi.Lookup(name), source+"#include <linux/ioctl.h>\n#define GET _IOR('M', NR, t)\n")
			if got, want := describe(cache.Commands(u, e, nil, nil).List()), describe(ioctl.Commands(u, e)); got != want {
				t.Errorf("%s on %s: got %s, want %s", source, name, got, want)
			}
		}
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		abi   string
		value uint32
		want  string
	}{
		{"x86_64", 0x80184d00, "_IOR 4d 0 24"},
		{"x86_64", 0xc0604d01, "_IOWR 4d 1 96"},
		{"x86_64", 0xffff4d01, "_IOWR 4d 1 16383"},
		{"arm64", 0x00004d02, "_IO 4d 2 0"},
		{"ppc64", 0x20004d02, "_IO 4d 2 0"},
		{"ppc64", 0x40184d00, "_IOR 4d 0 24"},
		{"ppc64", 0x80184d00, "_IOW 4d 0 24"},
		{"mips_o32", 0xc0184d00, "_IOWR 4d 0 24"},
		{"sparc64", 0x7fff4d00, "_IOR 4d 0 16383"}, // sparc's 14th bit of the size
		{"parisc64", 0x40184d00, "_IOR 4d 0 24"},
	}
	for _, tt := range tests {
		c := ioctl.Decode(abi.Lookup(tt.abi), tt.value)
		if got := fmt.Sprintf("%s %x %d %d", c.Dir, c.Type, c.Nr, c.Size); got != tt.want {
			t.Errorf("%s %#x: got %s, want %s", tt.abi, tt.value, got, tt.want)
		}
	}
}

// Macros that each double the next one cost a bounded amount of work together.
func TestBomb(t *testing.T) {
	var source strings.Builder
	source.WriteString("#include <linux/ioctl.h>\n#define FIRST _IO('x', 1)\n")
	for i := range 10_000 {
		fmt.Fprintf(&source, "#define M%d M%d M%d\n", i, i+1, i+1)
	}
	u, e := unit(t, new(cpp.Cache), abi.Lookup("x86_64"), source.String())
	if list := ioctl.Commands(u, e); len(list) != 1 || list[0].Name != "FIRST" {
		t.Errorf("%d commands", len(list))
	}
}
