package compdb

import (
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// kernelTree is a kernel to compile against: its sources, and the directory
// that it was configured and built in, which may be another one.
type kernelTree struct {
	src, obj string
	config   *kconfig // nil if the tree is not configured
	version  int      // 601 for 6.1; 0 if unknown
	arch     *Arch
}

// kernelTree finds the kernel tree that a file lies in.
func (d *DB) kernelTree(path string) (*kernelTree, bool) {
	for dir := range ancestors(path) {
		if isFile(filepath.Join(dir, "include/linux/kconfig.h")) && isFile(filepath.Join(dir, "Kbuild")) &&
			isFile(filepath.Join(dir, "Kconfig")) {
			t := d.openTree(dir, dir)
			if rest, ok := strings.CutPrefix(filepath.ToSlash(relative(dir, path)), "arch/"); ok {
				name, _, _ := strings.Cut(rest, "/")
				if a := LookupArch(name); a != nil {
					t.arch = a
				}
			}
			return t, true
		}
	}
	return nil, false
}

func (d *DB) openTree(src, obj string) *kernelTree {
	t := &kernelTree{src: src, obj: obj}
	t.config, _, _ = load(&d.dbState, filepath.Join(obj, autoconf), readKconfig)
	if m, ok, err := load(&d.dbState, filepath.Join(src, "Makefile"), readMakefile); ok && err == nil {
		t.version = m.number("VERSION")*100 + m.number("PATCHLEVEL")
	}
	for i := range Arches {
		if t.config.has(Arches[i].Config) {
			t.arch = &Arches[i]
			break
		}
	}
	if t.arch == nil {
		t.arch = LookupArch(hostArch[runtime.GOARCH])
	}
	if t.arch == nil {
		t.arch = &Arches[0]
	}
	return t
}

func (m *makefile) number(variable string) int {
	words := m.vars[variable]
	if len(words) != 1 {
		return 0
	}
	n, err := strconv.Atoi(words[0])
	if err != nil || n < 0 || n > 999 {
		return 0
	}
	return n
}

const (
	autoconf    = "include/generated/autoconf.h"
	maxAutoconf = 16 << 20
)

// kconfig is the macros of include/generated/autoconf.h.
type kconfig struct{ macros map[string]string }

var configLine = regexp.MustCompile(`(?m)^#define (CONFIG_\w+) (.*)$`)

func readKconfig(path string) (*kconfig, error) {
	content, err := readFile(path, maxAutoconf)
	if err != nil {
		return nil, err
	}
	c := &kconfig{macros: map[string]string{}}
	for _, m := range configLine.FindAllStringSubmatch(string(content), -1) {
		c.macros[m[1]] = m[2]
	}
	return c, nil
}

func (c *kconfig) has(name string) bool { return c != nil && c.macros[name] == "1" }

// target is the compiler target that the configuration asks for.
func (t *kernelTree) target() string {
	switch {
	case t.config == nil:
		return ""
	case t.arch.TargetBE != "" && t.config.has("CONFIG_CPU_BIG_ENDIAN"):
		return t.arch.TargetBE
	case t.arch.TargetLE != "" && t.config.has("CONFIG_CPU_LITTLE_ENDIAN"):
		return t.arch.TargetLE
	case t.config.has("CONFIG_64BIT") && t.arch.Target64 != "":
		return t.arch.Target64
	case t.arch.Target32 != "":
		return t.arch.Target32
	}
	return t.arch.Target64
}

// roots are what Kbuild puts before paths in the sources and in the build
// directory, which it compiles in.
func (t *kernelTree) roots() (src, obj string) {
	if t.src == t.obj {
		return "./", "./"
	}
	return t.src + "/", "./"
}

// flags is the part of a command line that is the same for every file of a
// kernel (the top-level Makefile's LINUXINCLUDE and KBUILD_CFLAGS).
func (t *kernelTree) flags() []string {
	args := []string{"-nostdinc"}
	if target := t.target(); target != "" {
		args = append(args, "--target="+target)
	}
	add := func(dirs ...string) {
		for _, dir := range dirs {
			args = append(args, "-I"+dir)
		}
	}
	src, obj := t.roots()
	arch := "arch/" + t.arch.Name + "/include"
	add(src+arch, obj+arch+"/generated")
	for _, dir := range t.arch.Dirs {
		add(src + arch + "/" + dir)
	}
	for _, dir := range t.arch.Beside {
		add(src + "arch/" + t.arch.Name + "/" + dir)
	}
	add(src + "include")
	if t.src != t.obj {
		add(obj + "include")
	}
	add(src+arch+"/uapi", obj+arch+"/generated/uapi", src+"include/uapi", obj+"include/generated/uapi")
	for _, name := range []string{"compiler-version.h", "kconfig.h", "compiler_types.h"} {
		if isFile(filepath.Join(t.src, "include/linux", name)) {
			args = append(args, "-include", src+"include/linux/"+name)
		}
	}
	args = append(args, "-D__KERNEL__", "-fmacro-prefix-map="+src+"=", "-O2", "-fshort-wchar", "-fno-PIE", "-fno-asynchronous-unwind-tables")
	if t.version >= 518 {
		args = append(args, "-std=gnu11")
	} else {
		args = append(args, "-std=gnu89")
	}
	if t.version >= 602 {
		args = append(args, "-funsigned-char")
	}
	args = append(args, t.arch.Flags...)
	if t.arch.Name == "x86" {
		args = append(args, t.x86Flags()...)
	}
	return args
}

func (t *kernelTree) x86Flags() []string {
	args := []string{"-ffreestanding"}
	if t.config.has("CONFIG_X86_64") {
		args = []string{"-mcmodel=kernel"}
	}
	if t.config.has("CONFIG_FUNCTION_TRACER") && t.config.has("CONFIG_HAVE_FENTRY") {
		args = append(args, "-DCC_USING_FENTRY")
	}
	return args
}

// treeInvocation is how Kbuild would compile a file of the tree.
func (d *DB) treeInvocation(t *kernelTree, path string) invocation {
	source := "kernel tree " + t.src
	if t.config == nil {
		source += " (not configured)"
	}
	return d.kernelInvocation(t, t.src, path, source, nil)
}

// kernelInvocation adds what belongs to the file itself: the module it is part
// of, and the flags of the Makefiles from root down to its directory.
func (d *DB) kernelInvocation(t *kernelTree, root, path, source string, extra []string) invocation {
	inv := invocation{dir: t.obj, file: path, source: source, guessed: true, args: append(t.flags(), extra...)}
	object := stem(path) + ".o"
	name, list, obj := stem(path), "", ""
	own := true // the nearest Makefile, whose flags are for this file; others only hand some down
	for dir := range ancestors(path) {
		m, ok := d.makefileIn(dir, t.config)
		if ok {
			rel, err := filepath.Rel(dir, filepath.Join(filepath.Dir(path), object))
			if err == nil {
				rel = filepath.ToSlash(rel)
				variables := t.variables(root, dir)
				if composite, in := m.module(rel, t.config); composite != "" && list == "" {
					name, list, obj = composite, in, variables["obj"]
				}
				if obj == "" {
					obj = variables["obj"]
				}
				inv.args = append(inv.args, m.flags(rel, !own, t.config, variables)...)
				own = false
			}
		}
		if dir == root {
			break
		}
	}
	inv.args = append(inv.args, moduleMacros(obj, name, stem(path))...)
	if list == "obj-m" || t.config.modular(list) {
		inv.args = append(inv.args, "-DMODULE")
	}
	if root == t.src && t.src == t.obj {
		path = relative(root, path)
	}
	inv.args = append(inv.args, "--", path)
	return inv
}

// variables are those of Kbuild that flags are written with. In the tree, src
// is relative to it; elsewhere it is absolute.
func (t *kernelTree) variables(root, dir string) map[string]string {
	src := dir
	srctree, objtree := t.roots()
	if root == t.src {
		src = relative(root, dir)
	}
	return map[string]string{
		"srctree": filepath.Clean(srctree), "objtree": filepath.Clean(objtree), "src": src, "obj": src, "M": root, "KBUILD_EXTMOD": root,
		"CURDIR": dir, "PWD": root, "SRCARCH": t.arch.Name, "ARCH": t.arch.Name,
	}
}

// modular tells whether obj-$(CONFIG_FOO) is obj-m.
func (c *kconfig) modular(list string) bool {
	name, ok := strings.CutPrefix(list, "obj-$(")
	return ok && c.has(strings.TrimSuffix(name, ")")+"_MODULE")
}

// makefileIn reads a directory's Kbuild file, or else its Makefile, for a
// configuration.
func (d *DB) makefileIn(dir string, config *kconfig) (*makefile, bool) {
	for _, name := range []string{"Kbuild", "Makefile"} {
		if m, ok, err := load(&d.dbState, filepath.Join(dir, name), readMakefile); ok && err == nil {
			return m.configured(config), true
		}
	}
	return nil, false
}

// enabled tells whether the configuration has what a list such as foo-y or
// obj-$(CONFIG_FOO) depends on. Without a configuration everything is there.
func (c *kconfig) enabled(list string) bool {
	_, option, ok := strings.Cut(list, "-$(")
	if !ok || c == nil {
		return true
	}
	option = strings.TrimSuffix(option, ")")
	return c.has(option) || c.has(option+"_MODULE")
}

// moduleMacros are the names that Kbuild gives to a file and its module. dir is
// the directory that the module is made in, as Kbuild names it.
func moduleMacros(dir, module, base string) []string {
	symbol := strings.ReplaceAll(module, "-", "_")
	return []string{
		fmt.Sprintf(`-DKBUILD_MODFILE="%s"`, filepath.Join(dir, module)),
		fmt.Sprintf(`-DKBUILD_BASENAME="%s"`, strings.ReplaceAll(base, "-", "_")),
		fmt.Sprintf(`-DKBUILD_MODNAME="%s"`, symbol),
		"-D__KBUILD_MODNAME=kmod_" + symbol,
	}
}

// kernelHeaders are headers that only kernel code includes: user space has
// none of these names.
var kernelHeaders = []string{
	"init", "slab", "uaccess", "device", "cdev", "miscdevice", "platform_device", "list", "mutex", "spinlock", "interrupt", "io",
	"of", "of_device", "clk", "delay", "workqueue", "kthread", "moduleparam", "export", "printk", "dma-mapping", "compat", "mm",
	"completion", "timer", "hrtimer", "jiffies", "kobject", "sysfs", "debugfs", "proc_fs", "seq_file", "notifier", "rwsem",
	"atomic", "bitops", "bug", "cleanup", "err", "gfp", "gpio/consumer", "idr", "kref", "ktime", "mod_devicetable",
	"pm_runtime", "rcupdate", "regmap", "scatterlist", "skbuff", "sched/signal", "vmalloc", "xarray", "compiler", "bitfield",
}

var (
	includeLine = regexp.MustCompile(`^[ \t]*#[ \t]*include[ \t]*[<"](linux|asm)/([\w\-./]+)\.h[>"]`)
	conditional = regexp.MustCompile(`^[ \t]*#[ \t]*(if|ifdef|ifndef|else|elif|endif)\b(.*)`)
	kernelMacro = regexp.MustCompile(`^(MODULE_LICENSE|MODULE_AUTHOR|MODULE_DESCRIPTION|module_init|module_exit|EXPORT_SYMBOL(_GPL)?)\s*\(`)
)

// Lines that may match one of these begin so; others are most of a file.
const (
	directiveStarts = "ie" // behind #: of include, if, else, endif and the like
	macroStarts     = "MmE"
)

// mayDecide tells whether a line, without the blanks in front, may match
// includeLine or conditional, and whether it may match kernelMacro.
func mayDecide(line string) (directive, macro bool) {
	if line == "" {
		return false, false
	}
	if line[0] != '#' {
		return false, strings.IndexByte(macroStarts, line[0]) >= 0
	}
	word := strings.TrimLeft(line[1:], " \t")
	return word != "" && strings.IndexByte(directiveStarts, word[0]) >= 0, false
}

const maxSourceLook = 256 << 10

// IsKernelSource tells whether a text can only be meant for the kernel: it
// includes one of its internal headers, outside of #ifdef __KERNEL__, or calls
// a macro such as MODULE_LICENSE.
func IsKernelSource(text string) bool {
	if len(text) > maxSourceLook {
		text = text[:maxSourceLook]
	}
	depth, hidden := 0, 0 // hidden: the depth from which on __KERNEL__ decides
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " \t")
		directive, macro := mayDecide(line)
		if macro && hidden == 0 && kernelMacro.MatchString(line) {
			return true
		}
		if !directive {
			continue
		}
		if m := conditional.FindStringSubmatch(line); m != nil {
			switch m[1] {
			case "if", "ifdef", "ifndef":
				depth++
				if hidden == 0 && strings.Contains(m[2], "__KERNEL__") {
					hidden = depth
				}
			case "endif":
				if hidden == depth {
					hidden = 0
				}
				depth = max(depth-1, 0)
			}
			continue
		}
		if hidden != 0 {
			continue
		}
		if m := includeLine.FindStringSubmatch(line); m != nil {
			if m[1] == "linux" && slices.Contains(kernelHeaders, m[2]) || m[1] == "asm" && (m[2] == "uaccess" || m[2] == "io") {
				return true
			}
		}
	}
	return false
}
