package compdb

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// tree writes files to a new directory: each stands under a line "-- name --".
// DIR in them is that directory.
func tree(t testing.TB, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	archive = strings.ReplaceAll(archive, "DIR", dir)
	heads := fileHead.FindAllStringSubmatchIndex(archive, -1)
	for i, h := range heads {
		end := len(archive)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		write(t, dir, archive[h[2]:h[3]], archive[h[1]:end])
	}
	return dir
}

var fileHead = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

// macros lists the -D of a command that tests ask about: names without a
// leading underscore.
func macros(c Command) string {
	var out []string
	for _, d := range c.Defines {
		if !strings.HasPrefix(d.Name, "_") {
			out = append(out, d.Name)
		}
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	const cmake = `
-- src/compile_commands.json --
[
{"directory": "DIR/build", "command": "cc -DMAIN -I../src/inc -c ../src/main.c", "file": "../src/main.c"},
{"directory": "DIR/build", "arguments": ["cc", "-DNET", "-c", "x"], "file": "DIR/src/net/net.c"},
{"directory": ".", "command": "cc '-DOTHER=a b' -c other.c", "file": "other.c"},
{"directory": ".", "command": "cc -DSECOND -c other.c", "file": "other.c"},
{"directory": ".", "command": "cc -DASM -c net/fast.S", "file": "net/fast.S"}
]
`
	for _, tt := range []struct{ name, archive, file, explicit, macros, source string }{
		{"own entry", cmake, "src/main.c", "", "MAIN", "compile_commands.json (main.c)"},
		{"arguments", cmake, "src/net/net.c", "", "NET", "compile_commands.json (net/net.c)"},
		{"relative directory, first of two", cmake, "src/other.c", "", "OTHER", "compile_commands.json (other.c)"},
		{"header of the same name elsewhere", cmake, "src/include/net.h", "", "NET", "compile_commands.json (net/net.c)"},
		{"header beside a source", cmake, "src/net/private.h", "", "NET", "compile_commands.json (net/net.c)"},
		{"header with nothing near", cmake, "src/a/b/c.h", "", "MAIN", "compile_commands.json (main.c)"},
		{"header with an includer close by", cmake + "-- src/main.c --\n#include \"lib/odd.h\"\n", "src/lib/odd.h", "", "MAIN", "compile_commands.json (main.c)"},
		{"header that a distant source includes", cmake + "-- src/net/net.c --\n\n# include <lib/odd.h>\n", "src/lib/odd.h", "", "NET", "compile_commands.json (net/net.c)"},
		{"new source", cmake, "src/net/new.c", "", "NET", "compile_commands.json (net/net.c)"},
		{"explicit directory", cmake, "elsewhere/main.c", "src", "MAIN", "compile_commands.json (main.c)"},
		{"explicit file", cmake, "src/other.c", "src/compile_commands.json", "OTHER", "compile_commands.json (other.c)"},
		{"not above", cmake, "elsewhere/x.c", "", "", "default"},
		{"compile_flags.txt", "-- compile_flags.txt --\n-DA\n\n-I\ninc\n", "x/y.h", "", "A", "compile_flags.txt"},
		{"nearest wins", cmake + "-- src/net/compile_flags.txt --\n-DNEAR\n", "src/net/net.c", "", "NEAR", "compile_flags.txt"},
		{"build directory", "-- build/compile_commands.json --\n[{\"directory\":\"DIR\",\"command\":\"cc -DB a.c\",\"file\":\"a.c\"}]", "a.c", "", "B", "compile_commands.json (../a.c)"},
		{"empty database", "-- compile_commands.json --\n[]", "a.c", "", "", "default"},
		{"clangd add and remove", cmake + `
-- src/.clangd --
CompileFlags:
  Remove: -D*
  Add: [-DCLANGD, -Wall]
---
If: {PathMatch: net/.*\.c}
CompileFlags: {Add: -DMATCHED}
---
If: {PathMatch: net, PathExclude: .*}
CompileFlags: {Add: -DNEVER}
`, "src/net/net.c", "", "CLANGD MATCHED", "compile_commands.json (net/net.c) and .clangd"},
		{"clangd alone", "-- .clangd --\nCompileFlags: {Add: -DONLY}\n", "a.h", "", "ONLY", ".clangd"},
		{"clangd's other database", cmake + "-- lib/.clangd --\nCompileFlags: {CompilationDatabase: ../src}\n", "lib/main.h", "", "MAIN", "compile_commands.json (main.c)"},
		{"clangd without database", cmake + "-- src/.clangd --\nCompileFlags: {CompilationDatabase: None}\n", "src/main.c", "", "", "default"},
		{"clangd removes -I with its argument", cmake + "-- src/.clangd --\nCompileFlags: {Remove: [-DMAIN]}\n", "src/main.c", "", "", "compile_commands.json (main.c) and .clangd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree(t, tt.archive)
			var db DB
			explicit := tt.explicit
			if explicit != "" {
				explicit = filepath.Join(dir, explicit)
			}
			cmd, ok, err := db.Find(filepath.Join(dir, tt.file), explicit)
			if err != nil {
				t.Fatal(err)
			}
			source := strings.ReplaceAll(cmd.Source, dir, "..")
			if got := macros(cmd); got != tt.macros || source != tt.source || ok != (tt.source != "default") {
				t.Errorf("%q from %q (%v), want %q from %q", got, source, ok, tt.macros, tt.source)
			}
			if cmd.File != filepath.Join(dir, tt.file) {
				t.Errorf("file %q", cmd.File)
			}
		})
	}
}

