package sysroot

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
)

// kernelTree is a kernel whose directories a command names.
type kernelTree struct {
	arch     string // that it is built for
	src, obj string
}

// archInclude takes an architecture's include directory apart: the tree, the
// architecture, and what follows.
var archInclude = regexp.MustCompile(`^(.*)/arch/([a-z0-9_]+)/include(/.*)?$`)

// kernelDirs replaces the include directories of the architecture that a
// kernel tree is built for by those of the ABI's: the sources' own, the
// generated ones where they exist, and otherwise wrappers of asm-generic.
func (c *completion) kernelDirs(dirs []string) []string {
	t := findKernelTree(dirs)
	if t == nil {
		return dirs
	}
	if c.foreignTo(t); t.arch == c.abi.Arch && c.generated(t) {
		return dirs
	}
	var out []string
	for _, dir := range dirs {
		m := archInclude.FindStringSubmatch(filepath.ToSlash(dir))
		if m == nil {
			out = append(out, dir)
			continue
		}
		out = append(out, c.archDirs(t, m[1], m[3])...)
	}
	return out
}

func findKernelTree(dirs []string) *kernelTree {
	var t *kernelTree
	for _, dir := range dirs {
		m := archInclude.FindStringSubmatch(filepath.ToSlash(dir))
		if m == nil {
			continue
		}
		if t == nil {
			t = &kernelTree{arch: m[2], src: m[1], obj: m[1]}
		}
		switch m[3] {
		case "":
			t.src = m[1]
		case "/generated":
			t.obj = m[1]
		}
	}
	return t
}

// foreignTo tells whether the tree is built for another machine than the ABI's,
// and remembers that.
func (c *completion) foreignTo(t *kernelTree) bool {
	target := c.cmd.ABI
	if host := hostABI(); target == nil && host != nil && host.Arch == t.arch {
		target = host
	}
	if t.arch != c.abi.Arch || (target != nil && target.Arch == t.arch && target != c.abi) {
		c.foreign = t
	}
	return c.foreign != nil
}

// generated tells whether the tree was built, at least so far that the
// architecture's generated headers are there.
func (c *completion) generated(t *kernelTree) bool {
	dir := t.obj + "/arch/" + c.abi.Arch + "/include/generated/uapi/asm/"
	return c.fs.Exists(dir+"types.h") || c.fs.Exists(dir+"errno.h")
}

// archDirs gives the ABI's directories in the place of one of another
// architecture's: rest is what follows arch/<arch>/include.
func (c *completion) archDirs(t *kernelTree, root, rest string) []string {
	arch := "/arch/" + c.abi.Arch + "/include"
	if sources := t.src + arch + "/asm/"; !c.fs.Exists(sources+"Kbuild") && !c.fs.Exists(sources+"page.h") {
		// Packages of headers leave architectures out: asm-generic must do.
		if rest == "/generated" || rest == "/generated/uapi" {
			return []string{wrapperDir(c.abi.Arch, t.src, rest == "/generated/uapi")}
		}
		return nil
	}
	switch rest {
	case "":
		dirs := []string{root + arch}
		if row := compdb.LookupArch(c.abi.Arch); row != nil {
			for _, d := range row.Dirs {
				dirs = append(dirs, root+arch+"/"+d)
			}
			for _, d := range row.Beside {
				dirs = append(dirs, root+"/arch/"+c.abi.Arch+"/"+d)
			}
		}
		return dirs
	case "/generated":
		if c.generated(t) {
			return []string{root + arch + rest}
		}
		return []string{wrapperDir(c.abi.Arch, t.src, false)}
	case "/uapi":
		return []string{root + arch + rest}
	case "/generated/uapi":
		if c.generated(t) {
			return []string{root + arch + rest}
		}
		return []string{wrapperDir(c.abi.Arch, t.src, true)}
	}
	return nil
}

// foreignFile keeps a forced header of another architecture out.
func (c *completion) foreignFile(file string) string {
	m := archInclude.FindStringSubmatch(filepath.ToSlash(file))
	if m == nil || c.foreign == nil || m[2] == c.abi.Arch {
		return file
	}
	return m[1] + "/arch/" + c.abi.Arch + "/include" + m[3]
}

// archDefines are the macros of the architecture's Makefile, for a tree that is
// built for another one.
func (c *completion) archDefines() []cpp.Define {
	if c.foreign == nil {
		return nil
	}
	row := compdb.LookupArch(c.abi.Arch)
	if row == nil {
		return nil
	}
	return slices.Clone(compdb.Parse("", row.Flags).Defines)
}

// Foreign tells whether the headers are those of a kernel tree that is
// configured for another machine than the ABI's.
func Foreign(cfg *cpp.Config) bool {
	return slices.ContainsFunc(cfg.Include, func(file string) bool { return strings.HasPrefix(file, Prefix+kconfigRoot) })
}

// Describe says in a few words where an ABI's headers came from: "installed
// headers /usr/aarch64-linux-gnu/include", "kernel headers
// /src/linux/arch/arm64/include", "embedded headers".
func Describe(cfg *cpp.Config) string {
	text := ""
	for _, dir := range cfg.Angle {
		switch {
		case strings.HasPrefix(dir, Prefix+wrapperRoot):
			return "kernel headers asm-generic, as the tree has none of the architecture"
		case archInclude.MatchString(filepath.ToSlash(dir)) && Foreign(cfg):
			return "kernel headers " + dir + ", with the configuration of another machine"
		case archInclude.MatchString(filepath.ToSlash(dir)):
			return "kernel headers " + dir
		case dir == archDir:
			return describe(text, "embedded headers")
		case dir == kernelDir:
			text = "embedded kernel headers"
		case dir == libcDir:
			text = "embedded libc headers"
		case isInstalled(cfg.ABI, dir):
			return describe(text, "installed headers "+dir)
		}
	}
	return describe(text, "embedded headers")
}

func describe(first, second string) string {
	switch {
	case first == "" || second == "embedded headers":
		return second
	default:
		return first + ", " + second
	}
}

// isInstalled tells whether a directory is where the ABI's asm/ is installed.
func isInstalled(a *abi.ABI, dir string) bool {
	dir = filepath.ToSlash(dir)
	if filepath.Base(filepath.Dir(dir)) == "gcc" || regexpGcc.MatchString(dir) {
		return false
	}
	return installedArch(dir) == a.Arch || (dir == "/usr/include" || filepath.Base(dir) == "include" && filepath.Base(filepath.Dir(dir)) == "usr")
}

var regexpGcc = regexp.MustCompile(`/gcc(-cross)?/`)
