// Package abitest runs real compilers, to confirm the rows of the ABI table.
// Only tests and the table's generator import it.
package abitest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Compilers gives the command that compiles for each ABI: Debian's gcc 12
// where it has one.
var Compilers = map[string]string{
	"x86_64":     "x86_64-linux-gnu-gcc",
	"i386":       "i686-linux-gnu-gcc",
	"x32":        "x86_64-linux-gnux32-gcc",
	"arm64":      "aarch64-linux-gnu-gcc",
	"arm64_be":   "aarch64-linux-gnu-gcc -mbig-endian",
	"arm":        "arm-linux-gnueabihf-gcc",
	"armeb":      "arm-linux-gnueabihf-gcc -mbig-endian",
	"arm_oabi":   "arm-linux-gnueabi-gcc -mabi=apcs-gnu",
	"riscv64":    "riscv64-linux-gnu-gcc",
	"riscv32":    "riscv64-linux-gnu-gcc -march=rv32imafdc -mabi=ilp32d",
	"ppc64le":    "powerpc64le-linux-gnu-gcc",
	"ppc64":      "powerpc64-linux-gnu-gcc",
	"ppc32":      "powerpc-linux-gnu-gcc",
	"ppc32le":    "powerpc64le-linux-gnu-gcc -m32",
	"s390x":      "s390x-linux-gnu-gcc",
	"s390":       "s390x-linux-gnu-gcc -m31",
	"mips_o32":   "mips-linux-gnu-gcc",
	"mips_n32":   "mips64-linux-gnuabi64-gcc -mabi=n32",
	"mips_n64":   "mips64-linux-gnuabi64-gcc",
	"mipsel_o32": "mipsel-linux-gnu-gcc",
	"mipsel_n32": "mips64el-linux-gnuabi64-gcc -mabi=n32",
	"mipsel_n64": "mips64el-linux-gnuabi64-gcc",
	"sparc64":    "sparc64-linux-gnu-gcc",
	"sparc32":    "sparc64-linux-gnu-gcc -m32",
	"m68k":       "m68k-linux-gnu-gcc",
	"parisc32":   "hppa-linux-gnu-gcc",
	"parisc64":   "hppa64-linux-gnu-gcc",
	"sh4":        "sh4-linux-gnu-gcc",
	"sh4eb":      "sh4-linux-gnu-gcc -mb",
	"alpha":      "alpha-linux-gnu-gcc",
	"arc":        "arc-linux-gnu-gcc",
	"arceb":      "arc-linux-gnu-gcc -mbig-endian",
	"hexagon":    "clang -target hexagon-linux-musl",
}

// Command is the compiler of an ABI as an argument list; nil if the table has
// no compiler for it.
func Command(abi string) []string { return strings.Fields(Compilers[abi]) }

// Need gives the compiler's argument list, and skips the test where it is not
// installed; in CI (environment variable CI) that is a failure.
func Need(t testing.TB, abi string) []string {
	t.Helper()
	cc := Command(abi)
	if len(cc) == 0 {
		t.Skipf("%s: Debian has no compiler for it", abi)
	}
	if _, err := exec.LookPath(cc[0]); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s: %s is not installed", abi, cc[0])
		}
		t.Skipf("%s: %s is not installed", abi, cc[0])
	}
	return cc
}

// Compile compiles C source text and gives the object file's path. The error
// holds the compiler's messages.
func Compile(dir string, cc []string, source string, flags ...string) (string, error) {
	c := filepath.Join(dir, "t.c")
	o := filepath.Join(dir, "t.o")
	if err := os.WriteFile(c, []byte(source), 0o600); err != nil {
		return "", err
	}
	args := append(append(append([]string{}, cc[1:]...), flags...), "-c", "-o", o, c)
	if out, err := exec.Command(cc[0], args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", cc[0], strings.Join(args, " "), err, out)
	}
	return o, nil
}

// Macros gives what the compiler predefines: `-dM -E` of empty input.
func Macros(cc []string, flags ...string) (string, error) {
	args := append(append(append([]string{}, cc[1:]...), flags...), "-dM", "-E", "-x", "c", "/dev/null")
	out, err := exec.Command(cc[0], args...).Output()
	if err != nil {
		return "", fmt.Errorf("%s -dM -E: %w", cc[0], err)
	}
	return string(out), nil
}