func TestFindErrors(t *testing.T) {
	for _, tt := range []struct{ archive, explicit, want string }{
		{"-- compile_commands.json --\n[\n{\"file\": \"a.c\"},\n{\"file\" \"b.c\"}\n]", "", "compile_commands.json:3: invalid character"},
		{"-- compile_commands.json --\n{}", "", "compile_commands.json:1: expected an array"},
		{"-- compile_commands.json --\n[\n\n{\"file\": 3}]", "", "compile_commands.json:3: \"file\" is a number, expected a string"},
		{"-- compile_commands.json --\n[{\"file\": \"a.c\"}\n", "", "compile_commands.json:2: the file ends"},
		{"-- compile_commands.json --\n", "", "compile_commands.json:1: the file ends"},
		{"-- compile_commands.json --\n[\n{\"file\":\"a.c\",\"directory\":\".\",\"command\":\"cc 'a\"}]", "", "compile_commands.json:2: \"command\": quotes"},
		{"-- .clangd --\nCompileFlags:\n  Add: [\n", "", ".clangd:"},
		{"-- .clangd --\nIf: {PathMatch: '('}\n", "", "missing closing )"},
		{"-- .clangd --\nCompileFlags: {CompilationDatabase: build}\n", "", "CompilationDatabase of .clangd: stat DIR/build: no such"},
		{"-- x --\n", "DIR", "no compile_commands.json and no compile_flags.txt in"},
		{"-- x --\n", "DIR/none", "no such file"},
	} {
		dir := tree(t, tt.archive)
		var db DB
		_, ok, err := db.Find(filepath.Join(dir, "a.c"), strings.ReplaceAll(tt.explicit, "DIR", dir))
		if err == nil || ok || !strings.Contains(err.Error(), strings.ReplaceAll(tt.want, "DIR", dir)) {
			t.Errorf("%q: error %v, want %q", tt.archive, err, tt.want)
		}
	}
}

func TestFindReloads(t *testing.T) {
	dir := tree(t, "-- compile_flags.txt --\n-DOLD\n")
	var db DB
	file := filepath.Join(dir, "a.c")
	for i, flags := range []string{"-DOLD", "-DNEWER", "-DNEWES"} {
		path := write(t, dir, "compile_flags.txt", flags)
		if err := os.Chtimes(path, time.Time{}, time.Unix(int64(i), 0)); err != nil {
			t.Fatal(err)
		}
		cmd, _, err := db.Find(file, "")
		if got := "-D" + macros(cmd); err != nil || got != flags {
			t.Errorf("%s, %v; want %s", got, err, flags)
		}
	}
}

