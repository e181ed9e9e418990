package sysroot

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
)

// tree is a set of installed include directories that belong together, for
// one architecture.
type tree struct {
	dirs   []string // in search order
	kernel bool     // has asm/
	libc   bool     // has a C library's headers, the architecture's own ones too
}

// finder looks for what is installed for one ABI.
type finder struct {
	fs  cpp.FS
	abi *abi.ABI
	// root stands before /usr: the command's sysroot.
	root     string
	compiler string // the command's compiler, if it is for the ABI
}

// hostABI names the ABI of programs on the machine that abide runs on; empty
// if it is not Linux.
func hostABI() *abi.ABI {
	if runtime.GOOS != "linux" {
		return nil
	}
	return abi.Lookup(goABIs[runtime.GOARCH])
}

var goABIs = map[string]string{
	"amd64": "x86_64", "386": "i386", "arm64": "arm64", "arm": "arm", "riscv64": "riscv64", "ppc64": "ppc64", "ppc64le": "ppc64le",
	"s390x": "s390x", "mips": "mips_o32", "mipsle": "mipsel_o32", "mips64": "mips_n64", "mips64le": "mipsel_n64",
	"loong64": "loongarch64",
}

// triplets are the compiler's, the ABI's own, then those of the ABIs that share
// its arch/ directory: their headers test predefined macros.
func (f *finder) triplets() []string {
	var out []string
	if t := f.compilerTriplet(); t != "" {
		out = append(out, t)
	}
	for _, t := range f.abi.Triplets {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for _, other := range abi.All() {
		if other.Arch != f.abi.Arch {
			continue
		}
		for _, t := range other.Triplets {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// trees lists what is installed, the best first.
func (f *finder) trees() []tree {
	var out []tree
	add := func(dirs ...string) {
		if t := f.tree(dirs); t.kernel || t.libc {
			out = append(out, t)
		}
	}
	usr := f.root + "/usr/include"
	for _, dir := range f.toolchainDirs() {
		add(dir)
	}
	for _, t := range f.triplets() {
		add(usr+"/"+t, usr)
		if f.root == "" {
			add("/usr/"+t+"/include", "/usr/include/"+t)
			add("/usr/" + t + "/sys-root/usr/include")
			add("/usr/" + t + "/sysroot/usr/include")
		}
	}
	if f.ownsUsrInclude() {
		add(usr)
	}
	return out
}

// ownsUsrInclude tells whether asm/ and bits/ right below /usr/include are the
// ABI's: in a sysroot they are its own, on this machine the machine's.
func (f *finder) ownsUsrInclude() bool {
	if f.root != "" {
		return true
	}
	host := hostABI()
	return host != nil && host.Arch == f.abi.Arch
}

// Marker files: that a tree has the architecture's part of the kernel's
// headers, or of a C library's (GNU and musl).
var (
	kernelMarkers = []string{"asm/types.h", "asm/posix_types.h"}
	libcMarkers   = []string{"bits/types.h", "bits/alltypes.h"}
)

func (f *finder) tree(dirs []string) tree {
	t := tree{}
	has := func(dir string, markers []string) bool {
		return slices.ContainsFunc(markers, func(m string) bool { return f.fs.Exists(dir + "/" + m) })
	}
	for i, dir := range dirs {
		// A multiarch directory comes with /usr/include behind it, which
		// counts only if the first one is there.
		if i > 0 && !t.kernel && !t.libc {
			break
		}
		t.kernel = t.kernel || has(dir, kernelMarkers)
		t.libc = t.libc || has(dir, libcMarkers)
		if i == 0 || f.fs.Exists(dir+"/stdio.h") || f.fs.Exists(dir+"/linux/types.h") || has(dir, kernelMarkers) {
			t.dirs = append(t.dirs, dir)
		}
	}
	return t
}

// compilerTriplet is what the compiler's name starts with; empty for "gcc".
func (f *finder) compilerTriplet() string {
	base := filepath.Base(f.compiler)
	for _, name := range []string{"-gcc", "-clang", "-cc"} {
		if i := strings.LastIndex(base, name); i > 0 && strings.Contains(base[:i], "-") {
			return base[:i]
		}
	}
	return ""
}

// toolchain is the directory that the command's compiler is installed in, if
// the command says.
func (f *finder) toolchain() string {
	if !filepath.IsAbs(f.compiler) {
		return ""
	}
	return filepath.Dir(filepath.Dir(f.compiler))
}

// toolchainDirs are the include directories of the toolchain that the command
// names, where crosstool-ng, Buildroot, Yocto and Arm put them.
func (f *finder) toolchainDirs() []string {
	top, triplet := f.toolchain(), f.compilerTriplet()
	if top == "" || triplet == "" {
		return nil
	}
	var out []string
	for _, dir := range []string{"sysroot/usr/include", "libc/usr/include", "sys-root/usr/include", "include"} {
		out = append(out, filepath.Join(top, triplet, dir))
	}
	return out
}

// compilerHeaders finds gcc's own directories: include, and include-fixed
// where it still has limits.h.
func (f *finder) compilerHeaders() []string {
	tops := []string{"/usr/lib/gcc", "/usr/lib/gcc-cross", "/usr/lib64/gcc"}
	if top := f.toolchain(); top != "" {
		tops = append([]string{filepath.Join(top, "lib/gcc")}, tops...)
	}
	for _, t := range f.triplets() {
		for _, top := range tops {
			for _, name := range matching(f.list(top), t) {
				if dirs := f.newest(top + "/" + name); dirs != nil {
					return dirs
				}
			}
		}
	}
	return nil
}

// newest picks the latest version of a gcc.
func (f *finder) newest(dir string) []string {
	versions := f.list(dir)
	slices.SortFunc(versions, func(a, b string) int { return compareVersions(b, a) })
	for _, v := range versions {
		include := dir + "/" + v + "/include"
		if !f.fs.Exists(include + "/stddef.h") {
			continue
		}
		out := []string{include}
		if fixed := include + "-fixed"; f.fs.Exists(fixed + "/limits.h") {
			out = append(out, fixed)
		}
		return out
	}
	return nil
}

// matching lists the directory names that are a triplet, or the same one with
// a vendor in it: x86_64-redhat-linux, aarch64-unknown-linux-gnu.
func matching(names []string, triplet string) []string {
	var exact, similar []string
	for _, n := range names {
		switch {
		case n == triplet:
			exact = append(exact, n)
		case sameTarget(n, triplet):
			similar = append(similar, n)
		}
	}
	return append(exact, similar...)
}

func sameTarget(a, b string) bool {
	x, y := strings.Split(a, "-"), strings.Split(b, "-")
	if len(x) < 3 || len(y) < 3 || x[0] != y[0] || !slices.Contains(x, "linux") {
		return false
	}
	environment := x[len(x)-1]
	return environment == "linux" || environment == y[len(y)-1] || strings.HasPrefix(environment, "musl")
}

// Lister is what a file system may have besides Read and Exists: the names in
// a directory. Without it the disk itself is listed, and what is found there
// must Exist.
type Lister interface{ List(dir string) []string }

// maxNames bounds a listing.
const maxNames = 4096

func (f *finder) list(dir string) []string {
	if l, ok := f.fs.(Lister); ok {
		return l.List(dir)
	}
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer d.Close()
	names, err := d.Readdirnames(maxNames)
	if err != nil {
		return nil
	}
	return names
}

// compareVersions orders "9", "12", "12.2.0".
func compareVersions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(x), len(y)) {
		if d := number(x, i) - number(y, i); d != 0 {
			return d
		}
	}
	return strings.Compare(a, b)
}

func number(parts []string, i int) int {
	if i >= len(parts) {
		return -1
	}
	n, err := strconv.Atoi(parts[i])
	if err != nil {
		return -1
	}
	return n
}

// sysrootFor gives the command's sysroot, if it is meant for the ABI.
func sysrootFor(cmd *compdb.Command, a *abi.ABI) string {
	target := cmd.ABI
	if target == nil {
		target = hostABI()
	}
	if target == nil || target.Arch != a.Arch {
		return ""
	}
	return strings.TrimSuffix(cmd.Sysroot, "/")
}

// compilerFor gives the command's compiler, if it is meant for the ABI.
func compilerFor(cmd *compdb.Command, a *abi.ABI) string {
	if cmd.ABI == nil || cmd.ABI.Arch != a.Arch {
		return ""
	}
	if strings.ContainsRune(cmd.Compiler, filepath.Separator) && !filepath.IsAbs(cmd.Compiler) {
		return filepath.Join(cmd.Dir, cmd.Compiler)
	}
	return cmd.Compiler
}
