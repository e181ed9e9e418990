package truth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

// headerDirs are the directories of linux-libc-dev.
var headerDirs = []string{"asm", "asm-generic", "drm", "linux", "misc", "mtd", "rdma", "scsi", "sound", "video", "xen"}

// Headers lists the UAPI headers that are installed for the ABI.
func (t *Toolchain) Headers() []string {
	var out []string
	for _, root := range t.includeDirs() {
		for _, d := range headerDirs {
			filepath.WalkDir(filepath.Join(root, d), func(path string, e fs.DirEntry, err error) error {
				if err == nil && !e.IsDir() && strings.HasSuffix(path, ".h") {
					out = append(out, path)
				}
				return nil
			})
		}
	}
	sort.Strings(out)
	return out
}

// includeDirs are the roots of the ABI's kernel headers.
func (t *Toolchain) includeDirs() []string {
	switch {
	case t.Include != "":
		return []string{t.Include}
	case t.ABI == "x86_64":
		return []string{"/usr/include", "/usr/include/x86_64-linux-gnu"}
	}
	return []string{"/usr/" + strings.TrimSuffix(t.GCC.Command, "-gcc") + "/include"}
}

// headerFlags are the flags for a unit that consists of kernel headers. Where
// the ABI has no C library installed, testdata stands in for one.
func (t *Toolchain) headerFlags() []string {
	var flags []string
	if !t.GCC.Accepts("#include <stdio.h>\n") {
		flags = append(flags, "-ffreestanding", "-isystem", abs("testdata/libc"))
	}
	if t.Include != "" {
		flags = append(flags, "-isystem", t.Include)
	}
	return flags
}

// UAPI is the comparison of all headers of one ABI.
type UAPI struct {
	Row        Row
	Mismatches []Mismatch
	Rejected   []string // headers that the compiler does not take, and why
	// Disagreements lists what clang lays out differently from gcc.
	Disagreements []string

	beside bool     // clang is asked beside gcc
	flags  []string // for every header

	mu   sync.Mutex
	seen map[string]bool // records that were compared: file, line, name
}

// preludeOf remembers which prelude each header needed.
var preludeOf sync.Map

// Headers compares every record and command of the given headers, each in a
// translation unit of its own. beside asks clang, too.
func (c *Comparison) Headers(paths []string, beside bool) (*UAPI, error) {
	u := &UAPI{Row: Row{ABI: c.Tools.ABI, Source: "uapi"}, beside: beside, flags: c.Tools.headerFlags(), seen: map[string]bool{}}
	work := make(chan string)
	var wg sync.WaitGroup
	var failed error
	for range cap(running) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for p := range work {
				if err := c.header(u, p); err != nil {
					u.mu.Lock()
					failed = fmt.Errorf("%s: %s: %w", c.Tools.ABI, p, err)
					u.mu.Unlock()
				}
			}
		}()
	}
	for _, p := range paths {
		work <- p
	}
	close(work)
	wg.Wait()
	sort.Strings(u.Rejected)
	sort.Slice(u.Mismatches, func(i, j int) bool { return u.Mismatches[i].Where < u.Mismatches[j].Where })
	u.Row.Rejected = len(u.Rejected)
	return u, failed
}

// header compares one header.
func (c *Comparison) header(u *UAPI, path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	unit := fmt.Sprintf("#include \"%s\"\n", path)
	first := 0
	name := shortName(path)
	if v, ok := preludeOf.Load(name); ok {
		first = v.(int)
	}
	var why error
	for i := range preludes {
		i = (first + i) % len(preludes)
		flags := u.flags
		for _, p := range preludes[i] {
			flags = append(flags[:len(flags):len(flags)], "-include", p)
		}
		p := c.analyze(path, string(content), flags, false)
		macros, err := c.Tools.GCC.commandMacros(path, string(content), flags...)
		if err == nil {
			err = c.headerWith(u, path, unit, flags, p, macros)
		}
		if err == nil {
			preludeOf.Store(name, i)
			return nil
		}
		if bad := (*CompileError)(nil); !errors.As(err, &bad) {
			return err
		}
		if why == nil {
			why = err
		}
	}
	u.mu.Lock()
	u.Rejected = append(u.Rejected, why.Error())
	u.mu.Unlock()
	return nil
}

// shortName is a header's path below its include directory: "linux/fs.h".
func shortName(path string) string {
	parts := strings.Split(path, "/")
	for i := len(parts) - 2; i > 0; i-- {
		for _, d := range headerDirs {
			if parts[i] == d {
				return strings.Join(parts[i:], "/")
			}
		}
	}
	return path
}

