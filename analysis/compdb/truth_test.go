package compdb

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// needGCC skips a test whose compiler is missing; in CI none may be.
func needGCC(t *testing.T) string {
	t.Helper()
	gcc, err := exec.LookPath("x86_64-linux-gnu-gcc")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return gcc
}

// predefined asks gcc for its macros with some flags.
func predefined(t *testing.T, gcc string, flags ...string) map[string]string {
	t.Helper()
	cmd := exec.Command(gcc, append(flags, "-dM", "-E", "-x", "c", "/dev/null")...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", flags, err)
	}
	macros := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "#define "), " ")
		macros[name] = value
	}
	return macros
}

// unheeded are macros that no header of the kernel or the C library asks for:
// floating-point formats, character sets, what stdc-predef.h says.
var unheeded = regexp.MustCompile(`^(__FLT|__STDC_IEC|__STDC_ISO|_STDC_PREDEF|__GCC_IEC|__GNUC_(WIDE_)?EXECUTION|__NO_MATH|__NO_TRAP|__NO_SIGNED|__RECIPROCAL|__ASSOCIATIVE|__code_model|__ROUNDING)`)

// What a flag predefines is what gcc says that it does.
func TestModes(t *testing.T) {
	gcc := needGCC(t)
	base := predefined(t, gcc)
	flags := slices.Collect(maps.Keys(modeFlags))
	flags = append(flags, "-O", "-O1", "-O2", "-O3", "-Og", "-funsigned-char", "-fsigned-char")
	for _, std := range strings.Fields("c89 gnu89 c90 gnu90 iso9899:199409 c99 gnu99 c11 gnu11 c17 gnu17 c18 c2x gnu2x") {
		flags = append(flags, "-std="+std)
	}
	slices.Sort(flags)
	for _, flag := range flags {
		if flag == "-fsanitize=kernel-address" || flag == "-Oz" || strings.HasPrefix(flag, "-mcmodel") {
			continue // need more flags, a later gcc, or another linker model
		}
		got := maps.Clone(base)
		for _, d := range Parse("/", []string{flag}).Defines {
			if d.Undef {
				delete(got, d.Name)
			} else {
				got[d.Name] = d.Value
			}
		}
		want := predefined(t, gcc, flag)
		ignore := func(name, _ string) bool { return unheeded.MatchString(name) }
		maps.DeleteFunc(got, ignore)
		maps.DeleteFunc(want, ignore)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", flag, diff)
		}
	}
}

// A module that nothing is known about compiles with the flags that Find gives,
// against the installed kernel's headers.
func TestKernelFlagsCompile(t *testing.T) {
	gcc := needGCC(t)
	dir := t.TempDir()
	source := `#include <linux/module.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/uaccess.h>
#include <linux/compat.h>
#include <linux/slab.h>
#include <linux/ftrace.h>
struct args { u32 id; compat_uptr_t p; u64 t; } __packed;
_Static_assert(sizeof(struct args) == 16, "");
_Static_assert(__alignof__(compat_u64) == 4, "");
static long ioctl(struct file *f, unsigned int cmd, unsigned long arg) { return -ENOTTY; }
static const struct file_operations fops = { .owner = THIS_MODULE, .unlocked_ioctl = ioctl, .compat_ioctl = compat_ptr_ioctl };
static struct miscdevice misc = { .minor = MISC_DYNAMIC_MINOR, .name = KBUILD_MODNAME, .fops = &fops };
module_misc_device(misc);
MODULE_LICENSE("GPL");
`
	path := write(t, dir, "lone.c", source)
	var db DB
	cmd, ok, err := db.FindText(path, source, "")
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if !strings.Contains(cmd.Source, "against /usr/src/") {
		if os.Getenv("CI") != "" {
			t.Fatal("no kernel headers installed: ", cmd.Source)
		}
		t.Skip("no kernel headers installed: apt-get install linux-headers-amd64")
	}
	args := []string{"-fsyntax-only", "-nostdinc", "-O2", "-std=gnu11", "-m64", "-mcmodel=kernel", "-fno-pie", "-fshort-wchar"}
	args = append(args, cppFlags(&cmd)...)
	out, err := exec.Command(gcc, append(args, path)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%.4000s", err, out)
	}
}

// cppFlags turns a command back into flags.
func cppFlags(c *Command) []string {
	var out []string
	for _, d := range c.Defines {
		if d.Undef {
			out = append(out, "-U"+d.Name)
		} else if !strings.HasPrefix(d.Name, "__SIZEOF") && !strings.HasPrefix(d.Name, "__WCHAR") {
			out = append(out, "-D"+d.Name+"="+d.Value)
		}
	}
	for _, dir := range c.Include {
		out = append(out, "-I"+dir)
	}
	for _, f := range c.Forced {
		out = append(out, "-include", f)
	}
	return out
}

var seedCommands = []string{
	"gcc -Ia -I b -DA=1 '-DB=\"x y\"' -include c.h -m32 -std=gnu11 -c x.c",
	"clang --target=aarch64-linux-gnu --sysroot=/s -I=/x -Wp,-MMD,x.d,-DA @rsp x.c",
	"-D -I -include", "-Wp,", "-Xpreprocessor -Xpreprocessor -D", "-fpack-struct=16 -mabi=n32 -- x.c",
}

// Parse survives whatever stands in a database, and gives absolute paths and
// macro names that can be defined.
func FuzzParse(f *testing.F) {
	for _, s := range seedCommands {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		args, err := shellWords(s)
		if err != nil {
			args = strings.Split(s, " ")
		}
		cmd := Parse("/w", args)
		for _, list := range [][]string{cmd.Quote, cmd.Include, cmd.System, cmd.After, cmd.Forced, cmd.Macros} {
			for _, p := range list {
				if !filepath.IsAbs(p) {
					t.Errorf("%q: path %q", s, p)
				}
			}
		}
		for _, d := range cmd.Defines {
			if !macroHead.MatchString(d.Name) || strings.Contains(d.Value, "\n") {
				t.Errorf("%q: %+v", s, d)
			}
		}
	})
}

// The readers survive whatever a workspace holds.
func FuzzWorkspace(f *testing.F) {
	f.Add(databaseName, `[{"directory":"/x","file":"a.c","command":"cc -DA a.c"}]`)
	f.Add(flagsName, "-DA\n-I\nb\n")
	f.Add(".clangd", "CompileFlags: {Add: [-DA], Remove: [-I*], CompilationDatabase: x}\nIf: {PathMatch: .*}\n---\n&a [*a]")
	f.Add("Makefile", "obj-m := a.o\na-y := b.o \\\n c.o\nKDIR := /nowhere\nccflags-y += -DX -I$(src)\n")
	f.Add(".a.o.cmd", "savedcmd_a.o := gcc -DA a.c\n")
	f.Add("a.c", "#include <linux/slab.h>\n#ifdef __KERNEL__\n#endif\n")
	f.Fuzz(func(t *testing.T, name, content string) {
		if !slices.Contains([]string{databaseName, flagsName, ".clangd", "Makefile", "Kbuild", ".a.o.cmd", "a.c"}, name) {
			return
		}
		dir := t.TempDir()
		write(t, dir, name, content)
		db := DB{dbState{root: dir}}
		for _, file := range []string{"a.c", "a.h", "sub/b.h"} {
			cmd, ok, err := db.FindText(filepath.Join(dir, file), content, "")
			if ok && err != nil {
				t.Errorf("both: %+v, %v", cmd, err)
			}
		}
	})
}
