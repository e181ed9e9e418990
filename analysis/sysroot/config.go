package sysroot

import (
	"path/filepath"
	"slices"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
)

// Config completes a compiler command to a preprocessor configuration for one
// ABI: the command's own directories, then the ABI's installed ones, then the
// embedded ones, in an order in which no header of one ABI's asm/ or libc
// decides for another. fs is what Layer returned, or a file system in front
// of it. It asks fs for a few dozen marker files: keep the result for as long
// as the command stays the same.
func Config(cmd *compdb.Command, a *abi.ABI, fs cpp.FS) *cpp.Config {
	c := completion{cmd: cmd, abi: a, fs: fs}
	kernel := c.kernelDirs(cmd.Include)
	var search searchPath
	search.user(c.own(kernel)...)
	search.system(c.own(cmd.System)...)
	search.system(c.builtin()...)
	search.system(c.own(cmd.After)...)
	search.system(c.last()...)
	return &cpp.Config{
		ABI:     a,
		Names:   cmd.Names,
		Quote:   slices.Clone(cmd.Quote),
		Angle:   search.dirs(),
		Defines: append(slices.Clone(cmd.Defines), c.archDefines()...),
		Include: c.included(search.dirs()),
		Macros:  c.find(cmd.Macros, search.dirs()),
	}
}

// FallbackConfig is how Fallback is preprocessed for an ABI: with embedded
// headers alone.
func FallbackConfig(a *abi.ABI) *cpp.Config {
	return &cpp.Config{
		ABI:     a,
		Angle:   []string{compilerDir, archDir, uapiDir, kernelDir},
		Defines: []cpp.Define{{Name: "__KERNEL__", Value: "1"}},
	}
}

// completion is the state of one Config.
type completion struct {
	cmd     *compdb.Command
	abi     *abi.ABI
	fs      cpp.FS
	foreign *kernelTree // the kernel tree that another architecture's directories were taken from
}

// searchPath is ordered gcc does: a directory that is also a system
// directory stays where it is as that, and of two equal ones the first counts.
type searchPath struct{ users, systems []string }

func (p *searchPath) user(dirs ...string)   { p.users = append(p.users, dirs...) }
func (p *searchPath) system(dirs ...string) { p.systems = append(p.systems, dirs...) }

