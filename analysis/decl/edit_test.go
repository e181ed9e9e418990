package decl

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/text"
	"abide/analysis/token"
)

// driver is a source with a bit of everything.
const driver = `#include "types.h"
#include <packed.h>

struct first {
	u32 a;
	u64 b;
};

static int counter;

#define FIELD(t, n) t n
struct second {
	FIELD(u32, x);
	union {
		u8 raw[8];
		struct first f;
	};
#include "members.h"
} __attribute__((aligned(8)));

enum color { RED, GREEN = 5, BLUE };

typedef struct {
	enum color c;
	struct second *next;
} pair_t;

static int helper(struct first *p)
{
	struct local {
		u8 x;
		pair_t y;
	} l;

	if (p->a) {
		return 1;
	}
	return 0;
}

#pragma pack(push, 1)
struct wire {
	u8 tag;
	u32 length;
};
#pragma pack(pop)

MODULE_LICENSE("GPL");

int last(void)
{
	return helper(0);
}

struct final {
	pair_t p;
	struct wire w;
};
`

var driverHeaders = &memory{map[string]string{
	"/types.h":      "typedef unsigned char u8;\ntypedef unsigned int u32;\ntypedef unsigned long long u64;\n",
	"/inc/packed.h": "#pragma pack(2)\nstruct h { u8 a; u32 b; };\n#pragma pack()\n",
	"/members.h":    "\tu64 from_header;\n\tu8 more[3];\n",
}}

// names is the names of a base with those of a tail in front.
func names(base, tail token.Map[*entry]) token.Map[*entry] {
	e := base.Edit()
	for s, x := range tail.Range {
		e.Set(s, x)
	}
	return e.Done()
}

// state prints all that a unit knows.
func state(u *Unit) string {
	var b strings.Builder
	for r := range u.runs() {
		for _, it := range r.part.items {
			p := u.parseItem(it)
			fmt.Fprintf(&b, "%s %v %v\n", itemText(it), it.broken, u.stateOf(it).effective())
			for _, rec := range append(p.records[:len(p.records):len(p.records)], p.inner...) {
				dumpRecord(&b, u, rec)
			}
		}
	}
	for s, e := range names(u.base.ordinary, u.tail.ordinary).Range {
		fmt.Fprintf(&b, "%s %d %s\n", s, e.kind, itemText(e.item))
	}
	for s, e := range names(u.base.tags, u.tail.tags).Range {
		fmt.Fprintf(&b, "%s %d %s\n", s, e.kind, itemText(e.item))
	}
	return b.String()
}

