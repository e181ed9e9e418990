package index

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// workspace writes an archive's files.
func workspace(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	return dir
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// uses asks and spells the answer: "GET@ioctl.h".
func uses(v *View, dir, path string, names ...string) string {
	var list []string
	for _, u := range v.Uses(filepath.Join(dir, path), names...) {
		content, _ := os.ReadFile(u.Path)
		rel, _ := filepath.Rel(dir, u.Path)
		where := rel
		if named := string(content[u.Start:u.End]); named != u.Name {
			where += ":" + named
		}
		list = append(list, u.Name+"@"+where)
	}
	return strings.Join(list, " ")
}

func TestUses(t *testing.T) {
	tests := []struct{ name, archive, path, names, want string }{
		{"a header with the commands", `
-- types.h --
struct a { int x; };
-- ioctl.h --
#include "types.h"
#define GET _IOR('M', 1, struct a)
`, "types.h", "struct a", "GET@ioctl.h"},
		{"typedef, array, pointer, sizeof", `
-- types.h --
-- ioctl.h --
#include "types.h"
#define A _IOR('M', 1, a_t)
#define B _IOWR(MAGIC, 2, a_t[4])
#define C ( _IOC(_IOC_READ, 'M', 3, sizeof(a_t)) )
#define D _IOW('M', 4, a_t *)
#define E _IOW('M', 4, const struct a*)
`, "types.h", "a_t|struct a", "A@ioctl.h B@ioctl.h C@ioctl.h D@ioctl.h E@ioctl.h"},
		{"wrappers of other files, over lines", `
-- types.h --
struct a { int x; };
-- ioctl.h --
#include "types.h"
#define GET \
	DRM_IOWR(DRM_BASE + 1, \
		 struct a)
#define NOT FIELD_GET(struct a)
-- sub/drm.h --
#define DRM_IOWR(nr, type) MY_IOWR(nr, type)
-- my.h --
# define MY_IOWR(nr, type)	_IOWR('d', nr, type)
`, "types.h", "struct a", "GET@ioctl.h"},
		{"record in the wrapper", `
-- types.h --
union u { int x; };
-- ioctl.h --
#include "types.h"
#define GET(nr) _IOR('M', nr, union u)
`, "types.h", "union u|struct u", "GET@ioctl.h"},
		{"the other way round, and over a third", `
-- main.c --
#include "mid.h"
-- mid.h --
#include <drv/ioctl.h>
-- include/drv/ioctl.h --
#define GET _IOR('M', 1, struct a)
-- other.h --
struct a { int y; };
`, "main.c", "struct a", "GET@include/drv/ioctl.h"},
		{"another record of that tag", `
-- one/types.h --
struct config { int x; };
-- two/driver.h --
struct config { long y; };
#define SET _IOW('M', 1, struct config)
`, "one/types.h", "struct config", ""},
		{"no other record of that tag", `
-- types.h --
struct config { int x; };
-- far/driver.h --
#define SET _IOW('M', 1, struct config)
`, "types.h", "struct config", "SET@far/driver.h"},
		{"a copy needs an include", `
-- types.h --
struct config { int x; };
-- far/driver.c --
int f(struct config __user *p) { return 0; }
`, "types.h", "struct config", ""},
		{"a typedef needs an include", `
-- types.h --
-- far/driver.h --
#define SET _IOW('M', 1, config_t)
`, "types.h", "config_t", ""},
		{"itself", `
-- types.h --
struct a { int x; };
#define GET _IOR('M', 1, struct a)
`, "types.h", "struct a", ""},
		{"bodies", `
-- types.h --
struct a { int x; }; struct b { int y; }; struct c { int z; };
-- driver.c --
#include "types.h"
long f(struct a __user *p, void *q) { struct c c; return copy_to_user(q, &b, sizeof(struct b)) + g(sizeof(struct c)); }
`, "types.h", "struct a|struct b|struct c", "__user pointer@driver.c:struct copy_to_user@driver.c"},
		{"commands in code", `
-- types.h --
struct a { int x; };
-- ioctl.h --
#include "types.h"
enum { GET = _IOR('M', 1, struct a), PUT = _IOW('M', 2, int) };
`, "types.h", "struct a", "_IOR@ioctl.h"},
		{"no C file", `
-- types.h --
struct a { int x; };
-- notes.txt --
#define GET _IOR('M', 1, struct a)
-- .git/old.h --
#define GET _IOR('M', 1, struct a)
`, "types.h", "struct a", ""},
		{"includes in a circle", `
-- a.h --
#include "b.h"
struct s { int x; };
-- b.h --
#include "a.h"
#include "c.h"
-- c.h --
#include "b.h"
struct s;
#define GET _IO('M', struct s)
#define SET _IOW('M', 1, struct s)
`, "a.h", "struct s", "SET@c.h"},
		{"broken", "\n-- types.h --\nstruct a {\n-- ioctl.h --\n#define\n#define GET\n#define GET(\n#define GET(x\n#define GET(x) _IOR(\n#include\n#include \"\n#define SET _IOR('M', 1, struct a\n#define LAST _IOR('M', \\", "types.h", "struct a", "SET@ioctl.h"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := workspace(t, tt.archive)
			x := New()
			x.Scan(t.Context(), []string{dir})
			if got := uses(x.View(), dir, tt.path, strings.Split(tt.names, "|")...); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A scan reads what has changed, and says whether answers have.
func TestScanAgain(t *testing.T) {
	dir := workspace(t, "-- a.h --\nstruct a { int x; };\n-- b.h --\n")
	x := New()
	scan := func(want bool, answer string) {
		t.Helper()
		if got := x.Scan(t.Context(), []string{dir, dir}); got != want {
			t.Errorf("changed: %v, want %v", got, want)
		}
		if got := uses(x.View(), dir, "a.h", "struct a"); got != answer {
			t.Errorf("got %q, want %q", got, answer)
		}
	}
	later := time.Now()
	change := func(content string) {
		later = later.Add(time.Second)
		path := filepath.Join(dir, "b.h")
		write(t, path, content)
		if err := os.Chtimes(path, later, later); err != nil {
			t.Fatal(err)
		}
	}
	scan(true, "")
	scan(false, "")
	change("#define GET _IOR('M', 1, struct a)\n")
	scan(true, "GET@b.h")
	change("#define GET _IOR('M', 1, struct a) /* it */\n")
	scan(false, "GET@b.h")
	if err := os.Remove(filepath.Join(dir, "b.h")); err != nil {
		t.Fatal(err)
	}
	scan(true, "")
	write(t, filepath.Join(dir, "big.h"), "#define GET _IOR('M', 1, struct a)\n"+strings.Repeat("/* */\n", maxFile/6))
	scan(false, "")
}

// What an editor has open counts in the place of what is on disk.
func TestBuffers(t *testing.T) {
	dir := workspace(t, "-- a.h --\nstruct a { int x; };\n-- b.h --\n#define GET _IOR('M', 1, struct a)\n")
	const put = "#define PUT _IOR('M', 2, struct a)\n"
	x := New()
	steps := []struct {
		what, path, buffer string // none for a closed one
		changed            bool
		want               string
	}{
		{"the disk", "", "", true, "GET"},
		{"as on disk", "b.h", "#define GET _IOR('M', 1, struct a)\n", false, "GET"},
		{"another name", "b.h", put, true, "PUT"},
		{"the same", "b.h", put, false, "PUT"},
		{"a comment behind it", "b.h", put + "/* more */", false, "PUT"},
		{"a comment in front", "b.h", "/* more */\n" + put, true, "PUT"},
		{"not saved", "b.h", "", true, "GET"},
		{"a new file", "deep/c.h", put, true, "GET PUT"},
		{"too large", "deep/c.h", put + strings.Repeat("/* */\n", maxFile/6), true, "GET"},
		{"gone", "deep/c.h", "", false, "GET"},
		{"hidden", ".git/c.h", put, false, "GET"},
		{"no C", "c.txt", put, false, "GET"},
		{"outside", "../c.h", put, false, "GET"},
	}
	for _, s := range steps {
		if path := filepath.Join(dir, s.path); s.path != "" && s.buffer != "" {
			x.Buffer(path, s.buffer)
		} else if s.path != "" {
			x.Close(path)
		}
		if got := x.Scan(t.Context(), []string{dir}); got != s.changed {
			t.Errorf("%s: changed %v", s.what, got)
		}
		var names []string
		for _, u := range x.View().Uses(filepath.Join(dir, "a.h"), "struct a") {
			names = append(names, u.Name)
		}
		if got := strings.Join(names, " "); got != s.want {
			t.Errorf("%s: %q, want %q", s.what, got, s.want)
		}
	}
}

// Typing above what a file says asks nobody to look again at once.
func TestBufferMoves(t *testing.T) {
	dir := workspace(t, "-- a.h --\nstruct a { int x; };\n")
	x := New()
	x.Scan(t.Context(), []string{dir})
	for _, s := range []struct {
		buffer           string
		different, moved bool
	}{
		{"#define PUT _IOR('M', 2, struct a)\nf(copy_to_user(x, y, sizeof(struct a)));", true, true},
		{"\n#define PUT _IOR('M', 2, struct a)\nf(copy_to_user(x, y, sizeof(struct a)));", false, true},
		{"\n#define PUT _IOR('M', 3, struct a)\nf(copy_to_user(x, y, sizeof(struct a)));", false, false},
		{"\n#define PUT _IOR('M', 3, struct b)\nf(copy_to_user(x, y, sizeof(struct a)));", true, true},
	} {
		x.Buffer(filepath.Join(dir, "b.h"), s.buffer)
		if different, moved := x.reread([]string{dir}); different != s.different || moved != s.moved {
			t.Errorf("%q: different %v, moved %v", s.buffer, different, moved)
		}
	}
}

// What works in the background hears of changes and ends when asked.
func TestKeep(t *testing.T) {
	dir := workspace(t, "-- a.h --\nstruct a { int x; };\n-- b.h --\n#define GET _IOR('M', 1, struct a)\n")
	x := New()
	ctx, cancel := context.WithCancel(t.Context())
	changed, ended := make(chan bool, 8), make(chan bool)
	go func() {
		x.Keep(ctx, []string{dir}, func() { changed <- true })
		close(ended)
	}()
	<-changed
	if got := uses(x.View(), dir, "a.h", "struct a"); got != "GET@b.h" {
		t.Errorf("got %q", got)
	}
	write(t, filepath.Join(dir, "c.h"), "#define PUT _IOR('M', 2, struct a)\n")
	x.Touched()
	<-changed
	if got := uses(x.View(), dir, "a.h", "struct a"); got != "GET@b.h PUT@c.h" {
		t.Errorf("got %q", got)
	}
	x.Buffer(filepath.Join(dir, "c.h"), "/* nothing */")
	<-changed
	if got := uses(x.View(), dir, "a.h", "struct a"); got != "GET@b.h" {
		t.Errorf("got %q", got)
	}
	cancel()
	<-ended
}
