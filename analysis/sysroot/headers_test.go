package sysroot

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// compilers are the truth: one command line per ABI.
var compilers = []struct{ abi, command string }{
	{"x86_64", "x86_64-linux-gnu-gcc"},
	{"i386", "i686-linux-gnu-gcc"},
	{"x32", "x86_64-linux-gnux32-gcc"},
	{"arm64", "aarch64-linux-gnu-gcc"},
	{"arm", "arm-linux-gnueabi-gcc"},
	{"arm_oabi", "arm-linux-gnueabi-gcc -mabi=apcs-gnu"},
	{"riscv64", "riscv64-linux-gnu-gcc"},
	{"ppc32", "powerpc-linux-gnu-gcc"},
	{"ppc64", "powerpc64-linux-gnu-gcc"},
	{"ppc64le", "powerpc64le-linux-gnu-gcc"},
	{"s390x", "s390x-linux-gnu-gcc"},
	{"s390", "s390x-linux-gnu-gcc -m31"},
	{"mips_o32", "mips-linux-gnu-gcc"},
	{"mips_n32", "mips64-linux-gnuabi64-gcc -mabi=n32"},
	{"mips_n64", "mips64-linux-gnuabi64-gcc"},
	{"mipsel_o32", "mipsel-linux-gnu-gcc"},
	{"sparc64", "sparc64-linux-gnu-gcc"},
	{"sparc32", "sparc64-linux-gnu-gcc -m32"},
	{"m68k", "m68k-linux-gnu-gcc"},
	{"parisc32", "hppa-linux-gnu-gcc"},
	{"parisc64", "hppa64-linux-gnu-gcc -isystem /usr/hppa-linux-gnu/include"},
	{"sh4", "sh4-linux-gnu-gcc"},
	{"alpha", "alpha-linux-gnu-gcc"},
	{"arc", "arc-linux-gnu-gcc"},
}

// compile runs a compiler over a source text and gives what it says.
func compile(command, source string, flags ...string) (string, error) {
	args := strings.Fields(command)
	args = append(args, flags...)
	args = append(args, "-x", "c", "-fsyntax-only", "-")
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin = strings.NewReader(source)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// forEachCompiler runs a test per ABI whose compiler is installed.
func forEachCompiler(t *testing.T, test func(t *testing.T, command string)) {
	for _, c := range compilers {
		t.Run(c.abi, func(t *testing.T) {
			if _, err := exec.LookPath(strings.Fields(c.command)[0]); err != nil {
				if os.Getenv("CI") != "" {
					t.Fatal(err)
				}
				t.Skip(err)
			}
			t.Parallel()
			test(t, c.command)
		})
	}
}

// onDisk writes all embedded headers out, the kernel's short ones included, and
// gives the directory.
func onDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range index() {
		put(name, content)
	}
	bases := slices.AppendSeq(slices.Collect(maps.Keys(internalHeaders)), maps.Keys(plainHeaders))
	for _, base := range bases {
		name := "/kernel/" + base + ".h"
		if _, ok := index()[name]; ok {
			continue
		}
		content, _ := internalHeader(name)
		put(name, content)
	}
	return dir
}

// searchFlags are the compiler's flags for a list of the embedded directories.
func searchFlags(root string, dirs ...string) []string {
	flags := []string{"-nostdinc", "-Wall", "-Werror"}
	for _, d := range dirs {
		flags = append(flags, "-I"+root+"/"+d)
	}
	return flags
}

var (
	userDirs     = []string{"compiler", "libc", "arch", "uapi"}
	internalDirs = []string{"compiler", "kernel", "arch", "uapi"}
)

func headersIn(dirs ...string) []string {
	var out []string
	for _, d := range dirs {
		for name := range index() {
			if rel, ok := strings.CutPrefix(name, "/"+d+"/"); ok {
				out = append(out, rel)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Every header compiles alone, twice over, without a warning, everywhere.
func TestHeadersCompile(t *testing.T) {
	root := onDisk(t)
	forEachCompiler(t, func(t *testing.T, command string) {
		check := func(name string, flags []string) {
			// What is unknown on purpose is anything here.
			source := fmt.Sprintf("struct kernel_configuration { int any; };\n#include <%s>\n#include <%s>\nint last;\n", name, name)
			if out, err := compile(command, source, flags...); err != nil {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		}
		names := headersIn(userDirs...)
		if strings.Contains(command, " -") { // a second mode of a compiler: all at once will do
			var all strings.Builder
			for _, name := range names {
				if strings.HasPrefix(name, "asm-generic/") || strings.HasPrefix(name, "linux/byteorder/") {
					continue // asm/ chooses among these
				}
				all.WriteString("#include <" + name + ">\n")
			}
			if out, err := compile(command, all.String(), searchFlags(root, userDirs...)...); err != nil {
				t.Errorf("all headers: %v\n%s", err, out)
			}
			names = nil
		}
		for _, name := range names {
			check(name, searchFlags(root, userDirs...))
		}
		for _, name := range []string{"linux/module.h", "linux/types.h", "linux/fs.h", "linux/stddef.h", "linux/byteorder.h"} {
			check(name, append(searchFlags(root, internalDirs...), "-D__KERNEL__"))
		}
		check("../fallback.h", append(searchFlags(root, internalDirs...), "-D__KERNEL__"))
		check("../prelude.h", searchFlags(root, internalDirs...))
	})
}
