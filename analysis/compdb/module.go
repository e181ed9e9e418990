package compdb

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// module is an out-of-tree kernel module: the directory whose Makefile or
// Kbuild has obj-m.
type module struct {
	dir  string
	text string // of both
}

// maxModuleDepth is how far above a file its module's Makefile is looked for.
const maxModuleDepth = 6

func (d *DB) module(path string) (module, bool) {
	depth := 0
	for dir := range ancestors(path) {
		if depth++; depth > maxModuleDepth {
			break
		}
		m := module{dir: dir}
		builds := false
		for _, name := range []string{"Kbuild", "Makefile"} {
			f, ok, err := load(&d.dbState, filepath.Join(dir, name), readMakefile)
			if err != nil || !ok {
				continue
			}
			m.text += f.text + "\n"
			builds = builds || f.buildsModule() || (name == "Kbuild" && f.hasObjects())
		}
		if builds {
			return m, true
		}
	}
	return module{}, false
}

// moduleInvocation compiles a module's file against the kernel that its
// Makefile names, or the running one, or another one that is installed.
func (d *DB) moduleInvocation(m module, path string) invocation {
	obj := d.kernelBuild(m)
	if obj == "" {
		return invocation{
			dir: m.dir, file: path, source: "out-of-tree module (no kernel headers installed)", guessed: true, module: true,
			args: append([]string{"-D__KERNEL__", "-DMODULE"}, moduleMacros(filepath.Dir(path), stem(path), stem(path))...),
		}
	}
	t := d.openTree(d.sourceOf(obj), obj)
	inv := d.kernelInvocation(t, m.dir, path, "out-of-tree module against "+obj, []string{"-DMODULE"})
	inv.module = true
	return inv
}

// loneKernelSource compiles kernel code that nothing else is known about.
func (d *DB) loneKernelSource(path string) invocation {
	inv := d.moduleInvocation(module{dir: filepath.Dir(path)}, path)
	inv.source = strings.Replace(inv.source, "out-of-tree module", "kernel source", 1)
	return inv
}

// kernelBuild gives the directory to build against; empty if none is installed.
func (d *DB) kernelBuild(m module) string {
	for _, dir := range d.kernelBuilds(m) {
		if isFile(filepath.Join(dir, autoconf)) {
			if real, err := filepath.EvalSymlinks(dir); err == nil {
				return real
			}
			return dir
		}
	}
	return ""
}

// buildVariable matches a Makefile's line that says where the kernel is.
var buildVariable = regexp.MustCompile(`(?m)^\s*(?:export\s+)?(?:KDIR|KERNELDIR|KERNEL_DIR|KERNEL_SRC|KERNEL_PATH|KSRC|KSRCDIR|KERNEL|LINUX|LINUX_DIR|KERNEL_SOURCE|KBUILD_DIR|LINUXINCLUDE|KPATH)\s*[:?]?=\s*(/[^\s$]+)\s*$`)

// kernelBuilds lists where a kernel to build against may be, the likeliest
// first.
func (d *DB) kernelBuilds(m module) []string {
	var dirs []string
	for _, match := range buildVariable.FindAllStringSubmatch(m.text, 8) {
		dirs = append(dirs, d.root+match[1])
	}
	if release, err := readFile(d.root+"/proc/sys/kernel/osrelease", 1<<10); err == nil {
		dirs = append(dirs, filepath.Join(d.root, "/lib/modules", strings.TrimSpace(string(release)), "build"))
	}
	for _, pattern := range []string{"/lib/modules/*/build", "/usr/src/linux-headers-*", "/usr/src/kernels/*", "/usr/src/linux*"} {
		found, err := filepath.Glob(d.root + pattern)
		if err != nil {
			continue
		}
		slices.Reverse(found) // the newest first, more or less
		dirs = append(dirs, found...)
	}
	return dirs
}

// sourceOf finds the sources that a build directory belongs to: where its
// Makefile's include line leads to, or the directory itself.
func (d *DB) sourceOf(obj string) string {
	m, ok, err := load(&d.dbState, filepath.Join(obj, "Makefile"), readMakefile)
	if ok && err == nil {
		for _, name := range m.includes {
			if !strings.HasSuffix(name, "/Makefile") {
				continue
			}
			dir := filepath.Dir(name)
			switch {
			case !filepath.IsAbs(dir):
				dir = filepath.Join(obj, dir)
			case d.root != "":
				dir = d.root + dir
			}
			if isFile(filepath.Join(dir, "include/linux/kconfig.h")) {
				return dir
			}
		}
	}
	if link, err := os.Readlink(filepath.Join(obj, "source")); err == nil {
		if !filepath.IsAbs(link) {
			link = filepath.Join(obj, link)
		}
		if isFile(filepath.Join(link, "include/linux/kconfig.h")) {
			return link
		}
	}
	return obj
}