func TestFindThroughSymlink(t *testing.T) {
	dir := tree(t, `
-- real/a.c --
-- compile_commands.json --
[{"directory":"DIR/link","file":"a.c","command":"cc -DA a.c"}]
`)
	if err := os.Symlink("real", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{"real/a.c", "link/a.c"} {
		var db DB
		if cmd, ok, err := db.Find(filepath.Join(dir, path), ""); !ok || err != nil || macros(cmd) != "A" {
			t.Errorf("%s: %q, %v, %v", path, macros(cmd), ok, err)
		}
	}
}

func TestLargeDatabase(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 40 MB")
	}
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	pad := strings.Repeat(" -Wsomething-long", 100)
	fmt.Fprint(f, "[")
	const n = 20000
	for i := range n {
		fmt.Fprintf(f, "%s\n{\"directory\":%q,\"command\":\"cc -DN%d%s\",\"file\":\"d%d/f%d.c\"}", ","[:min(i, 1)], dir, i, pad, i%100, i)
	}
	fmt.Fprint(f, "]")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var db DB
	start := time.Now()
	for _, i := range []int{0, n / 2, n - 1} {
		cmd, ok, err := db.Find(filepath.Join(dir, fmt.Sprintf("d%d/f%d.c", i%100, i)), "")
		if want := fmt.Sprintf("N%d", i); !ok || err != nil || macros(cmd) != want {
			t.Fatalf("%q, %v, %v; want %q", macros(cmd), ok, err, want)
		}
	}
	t.Logf("%d entries: %v", n, time.Since(start))
}

func TestEntryWithoutEnd(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, databaseName, "[\n{\"file\": \""+strings.Repeat("x", maxEntry+1<<20))
	var db DB
	_, _, err := db.Find(filepath.Join(dir, "a.c"), "")
	if err == nil || !strings.Contains(err.Error(), "an entry is larger than 4 MiB") {
		t.Error(err)
	}
}

const miniKernel = `
-- linux/Kconfig --
-- linux/Kbuild --
-- linux/Makefile --
VERSION = 6
PATCHLEVEL = 1
-- linux/include/linux/kconfig.h --
-- linux/include/linux/compiler-version.h --
-- linux/include/linux/compiler_types.h --
-- linux/include/generated/autoconf.h --
#define CONFIG_ARM64 1
#define CONFIG_64BIT 1
#define CONFIG_FOO_MODULE 1
-- linux/drivers/misc/Makefile --
obj-$(CONFIG_FOO) += foo.o
foo-y := core.o \
	io.o
ccflags-y := -I$(srctree)/$(src)/inc -DDRIVER -I$(UNKNOWN)/x
CFLAGS_io.o := -I$(srctree)/drivers
-- linux/drivers/Makefile --
subdir-ccflags-y := -DBELOW
ccflags-y := -DNOTHERE
`

func TestKernelTree(t *testing.T) {
	dir := tree(t, miniKernel)
	var db DB
	cmd, ok, err := db.Find(filepath.Join(dir, "linux/drivers/misc/io.c"), "")
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if want := "kernel tree " + dir + "/linux"; cmd.Source != want {
		t.Errorf("source %q, want %q", cmd.Source, want)
	}
	if !cmd.NoStdInc || !cmd.Kernel() {
		t.Errorf("NoStdInc %v, Kernel %v", cmd.NoStdInc, cmd.Kernel())
	}
	var include []string
	for _, i := range cmd.Include {
		include = append(include, strings.TrimPrefix(i, dir+"/linux/"))
	}
	want := words("arch/arm64/include arch/arm64/include/generated include arch/arm64/include/uapi " +
		"arch/arm64/include/generated/uapi include/uapi include/generated/uapi drivers/misc/inc drivers")
	if diff := cmp.Diff(want, include); diff != "" {
		t.Error(diff)
	}
	if got := macros(cmd); got != "DRIVER BELOW KBUILD_MODFILE KBUILD_BASENAME KBUILD_MODNAME MODULE" {
		t.Error(got)
	}
	for _, d := range cmd.Defines {
		if d.Name == "KBUILD_MODNAME" && d.Value != `"foo"` || d.Name == "KBUILD_BASENAME" && d.Value != `"io"` {
			t.Error(d)
		}
	}
	if len(cmd.Forced) != 3 {
		t.Error(cmd.Forced)
	}
}

