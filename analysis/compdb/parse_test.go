package compdb

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"abide/analysis/abi"
	"abide/analysis/cpp"
)

// words splits at blanks: enough for arguments without any.
func words(s string) []string { return strings.Fields(s) }

func TestParse(t *testing.T) {
	def := func(name, value string) cpp.Define { return cpp.Define{Name: name, Value: value} }
	undef := func(name string) cpp.Define { return cpp.Define{Name: name, Undef: true} }
	for _, tt := range []struct {
		args string
		want Command
	}{
		{"gcc -Iinc -I /abs -isystem sys -iquote q -idirafter a x.c", Command{
			Compiler: "gcc", File: "/w/x.c", Include: []string{"/w/inc", "/abs"}, System: []string{"/w/sys"},
			Quote: []string{"/w/q"}, After: []string{"/w/a"},
		}},
		{"-isystemsys -I../up -I./here/", Command{System: []string{"/w/sys"}, Include: []string{"/up", "/w/here"}}},
		{"-DA -DB=2 -D C=x=y -UA -U D -DF(x)=x", Command{Defines: []cpp.Define{
			def("A", "1"), def("B", "2"), def("C", "x=y"), undef("A"), undef("D"), def("F(x)", "x"),
		}}},
		{"-D -DA", Command{}}, // -D takes the next argument, which is no name
		{"-D1 -D= -DA-B -U", Command{}},
		{"-include a.h -imacros b.h -includec.h", Command{Forced: []string{"/w/a.h", "/w/c.h"}, Macros: []string{"/w/b.h"}}},
		{"-nostdinc --sysroot=/sdk", Command{NoStdInc: true, Sysroot: "/sdk"}},
		{"--sysroot sdk -I=/usr/x -isystem =y -I$SYSROOT/z", Command{
			Sysroot: "/w/sdk", Include: []string{"/w/sdk/usr/x", "/w/sdk/z"}, System: []string{"/w/sdk/y"},
		}},
		{"-isysroot /sdk", Command{Sysroot: "/sdk"}},
		{"-fshort-enums -mms-bitfields -fpack-struct", Command{ShortEnums: true, MSBits: true, PackStruct: 1}},
		{"-fpack-struct=4 -fpack-struct=3 -fshort-enums -fno-short-enums", Command{PackStruct: 4, LongEnums: true}},
		{"-fms-extensions", Command{MSExtensions: true}},
		{"-fplan9-extensions -fno-plan9-extensions", Command{}},
		{"-funsigned-char", Command{UnsignedChar: true, Defines: []cpp.Define{def("__CHAR_UNSIGNED__", "1")}}},
		{"-funsigned-char -fsigned-char", Command{SignedChar: true, Defines: []cpp.Define{undef("__CHAR_UNSIGNED__")}}},
		{"-Wp,-MMD,x.d,-DA=1 -Wp,-D,B -Wp,-U,A", Command{Defines: []cpp.Define{def("A", "1"), def("B", "1"), undef("A")}}},
		{"-Xpreprocessor -DA", Command{Defines: []cpp.Define{def("A", "1")}}},
		{"-o x.c -MF y.c -MT z.c -x c -T l.c -Xlinker m.c -u n.c --param p.c a.c b.c", Command{File: "/w/a.c"}},
		{"-Wall -fno-such-flag --hidden=3 -mtune=native - -- -I.c", Command{File: "/w/-I.c"}},
		{"-working-directory /v -Ix", Command{Dir: "/v", Include: []string{"/v/x"}}},
		{"ccache /opt/bin/clang-14 -DA", Command{Compiler: "/opt/bin/clang-14", Defines: []cpp.Define{def("A", "1")}}},
		{"env CC=x gcc -DA", Command{Compiler: "gcc", Defines: []cpp.Define{def("A", "1")}}},
		{"mycc -DA", Command{Compiler: "mycc", Defines: []cpp.Define{def("A", "1")}}},
		{"x.c -DA", Command{File: "/w/x.c", Defines: []cpp.Define{def("A", "1")}}},
		{"", Command{}},
		{"-I", Command{}},
	} {
		if tt.want.Dir == "" {
			tt.want.Dir = "/w"
		}
		tt.want.Source = "command line"
		got := Parse("/w", words(tt.args))
		got.Names, got.Own = cpp.Names{}, false
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", tt.args, diff)
		}
	}
}

