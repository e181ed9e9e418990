package compdb

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	maxCmdFile  = 4 << 20
	maxCmdFiles = 512 // of one directory that are looked at for a header
)

// kbuildCmd is a .foo.o.cmd that Kbuild leaves beside foo.o: the command, and
// as text everything, the list of headers above all.
type kbuildCmd struct {
	object  string // as the file names it
	command string
	text    string
}

var cmdLine = regexp.MustCompile(`(?m)^(?:saved)?cmd_(\S+\.o) *:= *(.*)$`)

func readKbuildCmd(path string) (kbuildCmd, error) {
	content, err := readFile(path, maxCmdFile)
	if err != nil {
		return kbuildCmd{}, err
	}
	m := cmdLine.FindStringSubmatch(string(content))
	if m == nil {
		return kbuildCmd{}, nil
	}
	// What make would undo.
	command := strings.NewReplacer("$(pound)", "#", "$$", "$", `\#`, "#").Replace(m[2])
	return kbuildCmd{object: m[1], command: command, text: string(content)}, nil
}

// kbuild takes the command that Kbuild recorded when it compiled the file, or
// for a header a file beside it that includes it.
func (d *DB) kbuild(path string) (invocation, bool) {
	dir := filepath.Dir(path)
	own := filepath.Join(dir, "."+stem(path)+".o.cmd")
	if c, ok, err := load(&d.dbState, own, readKbuildCmd); ok && err == nil {
		if inv, ok := d.cmdInvocation(own, c); ok {
			return inv, true
		}
	}
	if filepath.Ext(path) == ".c" {
		return invocation{}, false
	}
	return d.kbuildIncluder(dir, path)
}

func (d *DB) kbuildIncluder(dir, path string) (invocation, bool) {
	names, ok, err := loadDir(&d.dbState, dir, readCmdNames)
	if !ok || err != nil {
		return invocation{}, false
	}
	for _, name := range names {
		name = filepath.Join(dir, name)
		c, ok, err := load(&d.dbState, name, readKbuildCmd)
		if err != nil || !ok || !strings.Contains(c.text, "/"+filepath.Base(path)) {
			continue
		}
		if inv, ok := d.cmdInvocation(name, c); ok {
			return inv, true
		}
	}
	return invocation{}, false
}

// readCmdNames lists the files of a directory that hold recorded commands, up
// to a bound.
func readCmdNames(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(maxNames)
	names = slices.DeleteFunc(names, func(name string) bool {
		return !strings.HasPrefix(name, ".") || !strings.HasSuffix(name, ".o.cmd")
	})
	return slices.Clone(names[:min(len(names), maxCmdFiles)]), err
}

const maxNames = 20000

// cmdInvocation finds the directory that the command ran in: object names are
// relative to the build directory, but for an out-of-tree module, where they
// are absolute and the kernel is somewhere else.
func (d *DB) cmdInvocation(name string, c kbuildCmd) (invocation, bool) {
	if c.command == "" {
		return invocation{}, false
	}
	args, err := shellWords(c.command)
	if err != nil || len(args) == 0 {
		return invocation{}, false
	}
	object := filepath.Join(filepath.Dir(name), strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "."), ".cmd"))
	inv := invocation{args: args, file: object, source: filepath.Base(name)}
	if base, ok := strings.CutSuffix(object, "/"+filepath.Clean(c.object)); ok && !filepath.IsAbs(c.object) {
		inv.dir = base
		return inv, true
	}
	if inv.dir = d.cmdKernel(object, args); inv.dir == "" {
		return invocation{}, false
	}
	return inv, true
}

// cmdKernel finds the kernel build directory whose include directories a
// module's command names.
func (d *DB) cmdKernel(object string, args []string) string {
	m, _ := d.module(object)
	first := ""
	for _, obj := range d.kernelBuilds(m) {
		if !isFile(filepath.Join(obj, autoconf)) {
			continue
		}
		if real, err := filepath.EvalSymlinks(obj); err == nil {
			obj = real
		}
		if first == "" {
			first = obj
		}
		src := d.sourceOf(obj)
		for _, arg := range args {
			if arg == "-I"+filepath.Join(src, "include") || arg == "-I"+filepath.Join(obj, "include") {
				return obj
			}
		}
	}
	return first
}