// A driver that the configuration leaves out is in no database.
func TestKernelTreeWithDatabase(t *testing.T) {
	beside := "-- out/include/generated/autoconf.h --\n#define CONFIG_X86 1\n#define CONFIG_X86_64 1\n"
	entry := `[{"directory":"DIR/WHERE","file":"DIR/linux/drivers/misc/io.c","command":"gcc -DKBUILD_MODNAME='\"foo\"' -DIO -c x.c"}]`
	for _, tt := range []struct{ name, archive, where string }{
		{"own", miniKernel + "-- linux/compile_commands.json --\n" + strings.Replace(entry, "WHERE", "linux", 1), "linux"},
		{"beside", strings.Replace(miniKernel, "include/generated/autoconf.h", "x.h", 1) + beside + "-- linux/compile_commands.json --\n" + strings.Replace(entry, "WHERE", "out", 1), "out"},
	} {
		dir := tree(t, tt.archive)
		var db DB
		cmd, ok, err := db.Find(filepath.Join(dir, "linux/drivers/misc/new.c"), "")
		if !ok || err != nil || !strings.HasPrefix(cmd.Source, "kernel tree ") || cmd.Dir != filepath.Join(dir, tt.where) {
			t.Fatalf("%s: %+v, %v, %v", tt.name, cmd, ok, err)
		}
		if got := macros(cmd); strings.Contains(got, "IO ") || !strings.Contains(got, "KBUILD_MODNAME") {
			t.Errorf("%s: %s", tt.name, got)
		}
		if cmd, ok, err = db.Find(filepath.Join(dir, "linux/drivers/misc/new.h"), ""); !ok || err != nil || !strings.HasPrefix(cmd.Source, databaseName) {
			t.Errorf("%s: the header: %+v, %v, %v", tt.name, cmd, ok, err)
		}
	}
}

func TestModule(t *testing.T) {
	dir := tree(t, `
-- root/proc/sys/kernel/osrelease --
6.1.0-amd64
-- root/usr/src/linux-headers-6.1.0-amd64/Makefile --
include /usr/src/linux-headers-6.1.0-common/Makefile
-- root/usr/src/linux-headers-6.1.0-amd64/include/generated/autoconf.h --
#define CONFIG_X86 1
#define CONFIG_X86_64 1
#define CONFIG_64BIT 1
-- root/usr/src/linux-headers-6.1.0-common/include/linux/kconfig.h --
-- root/usr/src/linux-headers-6.1.0-common/Makefile --
VERSION = 6
PATCHLEVEL = 1
-- mod/Makefile --
obj-m := sensor.o
sensor-objs := src/main.o
ccflags-y := -DVENDOR -I$(src)/include
all:
	$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(PWD) modules
-- mod/src/main.c --
-- lone/lone.c --
`)
	db := DB{dbState{root: dir + "/root"}}
	headers := dir + "/root/usr/src/linux-headers-6.1.0-"
	for _, name := range []string{"main.c", "main.h"} {
		cmd, ok, err := db.Find(dir+"/mod/src/"+name, "")
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		if want := "out-of-tree module against " + headers + "amd64"; cmd.Source != want {
			t.Errorf("source %q, want %q", cmd.Source, want)
		}
		want := []string{
			headers + "common/arch/x86/include", headers + "amd64/arch/x86/include/generated", headers + "common/include",
			headers + "amd64/include", headers + "common/arch/x86/include/uapi", headers + "amd64/arch/x86/include/generated/uapi",
			headers + "common/include/uapi", headers + "amd64/include/generated/uapi", dir + "/mod/include",
		}
		if diff := cmp.Diff(want, cmd.Include); diff != "" {
			t.Error(diff)
		}
		if !strings.HasPrefix(macros(cmd), "MODULE VENDOR") {
			t.Error(macros(cmd))
		}
	}
	if _, ok, _ := db.Find(dir+"/lone/lone.c", ""); ok {
		t.Error("a lone file has no command")
	}
	cmd, ok, err := db.FindText(dir+"/lone/lone.c", "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n", "")
	if !ok || err != nil || !strings.HasPrefix(cmd.Source, "kernel source against") {
		t.Errorf("%q, %v, %v", cmd.Source, ok, err)
	}
}

