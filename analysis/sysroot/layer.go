package sysroot

import (
	"embed"
	"errors"
	"path"
	"strings"
	"sync"

	"abide/analysis/cpp"
)

//go:embed headers
var headers embed.FS

// Layer puts the embedded headers behind a file system: paths that start with
// Prefix are read from the program itself, all others from disk. The wrappers
// of asm-generic headers that a kernel's build would generate are made up on
// the way, if disk has what they wrap.
func Layer(disk cpp.FS) cpp.FS {
	return &layer{disk: disk, wrappers: wrappers{disk: disk}}
}

type layer struct {
	disk     cpp.FS
	wrappers wrappers
}

// The errors of Read, as cpp.FS wants them.
var (
	errNotFound  = errors.New("file not found")
	errOtherArch = errors.New("found only for another architecture")
)

func (l *layer) Read(name string) (string, error) {
	inner, ok := strings.CutPrefix(name, Prefix)
	if !ok {
		return l.disk.Read(name)
	}
	inner = path.Clean(inner)
	if content, ok := embedded(inner); ok {
		return content, nil
	}
	if content, ok := internalHeader(inner); ok {
		return content, nil
	}
	if content, ok := l.wrappers.read(inner); ok {
		return content, nil
	}
	if content, ok := kconfigOverride(inner); ok {
		return content, nil
	}
	if blocked(inner) {
		return "", errOtherArch
	}
	return "", errNotFound
}

func (l *layer) Exists(name string) bool {
	inner, ok := strings.CutPrefix(name, Prefix)
	if !ok {
		return l.disk.Exists(name)
	}
	inner = path.Clean(inner)
	if _, ok := index()[inner]; ok || blocked(inner) {
		return true
	}
	if _, ok := internalHeader(inner); ok {
		return true
	}
	if _, ok := kconfigOverride(inner); ok {
		return true
	}
	_, ok = l.wrappers.read(inner)
	return ok
}

// embedded reads a header of the program itself: "/uapi/linux/types.h".
func embedded(inner string) (string, bool) {
	content, ok := index()[inner]
	return content, ok
}

// index is every embedded header by its path without Prefix.
var index = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	var walk func(dir string)
	walk = func(dir string) {
		entries, err := headers.ReadDir(dir)
		if err != nil {
			panic(err) // the program's own files
		}
		for _, e := range entries {
			name := dir + "/" + e.Name()
			if e.IsDir() {
				walk(name)
				continue
			}
			content, err := headers.ReadFile(name)
			if err != nil {
				panic(err)
			}
			out[strings.TrimPrefix(name, "headers")] = string(content)
		}
	}
	walk("headers")
	return out
})
