package analysis_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/cpp"
	"abide/analysis/text"
)

// files is a disk in memory.
type files map[string]string

func (f files) Read(path string) (string, error) {
	content, ok := f[path]
	if !ok {
		return "", errors.New("file not found")
	}
	return content, nil
}

func (f files) Exists(path string) bool {
	_, ok := f[path]
	return ok
}

const mainFile = "/src/driver.c"

// prelude is what the sources of these tests start with; it holds no line break.
const prelude = `typedef unsigned int __u32; typedef unsigned long long __u64; `

func session(cfg analysis.Config, f files) *analysis.Session {
	if len(cfg.ABIs) == 0 {
		cfg.ABIs = []*abi.ABI{abi.Lookup("x86_64"), abi.Lookup("i386")}
	}
	return analysis.NewSession(cfg, f)
}

func snapshot(t *testing.T, source string) *analysis.Snapshot {
	t.Helper()
	s, err := session(analysis.Config{}, files{mainFile: source}).Snapshot(mainFile)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func records(t *testing.T, s *analysis.Snapshot) []*analysis.Record {
	t.Helper()
	list, err := s.Records(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRecords(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"tag", "struct a { int x; };", "struct a:1[4 4]"},
		{"typedef", "typedef struct { int x; }\na_t;", "a_t:1[4 4]"},
		{"tag and typedef", "typedef union b { long l; } b_t;", "union b:1[8 4]"},
		{"nested", "struct a {\n struct b { char c; } b;\n union { int i; } u;\n struct { int z; };\n};", "struct a:1[12 12] struct b:2[1 1] a.u:3[4 4] a.(anonymous struct):4[4 4]"},
		{"one ABI only", "#ifdef __x86_64__\nstruct a { int x; };\n#else\nstruct a { char x; };\n#endif", "struct a:2[4 -] struct a:4[- 1]"},
		{"shared by conditionals inside", "struct a {\n#ifdef __i386__\nint x;\n#endif\nlong y; };", "struct a:1[8 8]"},
		{"unknown type", "struct a { nowhere x; };", "struct a:1[? ?]"},
		{"in a macro's argument", "#define PACK(x) x __attribute__((packed))\nPACK(struct a { char c; int i; });", "struct a:2[5 5]"},
		{"in a macro's body", "#define DEF(n) struct n { char c; }; struct n##2 { int i; }\nDEF(a);", "struct a:2[1 1] struct a2:2[4 4]"},
		{"header's own", "#include \"a.h\"\nstruct b { struct a a; };", "struct b:2[4 4]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := session(analysis.Config{}, files{mainFile: tt.source, "/src/a.h": "struct a { int x; };"}).Snapshot(mainFile)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range records(t, s) {
				sizes := make([]string, len(r.Views))
				for i, v := range r.Views {
					switch {
					case v.Decl == nil:
						sizes[i] = "-"
					case v.Layout == nil:
						sizes[i] = "?"
					default:
						sizes[i] = fmt.Sprint(v.Layout.Size)
					}
				}
				got = append(got, fmt.Sprintf("%s:%d%s", r.Name, r.Line, sizes))
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestPayloads(t *testing.T) {
	const ioctls = "#include <linux/ioctl.h>\n"
	tests := []struct{ name, source, want string }{
		{"command", ioctls + `struct a { int x; }; struct b { int y; };
#define GET _IOR('M', 1, struct a)`, "struct a: ioctl GET"},
		{"typedef and array", ioctls + `typedef struct { int x; } a_t; struct b { int y; };
#define GET _IOR('M', 1, a_t)
#define PUT _IOW('M', 2, struct b[4])`, "a_t: ioctl GET, struct b: ioctl PUT"},
		{"wrapper", ioctls + `struct a { int x; };
#define DRM_IOWR(nr, type) _IOWR('d', nr, type)
#define GET DRM_IOWR(3, struct a)`, "struct a: ioctl GET"},
		{"by value, not by pointer", ioctls + `struct in { int x; }; struct far { int y; };
struct a { struct in list[2]; struct far *far; union { struct { int z; } u; }; };
#define GET _IOR('M', 1, struct a)`, "struct in: member of struct a, struct a: ioctl GET, a.(anonymous union): member of struct a, a.(anonymous union).u: member of struct a"},
		{"copy_to_user", `struct a { int x; }; struct b { int y; };
int f(void *u) { struct a x; return copy_to_user(u, &x, sizeof(x)); }`, "struct a: copy_to_user"},
		{"member of a kernel object", `struct cfg { int x; }; struct dev { struct cfg cfg; char *buf; };
int f(void *u, struct dev *d) { copy_to_user(u, d->buf, 4); return copy_from_user(&d->cfg, u, sizeof(d->cfg)); }`, "struct cfg: copy_from_user"},
		{"get_user", `struct a { int x; };
int f(struct a __user *u) { int v; return get_user(v, &u->x); }`, "struct a: get_user"},
		{"netlink", `struct a { int x; };
int f(void *skb) { struct a x; return nla_put(skb, 1, sizeof x, &x); }`, "struct a: nla_put"},
		{"pointer", ioctls + `struct a { int x; }; struct b { int y; }; typedef struct b *b_p;
#define GET _IOR('M', 1, struct a *)
#define PUT _IOW('M', 2, b_p)`, "struct a: ioctl GET, struct b: ioctl PUT"},
		{"size", ioctls + `struct a { int x; }; struct b { int y; }; struct c { int z; };
#define GET _IOR('M', 1, char[sizeof(struct a) + 8])
#define PUT _IOW('M', 2, sizeof(struct b))
#define LOW _IOC(_IOC_READ, 'M', 3, sizeof(struct c))`, "struct a: ioctl GET, struct b: ioctl PUT, struct c: ioctl LOW"},
		{"command in code", ioctls + `struct a { int x; }; struct b { int y; };
enum { GET = _IOR('M', 1, struct a) };
int f(int cmd) { switch (cmd) { case _IOW('M', 2, struct b[2]): return 0; } return 1; }`, "struct a: _IOR, struct b: _IOW"},
		{"ioctl", `struct a { int x; };
int f(int fd) { struct a x; return ioctl(fd, 0x8901, &x); }`, "struct a: ioctl"},
		{"user pointer", `struct a { int x; }; struct b { int y; };
int f(long arg) { struct a __user *p = (void __user *)arg; struct b *q = (void *)arg; return g(p, q); }`, "struct a: __user pointer"},
		{"netlink header", `struct a { int x; };
int f(void *nlh) { const struct a *m = nlmsg_data(nlh); return m->x; }`, "struct a: nlmsg_data"},
		{"comment", "/* abide:payload */\nstruct a { int x; };\nstruct b { int y; }; /* abide:payload */\n\nstruct c { int z; };", "struct a: abide:payload, struct b: abide:payload"},
		{"kernel-doc comment", "/**\n * struct a - it\n * abide:payload\n */\nstruct a { int x; };", "struct a: abide:payload"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range records(t, snapshot(t, "#define __user\n"+tt.source)) {
				if r.Payload {
					got = append(got, r.Name+": "+r.Reason)
				}
			}
			if got := strings.Join(got, ", "); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestHover(t *testing.T) {
	const source = `#include <linux/ioctl.h>
#include "a.h"
struct «sensor#struct sensor» { int «id#struct sensor.id»; struct { long «raw#struct sensor.u.raw»; } «u#struct sensor.u»; struct «hdr#struct hdr» h; };
typedef struct { int «n#pair.n»; } «pair#pair»;
«hdr_t#hdr_t» global; struct «sensor#struct sensor» *«p#»;
#define «GET#!GET» _IOR('M', 1, struct «sensor#struct sensor»)
«int#» «f#»(«int#» «cmd#») { switch (cmd) { case «GET#!GET»: return p->«id#»; case «HDR_GET#!HDR_GET»: break; } }
struct «missing#» *q; /* «sensor#» */
`
	var clean strings.Builder
	type probe struct {
		offset int
		want   string
	}
	var probes []probe
	for rest := source; rest != ""; {
		before, after, found := strings.Cut(rest, "«")
		clean.WriteString(before)
		if !found {
			break
		}
		marked, behind, _ := strings.Cut(after, "»")
		word, want, _ := strings.Cut(marked, "#")
		probes = append(probes, probe{clean.Len(), want}, probe{clean.Len() + len(word), want})
		clean.WriteString(word)
		rest = behind
	}
	f := files{mainFile: clean.String(), "/src/a.h": "struct hdr { int a; };\ntypedef struct hdr hdr_t;\n#define HDR_GET _IOR('M', 2, struct hdr)\n"}
	s, err := session(analysis.Config{}, f).Snapshot(mainFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range probes {
		h, err := s.Hover(t.Context(), p.offset)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		switch {
		case h == nil:
		case h.Command != nil:
			got = "!" + h.Command.Name
		case h.Member != "":
			got = h.Record.Name + "." + h.Member
		default:
			got = h.Record.Name
		}
		if got != p.want {
			t.Errorf("at %d (%.12q): got %q, want %q", p.offset, clean.String()[p.offset:], got, p.want)
		}
	}
}

// TestHoverWhileTyping asks for records that do not parse at the moment.
func TestHoverWhileTyping(t *testing.T) {
	s := session(analysis.Config{}, nil)
	hover := func(source, at string) *analysis.RecordFacts {
		t.Helper()
		s.SetBuffer(mainFile, text.New(source))
		snap, err := s.Snapshot(mainFile)
		if err != nil {
			t.Fatal(err)
		}
		records(t, snap)
		h, err := snap.Hover(t.Context(), strings.Index(source, at))
		if err != nil {
			t.Fatal(err)
		}
		if h == nil {
			return nil
		}
		return h.Record
	}
	const (
		one    = "#ifdef __x86_64__\nstruct one {\n\tchar c;\n"
		two    = "#endif\nstruct two {\n\tint x;\n"
		behind = "struct b { int y; };\nint f(struct one *p, struct two *q);\n"
	)
	if f := hover(one+"};\n"+two+"};\n"+behind, "one *"); f == nil || f.Stale {
		t.Fatalf("at first: %+v", f)
	}
	half := one + "\tint\n\n" + two + "\tint\n\n" + behind
	if f := hover(half, "two *"); f == nil || !f.Stale || f.Loc.Start != strings.Index(half, "two {") ||
		f.Views[0].Layout.Size != 4 || f.Views[1].Layout.Size != 4 {
		t.Errorf("while its end is missing: %+v", f)
	}
	if f := hover(half, "one *"); f == nil || !f.Stale || f.Loc.Start != strings.Index(half, "one {") ||
		f.Views[0].Layout.Size != 1 || f.Views[1].Decl != nil {
		t.Errorf("on one ABI: %+v", f)
	}
	if f := hover(behind, "two *"); f != nil {
		t.Errorf("when it is gone: %+v", f)
	}
}

func TestFindings(t *testing.T) {
	each := &analysis.Check{Name: "each-field", Severity: analysis.Warning, Run: func(p *analysis.Pass) {
		for _, r := range p.Subjects() {
			for _, f := range r.Views[0].Decl.Fields {
				span, _ := p.FieldSpan(r.Views[0].Target, f)
				found := analysis.Finding{Span: span, Message: f.Name.String()}
				p.Report(found)
				p.Report(found)
			}
		}
	}}
	bad := &analysis.Check{Name: "panics", Severity: analysis.Error, Run: func(*analysis.Pass) { panic("oops") }}
	const source = `struct a { /* abide:ignore each-field */
	int q;
};
struct b {
	int x; /* abide:ignore each-field: because */
	/* abide:ignore other, each-field: because */
	int y;
	int z;
	/* abide:ignore other */
	int w;
};`
	tests := []struct {
		name string
		cfg  analysis.Config
		want string
	}{
		{"payload", analysis.Config{}, ""},
		{"all", analysis.Config{Scope: analysis.ScopeAll}, "each-field z warning, each-field w warning"},
		{"severity", analysis.Config{Scope: analysis.ScopeAll, Severities: map[string]analysis.Severity{"each-field": analysis.Hint}}, "each-field z hint, each-field w hint"},
		{"off", analysis.Config{Scope: analysis.ScopeAll, Severities: map[string]analysis.Severity{"each-field": analysis.Off}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.cfg.Checks = []*analysis.Check{bad, each}
			s, err := session(tt.cfg, files{mainFile: source}).Snapshot(mainFile)
			if err != nil {
				t.Fatal(err)
			}
			list, err := s.Findings(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range list {
				got = append(got, fmt.Sprint(f.Rule, " ", f.Message, " ", f.Severity))
			}
			if got := strings.Join(got, ", "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestSessionKeepsUpWithEdits(t *testing.T) {
	f := files{mainFile: "#include \"a.h\"\nstruct m { struct a a; };", "/src/a.h": "struct a { int x; };"}
	s := session(analysis.Config{}, f)
	size := func() int64 {
		t.Helper()
		snap, err := s.Snapshot(mainFile)
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.Snapshot(mainFile)
		if err != nil || again != snap {
			t.Error("two snapshots of one version")
		}
		return records(t, snap)[0].Views[0].Layout.Size
	}
	check := func(what string, want int64) {
		t.Helper()
		if got := size(); got != want {
			t.Errorf("%s: size %d, want %d", what, got, want)
		}
	}
	check("at first", 4)
	s.SetBuffer("/src/a.h", text.New("struct a { int x, y; };"))
	check("header in a buffer", 8)
	s.SetBuffer(mainFile, text.New("#include \"a.h\"\nstruct m { struct a a[2]; };"))
	check("edited", 16)
	s.Drop("/src/a.h")
	check("buffer closed", 8)
	f["/src/a.h"] = "struct a { char x; };"
	s.DiskChanged()
	check("changed on disk", 2)
}

// TestCommandKeepsUp changes how a file is compiled on disk while it is edited.
func TestCommandKeepsUp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.c")
	s := session(analysis.Config{}, nil)
	size := func(source string) int64 {
		t.Helper()
		s.SetBuffer(path, text.New(source))
		snap, err := s.Snapshot(path)
		if err != nil {
			t.Fatal(err)
		}
		return records(t, snap)[0].Views[0].Layout.Size
	}
	flags := func(content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "compile_flags.txt"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	flags("-DN=3\n")
	if got := size("struct a { char x[N]; };"); got != 3 {
		t.Errorf("at first: %d", got)
	}
	flags("-DN=10\n")
	s.DiskChanged()
	if got := size("struct a { char x[N];  };"); got != 10 {
		t.Errorf("when the editor says that files changed: %d", got)
	}
	flags("-DN=100\n")
	time.Sleep(cpp.Freshness)
	if got := size("struct a { char x[N]; };"); got != 100 {
		t.Errorf("a while after nobody said so: %d", got)
	}
}

func TestAbandonedWork(t *testing.T) {
	s := snapshot(t, prelude+"struct a { __u32 x; __u64 y; };")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Findings(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := len(records(t, s)); n != 1 {
		t.Errorf("%d records", n)
	}
}

func TestUnresolved(t *testing.T) {
	s := snapshot(t, "#include <nowhere.h>\nstruct a { int x; lost_t y; };")
	list, err := s.Unresolved(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range list {
		got = append(got, fmt.Sprintf("%s at %d on %d", u.Name, u.Loc.Start, len(u.ABIs)))
	}
	if got, want := strings.Join(got, ", "), "nowhere.h at 9 on 2, lost_t at 46 on 2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestIsUAPI(t *testing.T) {
	for path, want := range map[string]bool{
		"/home/me/linux/include/uapi/linux/f2fs.h":     true,
		"/home/me/linux/arch/x86/include/uapi/asm/a.h": true,
		"/usr/include/linux/f2fs.h":                    true,
		"/usr/include/x86_64-linux-gnu/asm/types.h":    true,
		"/usr/aarch64-linux-gnu/include/drm/drm.h":     true,
		"/usr/include/stdio.h":                         false,
		"/usr/include/x86_64-linux-gnu/bits/types.h":   false,
		"/home/me/linux/include/linux/fs.h":            false,
	} {
		if got := analysis.IsUAPI(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// Readers ask for all sorts of things while somebody types; the race detector
// watches.
func TestConcurrentReaders(t *testing.T) {
	cfg := analysis.Config{Scope: analysis.ScopeAll, Checks: checks.All()}
	s := session(cfg, files{mainFile: editedDriver, "/src/shared.h": sharedHeader})
	f := text.New(editedDriver)
	at := strings.Index(editedDriver, "stamp")
	var wait sync.WaitGroup
	for i := range 12 {
		next, err := f.Apply(text.Edit{Span: text.Span{Start: at, End: at + 1}, New: string("abcd"[i%4])})
		if err != nil {
			t.Fatal(err)
		}
		f = next
		s.SetBuffer(mainFile, f)
		for k := range 4 {
			wait.Go(func() {
				snap, err := s.Snapshot(mainFile)
				if err != nil {
					t.Error(err)
					return
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if k == 0 {
					cancel()
				}
				list, err := snap.Findings(ctx)
				if err != nil && !errors.Is(err, context.Canceled) || err == nil && len(list) == 0 {
					t.Errorf("%d findings, %v", len(list), err)
				}
				if _, err := snap.Hover(t.Context(), at); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
}
