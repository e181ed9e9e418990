package decl_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/text"
)

type noFiles struct{ _ int }

func (*noFiles) Read(string) (string, error) { return "", errors.New("file not found") }
func (*noFiles) Exists(string) bool          { return false }

// positions has attributes and pragmas in every place where gcc takes them.
const positions = `
struct a1 { char c; int __attribute__((aligned(16))) *p; };
struct a2 { char c; int *__attribute__((aligned(16))) p; };
struct a3 { char c; int *p __attribute__((aligned(16))); };
struct a4 { char c; __attribute__((aligned(16))) int *p; };
struct [[gnu::packed]] brackets { char c; int x [[gnu::aligned(8)]]; [[gnu::aligned(2)]] int y, z; };
struct wide { char d[(-(L'x') > 0) + 1]; };
struct a5 { char c; int __attribute__((packed)) x, y; };
struct a6 { char c; int x __attribute__((packed)), y; };
struct a7 { char c; int x, y __attribute__((packed)); };
struct a8 { char c; struct { char c; int d; } __attribute__((packed)) x; };
struct a9 { char c; struct { char c; int d; } const __attribute__((packed)) x; };
struct b1 { char c; int __attribute__((mode(DI))) x; };
struct b2 { char c; int x __attribute__((mode(DI))); };
struct b4 { char c; int __attribute__((vector_size(16))) x[3]; };
struct b5 { char c; int __attribute__((vector_size(16))) *x; };
struct b6 { char c; int x[3] __attribute__((vector_size(8))); };
typedef struct { char c; int d; } t1 __attribute__((packed));
struct b8 { char c; t1 x; };
typedef struct b9t { char c; int d; } __attribute__((packed)) t2;
struct b9 { char c; t2 x; };
typedef __attribute__((aligned(16))) int t3;
struct c1 { char c; t3 x; };
typedef int __attribute__((aligned(16))) t4, *t5;
struct c2 { char c; t5 x; };
struct c3 { char c; t4 x; };
struct c4 { char c; int (__attribute__((aligned(16))) *fp)(void); };
struct c6 { char c; int x : 3 __attribute__((aligned(8))); };
struct __attribute__((packed)) c7 { char c; int d; } __attribute__((aligned(8)));
struct c8 { char c; __attribute__((packed)) struct { char a; int b; } x; };
struct c9 { char c; int x[2] __attribute__((aligned(16))); };
struct d1 { char c; _Alignas(8) int x, y; };
struct d2 { char c; struct __attribute__((aligned(16))) a8 *p; };
struct d3 { char c; struct a8 __attribute__((aligned(16))) p; };
enum __attribute__((packed)) e1 { E1A };
enum e2 { E2A } __attribute__((packed));
struct d6 { char c; enum e1 a; enum e2 b; };
typedef enum { E3A } e3 __attribute__((packed));
struct d7 { char c; e3 a; };
struct d8 { char c; int __attribute__((aligned)) x; };
struct d9 { char c; int *__attribute__((aligned(16))) *p; };
struct f1 { char c; int (*__attribute__((aligned(16))) p); };
struct f2 { char c; int (*p) __attribute__((aligned(16))); };
struct f3 { char c; int x __attribute__((aligned(16))) __attribute__((packed)); };
struct f4 { char c; int x __attribute__((packed, aligned(2))); };
struct f5 { char c; const int __attribute__((aligned(8))) volatile x; };
struct f6 { char c; _Alignas(long long) char x; _Alignas(0) int y; };
struct f7 { char c; struct { int i; } __attribute__((aligned(sizeof(double) * 2))); };
struct f8 { char c; __extension__ union { int i; char q[5]; } __attribute__((packed)); };
struct f9 { char c; int x __attribute__((aligned(__alignof__(struct f7)))); };

struct p1 { char a;
#pragma pack(push, 1)
	int b;
#pragma pack(pop)
	int c; };
struct p2 { char a;
#pragma pack(1)
	int b; };
#pragma pack()
#pragma pack(1)
struct p3 { char a; int b;
#pragma pack()
};
struct p4 { char a; struct p4q { char x; int y;
#pragma pack(push, 2)
	} z;
#pragma pack(pop)
};
#pragma pack(4)
#pragma pack(push, outer, 2)
#pragma pack(push, 1)
#pragma pack(8)
struct p5 { char a; long long b; };
#pragma pack(pop, outer)
struct p6 { char a; long long b; };
#pragma pack(3)
#pragma pack(push, 1, 2)
#pragma pack(pop, 2)
struct p7 { char a; long long b; };
#pragma pack(0)
struct p8 { char a; long long b; };
#pragma pack(2)
struct p9 { char a; int b __attribute__((aligned(8))); struct { char x; int y; } __attribute__((packed)) c; };
#pragma pack()
_Pragma("pack(push, 2)") struct q1 { char a; int b; }; _Pragma("pack(pop)")
struct q2 { char a; int b; };
`

// TestPlaces lays out records and has gcc confirm sizes, alignments and the
// offsets of members.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ abi, gcc, flag string }{
		{"x86_64", "gcc", "-m64"}, {"i386", "gcc", "-m32"}, {"arm64", "aarch64-linux-gnu-gcc", "-w"}, {"arm", "arm-linux-gnueabi-gcc", "-w"},
	} {
		t.Run(c.abi, func(t *testing.T) {
			if _, err := exec.LookPath(c.gcc); err != nil {
				if os.Getenv("CI") != "" {
					t.Fatal(err)
				}
				t.Skip(c.gcc, "is not installed")
			}
			a := abi.Lookup(c.abi)
			cache := new(cpp.Cache)
			r := cache.Preprocess(new(noFiles), &cpp.Config{ABI: a}, cache.File("/p.c", text.New(positions), nil), nil, nil)
			u := decl.NewUnit(r, nil)
			e := layout.New(u, a, layout.Flags{})
			var src strings.Builder
			src.WriteString(positions)
			n := 0
			for _, rec := range u.MainRecords() {
				l, err := e.Record(rec)
				if err != nil {
					t.Errorf("struct %s: %v", rec.Tag, err)
					continue
				}
				if rec.Tag == 0 {
					continue
				}
				n++
				fmt.Fprintf(&src, "_Static_assert(sizeof(struct %s) == %d, \"size of %[1]s is %[2]d\");\n", rec.Tag, l.Size)
				fmt.Fprintf(&src, "_Static_assert(_Alignof(struct %s) == %d, \"alignment of %[1]s is %[2]d\");\n", rec.Tag, l.Align)
				for _, f := range l.Fields {
					if f.Decl.Name != 0 && !f.Bitfield {
						fmt.Fprintf(&src, "_Static_assert(__builtin_offsetof(struct %s, %s) == %d, \"offset of %[1]s.%[2]s is %[3]d\");\n", rec.Tag, f.Decl.Name, f.BitOffset/8)
					}
				}
			}
			if n < 50 {
				t.Errorf("%d records", n)
			}
			path := filepath.Join(t.TempDir(), "p.c")
			if err := os.WriteFile(path, []byte(src.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(c.gcc, c.flag, "-std=gnu11", "-w", "-fsyntax-only", path).CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