// A tool beside a module is a program.
func TestProgramBesideModule(t *testing.T) {
	dir := tree(t, "-- Makefile --\nobj-m := a.o\n")
	for _, tt := range []struct {
		name, text string
		kernel     bool
	}{
		{"a.c", "#include <linux/module.h>\n#include <linux/slab.h>\n", true},
		{"tool.c", "#include <stdio.h>\n#include \"a.h\"\n", false},
		{"a.h", "#include <sys/ioctl.h>\n", true},
		{"both.c", "#ifdef __KERNEL__\n#include <linux/slab.h>\n#else\n#include <stdio.h>\n#endif\n", true},
		{"plain.c", "#include \"a.h\"\n", true},
	} {
		db := DB{dbState{root: dir + "/none"}}
		cmd, _, err := db.FindText(filepath.Join(dir, tt.name), tt.text, "")
		if err != nil || cmd.Kernel() != tt.kernel {
			t.Errorf("%s: %+v, %v", tt.name, cmd, err)
		}
	}
}

func TestModuleWithoutHeaders(t *testing.T) {
	dir := tree(t, "-- Kbuild --\nobj-m += a.o\n")
	db := DB{dbState{root: dir + "/none"}}
	cmd, ok, err := db.Find(dir+"/a.c", "")
	if !ok || err != nil || !cmd.Kernel() || cmd.NoStdInc {
		t.Errorf("%+v, %v, %v", cmd, ok, err)
	}
}

func TestKbuildCmd(t *testing.T) {
	dir := tree(t, `
-- linux/drivers/misc/.foo.o.cmd --
savedcmd_drivers/misc/foo.o := gcc -Wp,-MMD,drivers/misc/.foo.o.d -nostdinc -I./include -D__KERNEL__ -DKBUILD_MODNAME='"foo"' -DHASH='$(pound)1' -c -o drivers/misc/foo.o drivers/misc/foo.c ; ./tools/objtool/objtool --x drivers/misc/foo.o

source_drivers/misc/foo.o := drivers/misc/foo.c

deps_drivers/misc/foo.o := \
  drivers/misc/foo_regs.h \
`)
	for _, name := range []string{"foo.c", "foo.h", "foo_regs.h"} {
		var db DB
		cmd, ok, err := db.Find(dir+"/linux/drivers/misc/"+name, "")
		if !ok || err != nil || cmd.Source != ".foo.o.cmd" {
			t.Fatal(name, ok, err, cmd.Source)
		}
		if diff := cmp.Diff([]string{dir + "/linux/include"}, cmd.Include); diff != "" {
			t.Error(diff)
		}
		if d := cmd.Defines; len(d) != 3 || d[1].Value != `"foo"` || d[2].Value != "#1" {
			t.Error(d)
		}
	}
	var db DB
	if _, ok, _ := db.Find(dir+"/linux/drivers/misc/other.h", ""); ok {
		t.Error("a header that nothing includes has a command")
	}
}

func TestIsKernelSource(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"#include <linux/types.h>\n#include <linux/ioctl.h>\n", false},
		{"#include <linux/slab.h>\n", true},
		{"#ifdef __KERNEL__\n#if 1\n#endif\n#include <linux/slab.h>\n#else\n#include <linux/list.h>\n#endif\n", false},
		{"#ifndef X_H\n#define X_H\n#ifdef __KERNEL__\n#endif\n#include <linux/cdev.h>\n", true},
		{"#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n", true},
		{"int x;\n#endif\n#endif\n", false},
		{"#include <linux/netdevice.h>\n#include <linux/wait.h>\n", false},
		{"", false},
	} {
		if got := IsKernelSource(tt.text); got != tt.want {
			t.Errorf("%q: %v", tt.text, got)
		}
	}
	for _, name := range kernelHeaders {
		if isFile("/usr/include/linux/" + name + ".h") {
			t.Errorf("linux/%s.h is exported: programs include it, too", name)
		}
	}
}