// headerWith compares one header under one set of flags. A *CompileError means
// that the compiler does not take the header so.
func (c *Comparison) headerWith(u *UAPI, path, unit string, flags []string, p *Program, macros []string) error {
	records := p.MainRecords()
	commands := p.Commands()
	var exprs []string
	asked := map[string]bool{}
	ask := func(e string) {
		if !asked[e] {
			asked[e] = true
			exprs = append(exprs, e)
		}
	}
	for _, r := range records {
		ask("__alignof__(" + r + ")")
	}
	for _, m := range macros {
		ask("(unsigned)(" + m + ")")
	}
	for _, m := range commands {
		ask("(unsigned)(" + m.Name + ")")
	}
	obj, values, err := c.Tools.GCC.Values(unit, exprs, flags...)
	if err != nil {
		return err
	}
	recs, err := obj.Records()
	if err != nil {
		return err
	}
	beside := c.clangHeader(u, unit, flags)
	u.mu.Lock()
	defer u.mu.Unlock()
	told := map[string]bool{}
	for _, w := range recs {
		told[w.Name] = true
		w.Align = int64(values["__alignof__("+w.Name+")"])
		u.record(c, p, path, w, beside[w.Name])
	}
	for _, n := range records {
		if !told[n] {
			u.differ(c, path, n+": the compiler knows no such record")
		}
	}
	of := map[string]uint32{}
	for _, m := range commands {
		v, ok := values["(unsigned)("+m.Name+")"]
		switch {
		case m.Err != nil && ok:
			u.differ(c, path, fmt.Sprintf("%s: %v, want %#x", m.Name, m.Err, v))
		case m.Err == nil && !ok:
			u.differ(c, path, fmt.Sprintf("%s: %#x, which the compiler does not accept", m.Name, m.Code.Value))
		case m.Err == nil && uint32(v) != m.Code.Value:
			u.differ(c, path, fmt.Sprintf("%s: %#x, want %#x", m.Name, m.Code.Value, v))
		}
		of[m.Name] = m.Code.Value
		u.Row.Commands++
	}
	for _, m := range macros {
		v, ok := values["(unsigned)("+m+")"]
		if _, found := of[m]; ok && !found {
			u.Row.Commands++
			u.differ(c, path, fmt.Sprintf("%s: not found to be a command, want %#x", m, v))
		}
	}
	return nil
}

func (u *UAPI) differ(c *Comparison, path, what string) {
	u.Row.Differences++
	u.Mismatches = append(u.Mismatches, Mismatch{ABI: c.Tools.ABI, Where: path, Detail: []string{what}})
}

// clangHeader gives clang's records of a unit by name, if clang is asked too
// and takes it.
func (c *Comparison) clangHeader(u *UAPI, unit string, flags []string) map[string]*Record {
	if !u.beside || c.Tools.Clang == nil || !c.Tools.Clang.Installed() {
		return nil
	}
	for _, d := range c.Tools.includeDirs() {
		flags = append(flags[:len(flags):len(flags)], "-isystem", d)
	}
	obj, err := c.Tools.Clang.Compile(unit, flags...)
	if err != nil {
		return nil
	}
	recs, err := obj.Records()
	if err != nil {
		return nil
	}
	of := map[string]*Record{}
	for _, r := range recs {
		of[r.Name] = r
	}
	return of
}

// record compares one record, unless another header's unit did already. clang
// is what clang says of it, nil if it was not asked.
func (u *UAPI) record(c *Comparison, p *Program, path string, w, clang *Record) {
	key := fmt.Sprintf("%s:%d:%s", w.File, w.Line, w.Name)
	if w.Local || u.seen[key] {
		return
	}
	u.seen[key] = true
	u.Row.Records++
	u.Row.Fields += w.CountFields()
	// clang brings some of the compiler's own headers, such as stddef.h.
	if clang != nil && !unmarked(w, clang) && !strings.Contains(clang.File, "/lib/clang/") {
		u.Row.Clang++
		if d := Compare(w, clang); len(d) > 0 {
			u.Row.ClangDiffers++
			u.Disagreements = append(u.Disagreements, fmt.Sprintf("%s: %v", path, d))
		}
	}
	diffs, got := p.compare(w)
	if len(diffs) == 0 {
		return
	}
	u.Row.Differences++
	m := Mismatch{ABI: c.Tools.ABI, Where: fmt.Sprintf("%s (unit of %s)", w.File, path), Want: w, Got: got}
	for _, d := range diffs {
		m.Detail = append(m.Detail, d.String())
	}
	u.Mismatches = append(u.Mismatches, m)
}