// TestEdits compares, after each of many random edits, the unit that was made
// from the one before with one made from scratch.
func TestEdits(t *testing.T) {
	rounds := 1500
	if testing.Short() {
		rounds = 200
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	snippets := []string{"{", "}", ";", "(", ")", "struct x {\n\tint y;\n};\n", "\n", "int z;\n", "#pragma pack(1)\n", "typedef ", "union {", "u32 q;\n", "/*", "*/", "\"", "enum e { E1, ", "#include \"types.h\"\n", "FIELD(u8, w);"}
	src := driver
	var prev *cpp.Result
	var u *Unit
	cfg := &cpp.Config{ABI: abi.Lookup("x86_64"), Angle: []string{"/inc"}}
	for round := range rounds {
		if round%50 == 0 {
			src = driver
		}
		at := rnd.IntN(len(src) + 1)
		switch rnd.IntN(3) {
		case 0:
			end := min(len(src), at+1+rnd.IntN(12))
			src = src[:at] + src[end:]
		default:
			src = src[:at] + snippets[rnd.IntN(len(snippets))] + src[at:]
		}
		var before *cpp.File
		if prev != nil {
			before = prev.Main
		}
		r := testCache.Preprocess(driverHeaders, cfg, testCache.File("/main.c", text.New(src), before), prev, nil)
		u = NewUnit(r, u)
		prev = r
		fresh := new(cpp.Cache)
		scratch := NewUnit(fresh.Preprocess(driverHeaders, cfg, fresh.File("/main.c", text.New(src), nil), nil, nil), nil)
		u.MainRecords()
		if got, want := withoutStale(state(u)), state(scratch); got != want {
			t.Fatalf("round %d: %s\ndiffers from scratch:\n%s", round, src, firstDifference(got, want))
		}
	}
}

func withoutStale(s string) string { return strings.ReplaceAll(s, " stale\n", "\n") }

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// TestStale keeps the last good form of what is being written.
func TestStale(t *testing.T) {
	var r *cpp.Result
	var u *Unit
	next := func(src string) string {
		r = preprocessed(src, noHeaders, r)
		u = NewUnit(r, u)
		var names []string
		for _, rec := range u.MainRecords() {
			name := recordName(rec)
			if u.Stale()[rec] != nil {
				name += " stale"
			}
			names = append(names, name)
		}
		return strings.Join(names, ", ")
	}
	const before, after = "struct a { int x; };\n", "struct c { int z; };\n"
	for _, c := range []struct{ src, want string }{
		{"struct b {\n\tint y;\n\tstruct { int i; } in;\n};\n", "struct a, struct b, struct, struct c"},
		{"struct b {\n\tint y;\n\tstruct { int i; } in;\n\n", "struct a, struct b stale, struct stale, struct c"},
		{"struct b {\n\tint y;\n\tstruct { int i;\n\n", "struct a, struct b stale, struct stale, struct c"},
		{"struct b {\n\tint y;\n};\n", "struct a, struct b, struct c"},
		{"", "struct a, struct c"},
		{"typedef struct {\n\tint y;\n} b_t;\n", "struct a, struct, struct c"},
		{"typedef struct {\n\tint y;\n\n", "struct a, struct stale, struct c"},
	} {
		check(t, next(before+c.src+after), c.want)
	}
}

// TestTruncation cuts real headers short at many places and takes stretches
// out of them. Nothing may take long, and what stands before lives.
func TestTruncation(t *testing.T) {
	var paths []string
	for _, name := range []string{"btrfs.h", "input.h", "usb/ch9.h", "netlink.h", "videodev2.h"} {
		match, _ := filepath.Glob("/usr/include/linux/" + name)
		paths = append(paths, match...)
	}
	if len(paths) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("linux-libc-dev is not installed")
		}
		t.Skip("linux-libc-dev is not installed")
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	step := 31
	if testing.Short() {
		step = 9973
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		whole := string(content)
		all := len(unit(whole).MainRecords())
		for at := 0; at < len(whole); at += step {
			start := time.Now()
			unit(whole[:at]).MainRecords()
			end := min(len(whole), at+1+rnd.IntN(20))
			if line := strings.LastIndexByte(whole[:at], '\n') + 1; strings.ContainsAny(whole[line:end], "#/*") {
				continue // more than C is damaged
			}
			left := len(unit(whole[:at] + whole[end:]).MainRecords())
			if left < all-3 {
				t.Errorf("%s without bytes %d to %d: %d records of %d: %q", path, at, end, left, all, whole[max(0, at-20):min(len(whole), end+20)])
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("%s at %d: %v", path, at, d)
			}
		}
	}
}

// FuzzItems looks at whatever comes.
func FuzzItems(f *testing.F) {
	f.Add(driver)
	for _, s := range []string{
		"struct s { int a[({1;})], b:3; } __attribute__((aligned(sizeof(int)))) x = {1}, *y;",
		"enum e : int { A = sizeof(struct {int x;}), B = __builtin_offsetof(struct s, a[1].b) } z;",
		"typedef int (*f)(int (*)(void), struct q { int z; } *, ...);",
		"int f(a, b) int a; { struct l { T x; }; }",
		"struct s { typeof(({ 1; })) x; _Atomic(int) y; int z __attribute__((mode(DI))) : 3, ; };",
		"((((((((((((((((((((((", "struct { struct { struct {", "enum", "struct s { int *", "int a[", "#pragma pack(push\nstruct s { int x;\n#pragma pack(pop)\n};",
		"struct s { int a; union { int b: ", "int x = sizeof(struct", "__attribute__((aligned(", "_Alignas(", "typeof(",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		u := unit(src)
		state(u)
		for s := range u.Result.Segments() {
			if len(s.Tokens) > 0 {
				toks := s.Tokens[:min(len(s.Tokens), 64)]
				u.ParseExpr(toks)
				u.ParseType(toks)
			}
		}
		if len(runaways.texts) > 0 {
			t.Fatal("the parser did not come back")
		}
	})
}

// TestConcurrent asks one unit from many sides.
func TestConcurrent(t *testing.T) {
	for range 10 {
		r := preprocessed(driver, driverHeaders, nil)
		units := []*Unit{NewUnit(r, nil), NewUnit(r, nil)}
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				u := units[i%2]
				if u.Record(false, sym("final")) == nil || u.Enumerator(sym("BLUE")) == nil || u.Typedef(sym("pair_t")) == nil || len(u.MainRecords()) != 7 {
					t.Error("a name is lost")
				}
				NewUnit(r, u)
			})
		}
		wg.Wait()
	}
}
