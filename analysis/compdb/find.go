package compdb

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// DB is a workspace's compilation databases, read when first asked and again
// when they change on disk. Safe for concurrent use.
type DB struct{ dbState }

// invocation is a command line before it is parsed.
type invocation struct {
	dir    string
	args   []string
	file   string // the file that it compiles
	source string
	// guessed: it is what a kernel's source would be compiled with.
	guessed bool
	// module: by what its Makefile says, as far as that can be understood.
	module bool
}

// Find gives the command for a file: from the databases in explicit (a
// directory or file; empty for none) or the nearest directory upwards, else
// from what Kbuild left beside the file, a kernel tree, or an out-of-tree
// module's Makefile. A .clangd adds to it. A header takes the command of a
// file beside it or named alike, if any. ok is false if nothing was found; the
// Command is then a sane default, with the directories of the file's project. An unreadable database is an error that
// names the file and line.
func (d *DB) Find(path, explicit string) (cmd Command, ok bool, err error) {
	return d.FindText(path, "", explicit)
}

// FindText is Find for a file with the given text, which a lone file is judged
// by: one that IsKernelSource is compiled against the installed kernel's
// headers, or at least with __KERNEL__ defined; a header that includes no other
// in quotes has before it those that an includer in its directory has.
func (d *DB) FindText(path, text, explicit string) (cmd Command, ok bool, err error) {
	return d.Command(d.Origin(path, explicit), text)
}

// Origin is where the command for a file comes from: all of it that does not
// follow from the file's text. Immutable.
type Origin struct {
	path string
	cfg  clangd
	inv  invocation
	cmd  Command // of inv, if there is one
	ok   bool
	err  error
}

// Origin looks for what Find would.
func (d *DB) Origin(path, explicit string) *Origin {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	o := &Origin{path: path}
	if o.cfg, o.err = d.clangd(path); o.err != nil {
		return o
	}
	if o.inv, o.ok, o.err = d.invocation(path, explicit, o.cfg); o.ok && o.err == nil {
		o.cmd = o.parse(o.inv)
	}
	return o
}

func (o *Origin) parse(inv invocation) Command {
	cmd := Parse(inv.dir, o.cfg.apply(inv.dir, inv.args))
	cmd.Own = cmd.File == o.path
	cmd.File, cmd.Source = o.path, inv.source
	if o.cfg.changesFlags() && inv.source != o.cfg.source {
		cmd.Source += " and " + o.cfg.source
	}
	return cmd
}

// Command is FindText from what Origin found.
func (d *DB) Command(o *Origin, text string) (cmd Command, ok bool, err error) {
	path := o.path
	cmd = Command{File: path, Dir: filepath.Dir(path), Source: "default"}
	if o.err != nil {
		return cmd, false, o.err
	}
	inv, ok, parsed := o.inv, o.ok, o.ok
	if ok && inv.guessed && isProgram(path, text) {
		ok = false
	}
	if !ok && IsKernelSource(text) {
		inv, ok, parsed = d.loneKernelSource(path), true, false
	}
	if !ok && o.cfg.changesFlags() {
		inv, ok, parsed = invocation{dir: filepath.Dir(path), source: o.cfg.source}, true, false
	}
	switch {
	case !ok:
		cmd.After, cmd.Forced = surroundings(path), d.preamble(path, text)
		return cmd, false, nil
	case parsed:
		cmd = o.cmd
	default:
		cmd = o.parse(inv)
	}
	if inv.module {
		cmd.After = slices.Concat(cmd.After, surroundings(path))
	}
	if before := d.preamble(path, text); len(before) > 0 {
		cmd.Forced = slices.Concat(cmd.Forced, before)
	}
	return cmd, true, nil
}

// invocation asks each source in turn.
func (d *DB) invocation(path, explicit string, cfg clangd) (invocation, bool, error) {
	if explicit != "" {
		return d.explicit(path, explicit)
	}
	var db *database
	if cfg.database != "" {
		inv, ok, err := d.explicit(path, cfg.database)
		if err != nil {
			err = fmt.Errorf("CompilationDatabase of %s: %w", cfg.source, err)
		}
		return inv, ok, err
	}
	if !cfg.noDatabase {
		inv, ok, found, err := d.upwards(path)
		if ok || err != nil {
			return inv, ok, err
		}
		db = found
	}
	if inv, ok := d.kbuild(path); ok {
		return inv, true, nil
	}
	tree, inTree := d.kernelTree(path)
	module, isModule := d.module(path)
	switch {
	case db != nil && (!isModule || inTree || len(filepath.Dir(db.path)) > len(module.dir)):
		// The module lies above the database, or there is none.
		if inv, ok, err := d.likeNearest(db, path); ok || err != nil {
			return inv, ok, err
		}
	case isModule && !inTree:
		return d.moduleInvocation(module, path), true, nil
	}
	if inTree {
		return d.treeInvocation(tree, path), true, nil
	}
	return invocation{}, false, nil
}

