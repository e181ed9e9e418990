package sysroot

import (
	"path"
	"strings"
	"sync"
	"time"

	"abide/analysis/cpp"
)

// A kernel's build generates arch/<arch>/include/generated/asm/foo.h with the
// one line #include <asm-generic/foo.h>, for the names that Kbuild files list.
// For an architecture that the tree was not built for, they are made up:
// a header below wrapperDir(arch, root, uapi) exists if the build would have
// generated it.
const (
	wrapperRoot = "/generated/"
	wrapperMark = "/@"

	kernelWrappers = "kernel"
	uapiWrappers   = "uapi"
)

// wrapperDir is the include directory of the wrappers of a tree's architecture.
// root is the source tree, absolute. The uapi ones come later in the search.
func wrapperDir(arch, root string, uapi bool) string {
	kind := kernelWrappers
	if uapi {
		kind = uapiWrappers
	}
	return Prefix + wrapperRoot + kind + "/" + arch + "/" + strings.TrimPrefix(root, "/") + wrapperMark
}

// wrappers answers for the paths below wrapperDir. It keeps what Kbuild files
// say for a while.
type wrappers struct {
	disk cpp.FS

	mu    sync.Mutex
	lists map[string]wrapperList
}

type wrapperList struct {
	names map[string]bool
	read  time.Time
}

const (
	wrapperAge = 10 * time.Second
	maxLists   = 256
)

func (w *wrappers) read(inner string) (string, bool) {
	rest, ok := strings.CutPrefix(inner, wrapperRoot)
	if !ok {
		return "", false
	}
	where, name, ok := strings.Cut(rest, wrapperMark+"/")
	if !ok {
		return "", false
	}
	kind, where, _ := strings.Cut(where, "/")
	if inner, ok := strings.CutPrefix(name, "uapi/"); ok && kind == kernelWrappers {
		kind, name = uapiWrappers, inner // include/generated/uapi/asm/foo.h
	}
	if name, ok = strings.CutPrefix(name, "asm/"); !ok {
		return "", false
	}
	arch, root, ok := strings.Cut(where, "/")
	if !ok {
		return "", false
	}
	root = rootPath(root)
	if !w.list(kind, arch, root)[name] {
		return "", false
	}
	return "#include <asm-generic/" + name + ">\n", true
}

// rootPath undoes what wrapperDir does to a tree's path.
func rootPath(root string) string {
	if len(root) > 1 && root[1] == ':' { // C:/linux
		return root
	}
	return "/" + root
}

// list gives the names that a build generates wrappers for.
func (w *wrappers) list(kind, arch, root string) map[string]bool {
	key := kind + "/" + arch + root
	w.mu.Lock()
	l, ok := w.lists[key]
	w.mu.Unlock()
	if ok && time.Since(l.read) < wrapperAge {
		return l.names
	}
	l = wrapperList{names: w.names(kind, arch, root), read: time.Now()}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lists == nil || len(w.lists) >= maxLists {
		w.lists = map[string]wrapperList{}
	}
	w.lists[key] = l
	return l.names
}

// names follows scripts/Makefile.asm-generic: what the architecture lists as
// generic-y, and what all must have as mandatory-y and it does not bring.
func (w *wrappers) names(kind, arch, root string) map[string]bool {
	archDir, genericDir := "arch/"+arch+"/include/asm", "include/asm-generic"
	if kind == uapiWrappers {
		archDir, genericDir = "arch/"+arch+"/include/uapi/asm", "include/uapi/asm-generic"
	}
	listed := w.words(path.Join(root, archDir, "Kbuild"), "generic-y")
	for _, name := range w.words(path.Join(root, genericDir, "Kbuild"), "mandatory-y") {
		if !w.disk.Exists(path.Join(root, archDir, name)) {
			listed = append(listed, name)
		}
	}
	names := map[string]bool{}
	for _, name := range listed {
		if w.disk.Exists(path.Join(root, "include/asm-generic", name)) || w.disk.Exists(path.Join(root, "include/uapi/asm-generic", name)) {
			names[name] = true
		}
	}
	return names
}

// words reads a variable of a Kbuild file.
func (w *wrappers) words(file, variable string) []string {
	content, err := w.disk.Read(file)
	if err != nil {
		return nil
	}
	var out []string
	content = strings.ReplaceAll(content, "\\\n", " ")
	for line := range strings.Lines(content) {
		fields := strings.Fields(line)
		if len(fields) > 2 && fields[0] == variable && strings.HasSuffix(fields[1], "=") {
			out = append(out, fields[2:]...)
		}
	}
	return out
}