func (p *searchPath) dirs() []string {
	system := make(map[string]bool, len(p.systems))
	for _, d := range p.systems {
		system[d] = true
	}
	seen := make(map[string]bool, len(p.users)+len(p.systems))
	var out []string
	for _, d := range p.users {
		if !seen[d] && !system[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	for _, d := range p.systems {
		if !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	return out
}

// own leaves out the installed directories of other architectures, which a
// command may name for the one that it is meant for.
func (c *completion) own(dirs []string) []string {
	return slices.DeleteFunc(slices.Clone(dirs), func(dir string) bool {
		arch := installedArch(dir)
		return arch != "" && arch != c.abi.Arch
	})
}

// installedArch gives the arch/ directory that an installed include directory
// is for; empty if its name does not say.
func installedArch(dir string) string {
	for part := range strings.SplitSeq(filepath.ToSlash(dir), "/") {
		if !strings.Contains(part, "-linux-") {
			continue
		}
		for _, a := range abi.All() {
			if slices.Contains(a.Triplets, part) {
				return a.Arch
			}
		}
	}
	return ""
}

// builtin is what the ABI's compiler would search on its own.
func (c *completion) builtin() []string {
	if c.cmd.NoStdInc {
		return nil
	}
	f := finder{fs: c.fs, abi: c.abi, root: sysrootFor(c.cmd, c.abi), compiler: compilerFor(c.cmd, c.abi)}
	out := f.compilerHeaders()
	if len(out) == 0 {
		out = append(out, compilerDir)
	}
	if dir := c.musl(); dir != "" {
		return append([]string{dir}, out...)
	}
	trees := f.trees()
	libc := slices.IndexFunc(trees, func(t tree) bool { return t.libc })
	kernel := slices.IndexFunc(trees, func(t tree) bool { return t.kernel })
	if c.cmd.Kernel() {
		libc = -1 // kernel code uses none
		out = append(out, kernelDir)
	}
	if f.ownsUsrInclude() {
		out = append(out, f.root+"/usr/local/include")
	}
	if libc < 0 && !c.cmd.Kernel() {
		out = append(out, libcDir)
	}
	if kernel >= 0 {
		out = append(out, trees[kernel].dirs...)
	} else {
		out = append(out, archDir)
	}
	if libc >= 0 {
		out = append(out, trees[libc].dirs...)
	}
	if f.root != "" {
		return out
	}
	// What does not depend on the architecture serves every ABI.
	if !f.ownsUsrInclude() && (c.fs.Exists("/usr/include/asm/types.h") || c.fs.Exists("/usr/include/bits/types.h")) {
		out = append(out, archDir, blockDir)
	}
	return append(out, "/usr/include")
}

// musl is the directory of musl's headers, if the compiler is its wrapper: that
// looks there and in the compiler's own directory, and nowhere else.
func (c *completion) musl() string {
	target := c.cmd.ABI
	if target == nil {
		target = hostABI()
	}
	if !strings.HasPrefix(filepath.Base(c.cmd.Compiler), "musl-") || target != c.abi || c.cmd.Kernel() {
		return ""
	}
	for _, t := range c.abi.Triplets {
		cpu, _, _ := strings.Cut(t, "-")
		for _, dir := range []string{"/usr/include/" + cpu + "-linux-musl", "/usr/" + cpu + "-linux-musl/include", "/usr/local/musl/include"} {
			if c.fs.Exists(dir + "/bits/alltypes.h") {
				return dir
			}
		}
	}
	return ""
}

// last is what stands behind every real header.
func (c *completion) last() []string {
	dirs := []string{compilerDir, archDir, uapiDir, kernelDir}
	if c.cmd.Kernel() {
		// The kernel's own types before those of user space.
		dirs = []string{compilerDir, kernelDir, archDir, uapiDir}
	} else if !c.cmd.NoStdInc {
		dirs = []string{compilerDir, archDir, uapiDir, libcDir, kernelDir}
	}
	return dirs
}

// included are the forced files. A program's own command is followed to the
// letter; for others the prelude helps with the kernel's annotations.
func (c *completion) included(dirs []string) []string {
	files := c.forced(c.cmd.Forced, dirs)
	if c.cmd.Own && !c.cmd.Kernel() {
		return files
	}
	return append(files, Prelude)
}

// forced finds the files of -include, and puts the machine's own macros right
// behind a kernel's configuration that was made for another one.
func (c *completion) forced(files, dirs []string) []string {
	var out []string
	for _, file := range c.find(files, dirs) {
		out = append(out, c.foreignFile(file))
		if c.foreign != nil && strings.HasSuffix(filepath.ToSlash(file), "/linux/kconfig.h") {
			out = append(out, kconfigHeader(c.abi))
		}
	}
	return out
}

// find looks for forced files as gcc does: in the working directory, then
// along the search path.
func (c *completion) find(files, dirs []string) []string {
	out := slices.Clone(files)
	for i, file := range out {
		rel, err := filepath.Rel(c.cmd.Dir, file)
		if err != nil || strings.HasPrefix(rel, "..") || c.fs.Exists(file) {
			continue
		}
		for _, dir := range slices.Concat(c.cmd.Quote, dirs) {
			if at := join(dir, rel); c.fs.Exists(at) {
				out[i] = at
				break
			}
		}
	}
	return out
}

// join is filepath.Join, but leaves Prefix as it is.
func join(dir, name string) string {
	return strings.TrimSuffix(dir, "/") + "/" + filepath.ToSlash(name)
}