const (
	databaseName = "compile_commands.json"
	flagsName    = "compile_flags.txt"
)

// explicit takes the database that the user named: a file, or a directory
// that holds one.
func (d *DB) explicit(path, explicit string) (invocation, bool, error) {
	info, err := os.Stat(explicit)
	if err != nil {
		return invocation{}, false, err
	}
	name := explicit
	if info.IsDir() {
		name = filepath.Join(explicit, databaseName)
		if !isFile(name) {
			name = filepath.Join(explicit, flagsName)
		}
		if !isFile(name) {
			return invocation{}, false, fmt.Errorf("no %s and no %s in %s", databaseName, flagsName, explicit)
		}
	}
	if name, err = filepath.Abs(name); err != nil {
		return invocation{}, false, err
	}
	if filepath.Ext(name) == ".txt" {
		return d.flags(name, path)
	}
	db, ok, err := load(&d.dbState, name, loadDatabase)
	if err == nil && !ok {
		err = fmt.Errorf("read %s: not a regular file", name)
	}
	if err != nil {
		return invocation{}, false, err
	}
	if i, ok := db.exact(path); ok {
		return db.invocation(i)
	}
	return d.likeNearest(db, path)
}

func (d *DB) flags(name, path string) (invocation, bool, error) {
	args, ok, err := load(&d.dbState, name, readFlagsFile)
	if err != nil || !ok {
		return invocation{}, false, err
	}
	inv := flagsInvocation(name, path, args)
	inv.source = flagsName
	return inv, true, nil
}

// upwards looks for a database in the file's directory and every one above.
// The nearest one decides; db is set if it has no entry for the file itself.
func (d *DB) upwards(path string) (inv invocation, ok bool, db *database, err error) {
	for dir := range ancestors(path) {
		for _, name := range []string{databaseName, "build/" + databaseName} {
			found, exists, err := load(&d.dbState, filepath.Join(dir, name), loadDatabase)
			if err != nil {
				return invocation{}, false, nil, err
			}
			if !exists {
				continue
			}
			if i, ok := found.exact(path); ok {
				inv, ok, err = found.invocation(i)
				return inv, ok, nil, err
			}
			return invocation{}, false, found, nil
		}
		if inv, ok, err := d.flags(filepath.Join(dir, flagsName), path); ok || err != nil {
			return inv, ok, nil, err
		}
	}
	return invocation{}, false, nil, nil
}

// maxAncestors bounds a walk upwards.
const maxAncestors = 64

// ancestors yields the directory of a path, and every one above it.
func ancestors(path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		dir := filepath.Dir(path)
		for range maxAncestors {
			if !yield(dir) {
				return
			}
			up := filepath.Dir(dir)
			if up == dir {
				return
			}
			dir = up
		}
	}
}

// likeNearest gives a file that a database leaves out the command of one close
// by; to a kernel's source that is not built, the one that it would have where
// that one was built.
func (d *DB) likeNearest(db *database, path string) (invocation, bool, error) {
	i, ok := db.nearest(path)
	if !ok {
		return invocation{}, false, nil
	}
	inv, ok, err := db.invocation(i)
	if !ok || err != nil || filepath.Ext(path) != ".c" {
		return inv, ok, err
	}
	if t, in := d.kernelTree(path); in {
		if t.config == nil && isFile(filepath.Join(inv.dir, autoconf)) {
			t = d.openTree(t.src, inv.dir)
		}
		if t.config != nil {
			return d.treeInvocation(t, path), true, nil
		}
	}
	return inv, true, nil
}

// invocation reads an entry and says where it came from.
func (d *database) invocation(i int) (invocation, bool, error) {
	inv, err := d.read(i)
	if err != nil {
		return invocation{}, false, err
	}
	inv.source = fmt.Sprintf("%s (%s)", filepath.Base(d.path), relative(filepath.Dir(d.path), inv.file))
	return inv, true, nil
}

// relative shortens a path for people, if it lies under dir.
func relative(dir, path string) string {
	rel, err := filepath.Rel(dir, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return path
	}
	return rel
}