func TestParseNames(t *testing.T) {
	got := Parse("/w", words("gcc -I./inc -Isub/../inc -I/abs -include c.h -fmacro-prefix-map=./= -ffile-prefix-map=/a=b=c d/x.c")).Names
	want := cpp.Names{
		Given:   map[string]string{"/w/inc": "./inc", "/w/c.h": "c.h", "/w/d/x.c": "d/x.c"},
		Replace: []cpp.Prefix{{Old: "./"}, {Old: "/a", New: "b=c"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A hostile command line costs no more than its length.
func TestParseLong(t *testing.T) {
	for _, flag := range []string{"-Xpreprocessor", "-Wp,-D,-D", "-working-directory=a", "-Iaaaaaaaaaaaaaaaa", "-include", "@a", "-DA", "-std=c99", "a.c", "-mabi=n32"} {
		args := slices.Repeat([]string{flag}, 1<<17)
		start := time.Now()
		Parse("/w", args)
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%s: %v", flag, d)
		}
	}
}

func TestParseABI(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"gcc", ""},
		{"gcc -march=native -mabi=ms -mabi=elfv2", ""},
		{"gcc -m32", "i386"},
		{"gcc -m64", "x86_64"},
		{"gcc -mx32", "x32"},
		{"gcc -m31", "s390"},
		{"aarch64-linux-gnu-gcc", "arm64"},
		{"/opt/x/bin/aarch64-none-linux-gnu-gcc-12.2", "arm64"},
		{"x86_64-linux-gnu-gcc -m32", "i386"},
		{"x86_64-linux-gnux32-gcc", "x32"},
		{"i686-linux-gnu-gcc", "i386"},
		{"arm-linux-gnueabihf-gcc", "arm"},
		{"arm-linux-gnueabi-gcc -mabi=apcs-gnu", "arm_oabi"},
		{"powerpc64-linux-gnu-gcc", "ppc64"},
		{"powerpc64-linux-gnu-gcc -m32", "ppc32"},
		{"powerpc64le-linux-gnu-gcc -mlittle-endian", "ppc64le"},
		{"powerpc64-linux-gnu-gcc -mlittle-endian", "ppc64le"},
		{"s390x-linux-gnu-gcc -m31", "s390"},
		{"sparc64-linux-gnu-gcc -m32", "sparc32"},
		{"mips-linux-gnu-gcc", "mips_o32"},
		{"mips-linux-gnu-gcc -mabi=64", "mips_n64"},
		{"mips64-linux-gnuabin32-gcc", "mips_n32"},
		{"hppa64-linux-gnu-gcc", "parisc64"},
		{"hppa-linux-gnu-gcc", "parisc32"},
		{"sh4-linux-gnu-gcc", "sh4"},
		{"alpha-linux-gnu-gcc", "alpha"},
		{"m68k-linux-gnu-gcc", "m68k"},
		{"loongarch64-linux-gnu-gcc", "loongarch64"},
		{"riscv64-linux-gnu-gcc", "riscv64"},
		{"riscv64-linux-gnu-gcc -mabi=ilp32d -march=rv32gc", "riscv32"},
		{"clang --target=aarch64-linux-gnu", "arm64"},
		{"clang --target aarch64-linux-gnu", "arm64"},
		{"clang -target riscv32", "riscv32"},
		{"clang --target=x86_64-pc-linux-gnu -m32", "i386"},
		{"clang --target=unknown-cpu", ""},
	} {
		got := ""
		if a := Parse("/w", words(tt.args)).ABI; a != nil {
			got = a.Name
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.args, got, tt.want)
		}
	}
}

// Every row names an ABI of the table, and every ABI of the table has a row.
func TestTargetRows(t *testing.T) {
	named := map[*abi.ABI]bool{}
	for _, r := range rows {
		a := abi.Lookup(r.abi)
		if a == nil {
			t.Errorf("%s: no such ABI", r.abi)
			continue
		}
		named[a] = true
		if a.BigEndian != (r.order == "be") {
			t.Errorf("%s: order %s", r.abi, r.order)
		}
	}
	for _, a := range abi.All() {
		if !named[a] {
			t.Errorf("%s has no row", a.Name)
		}
	}
}

func TestResponseFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.rsp", `-DA="x y" '-DB=\'q\'' @b.rsp`+"\n-I inc")
	write(t, dir, "b.rsp", `@a.rsp -DC`)
	cmd := Parse(dir, []string{"gcc", "@a.rsp", "@missing", "-DD"})
	names := map[string]string{}
	for _, d := range cmd.Defines {
		names[d.Name] = d.Value
	}
	want := map[string]string{"A": "x y", "B": "'q'", "C": "1", "D": "1"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if len(cmd.Include) == 0 || cmd.Include[0] != filepath.Join(dir, "inc") {
		t.Errorf("include: %q", cmd.Include)
	}
}

func write(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
