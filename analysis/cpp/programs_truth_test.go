package cpp_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/abi/abitest"
	"abide/analysis/cpp"
)

// TestTruthModules compiles drivers out of their tree, against the installed
// headers of a kernel.
func TestTruthModules(t *testing.T) {
	builds, err := filepath.Glob("/lib/modules/*/build")
	if err != nil || len(builds) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("linux-headers-amd64 is not installed")
		}
		t.Skip("linux-headers-amd64 is not installed")
	}
	files, tree := []string{"testdata/module.c"}, ""
	if *cpp.Full {
		tree = filepath.Join(linux(t), "x86_64") + "/"
		for _, object := range cpp.Sample("modules", 60, sources(t, filepath.Join(linux(t), "x86_64"), "drivers", "fs", "net", "sound")) {
			files = append(files, tree+strings.TrimSuffix(object, ".o")+".c")
		}
	}
	dir := t.TempDir()
	makefile := "ccflags-y := -DVENDOR_BUILD=7 -I$(src)/include\nCFLAGS_module.o := -DONLY_HERE\n"
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if *cpp.Full && bytes.Contains(content, []byte("#include \"")) {
			continue // what it includes would not come along
		}
		name := strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(file, tree), "testdata/"), "/", "_")
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
		makefile += "obj-m += " + strings.TrimSuffix(name, ".c") + ".o\n"
	}
	if err := os.WriteFile(filepath.Join(dir, "Makefile"), []byte(makefile), 0o644); err != nil {
		t.Fatal(err)
	}
	build := builds[len(builds)-1]
	units := kbuild(t, build, []string{"M=" + dir}, []string{"modules"})
	if len(units) == 0 {
		t.Fatal("make names no command")
	}
	compare(t, "x86_64", units, "")
}

// exported are the folders of the headers that the kernel exports.
var exported = strings.Fields("linux asm asm-generic drm rdma scsi sound mtd video misc xen cxl")

// headersBelow lists the headers of directories.
func headersBelow(t *testing.T, dirs ...string) []string {
	t.Helper()
	var list []string
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
			if strings.HasSuffix(path, ".h") {
				list = append(list, path)
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return list
}

func headerUnits(command, headers []string) []unit {
	var units []unit
	for _, h := range headers {
		units = append(units, unit{dir: "/", file: h, args: append(slices.Clone(command), "-x", "c", h)})
	}
	return units
}

// TestTruthExported compares the headers that the kernel exports, for every ABI
// whose compiler and headers are installed.
func TestTruthExported(t *testing.T) {
	if !*cpp.Full {
		t.Skip("make truth does this")
	}
	for _, a := range abi.All() {
		command := abitest.Command(a.Name)
		if len(command) == 0 || command[0] == "clang" {
			continue
		}
		t.Run(a.Name, func(t *testing.T) {
			command := abitest.Need(t, a.Name)
			n := 10
			if slices.Contains(abi.Default(), a) {
				n = 1
			}
			var dirs []string
			for _, dir := range includeDirs(t, command) {
				for _, folder := range exported {
					dirs = append(dirs, filepath.Join(dir, folder))
				}
			}
			headers := cpp.Sample(a.Name, n, headersBelow(t, dirs...))
			if len(headers) == 0 {
				t.Skip("no exported headers are installed")
			}
			units := headerUnits(command, headers)
			compare(t, a.Name, units, writeDatabase(t, units))
		})
	}
}

// includeDirs asks a gcc where it looks for headers.
func includeDirs(t *testing.T, command []string) []string {
	t.Helper()
	out, err := exec.Command(command[0], append(slices.Clone(command[1:]), "-v", "-E", "-x", "c", "/dev/null")...).CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	_, dirs, _ := strings.Cut(string(out), "#include <...> search starts here:\n")
	dirs, _, _ = strings.Cut(dirs, "End of search list.")
	return strings.Fields(dirs)
}

// TestTruthPrograms compares what user space includes, for the GNU C library
// and musl: each header alone, and programs.
func TestTruthPrograms(t *testing.T) {
	for _, tt := range []struct {
		command, abi string
		headers      []string
	}{
		{"gcc -O2", "x86_64", []string{"/usr/include/x86_64-linux-gnu/bits", "/usr/include/x86_64-linux-gnu/sys", "/usr/include/net", "/usr/include/netinet", "/usr/include/arpa"}},
		{"aarch64-linux-gnu-gcc -O2", "arm64", []string{"/usr/aarch64-linux-gnu/include/bits", "/usr/aarch64-linux-gnu/include/sys"}},
		{"musl-gcc -O2", "x86_64", []string{"/usr/include/x86_64-linux-musl"}},
	} {
		t.Run(tt.command, func(t *testing.T) {
			command := strings.Fields(tt.command)
			if _, err := exec.LookPath(command[0]); err != nil {
				if os.Getenv("CI") != "" {
					t.Fatal(err)
				}
				t.Skip(err)
			}
			n := 24
			if *cpp.Full {
				n = 1
			}
			units := headerUnits(command, cpp.Sample(tt.command, n, headersBelow(t, tt.headers...)))
			programs, err := filepath.Glob("testdata/programs/*.c")
			if err != nil {
				t.Fatal(err)
			}
			for _, program := range programs {
				path, err := filepath.Abs(program)
				if err != nil {
					t.Fatal(err)
				}
				units = append(units, unit{dir: filepath.Dir(path), file: path, args: append(slices.Clone(command), "-c", filepath.Base(path))})
			}
			compare(t, tt.abi, units, writeDatabase(t, units))
		})
	}
}
