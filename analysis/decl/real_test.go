package decl

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/text"
)

// systemDirs are where gcc on Debian looks for headers.
func systemDirs() []string {
	var dirs []string
	for _, pattern := range []string{"/usr/lib/gcc/x86_64-linux-gnu/*/include", "/usr/local/include", "/usr/include/x86_64-linux-gnu", "/usr/include"} {
		match, _ := filepath.Glob(pattern)
		dirs = append(dirs, match...)
	}
	return dirs
}

var disk = cpp.Disk()

func header(tb testing.TB, cache *cpp.Cache, path string) *Unit {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	cfg := &cpp.Config{ABI: abi.Lookup("x86_64"), Angle: systemDirs()}
	return NewUnit(cache.Preprocess(disk, cfg, cache.File(path, text.New(string(content)), nil), nil, nil), nil)
}

// TestHeaders parses every item of the kernel's installed headers.
func TestHeaders(t *testing.T) {
	list, _ := filepath.Glob("/usr/include/linux/*.h")
	if len(list) < 100 {
		if os.Getenv("CI") != "" {
			t.Fatal("linux-libc-dev is not installed")
		}
		t.Skip("linux-libc-dev is not installed")
	}
	cache := new(cpp.Cache)
	seen := map[*Item]bool{}
	items, records, members, failures := 0, 0, 0, 0
	for i, path := range list {
		if testing.Short() && i%8 != 0 {
			continue
		}
		u := header(t, cache, path)
		for r := range u.runs() {
			for _, it := range r.part.items {
				if seen[it] {
					continue
				}
				seen[it] = true
				items++
				p := u.parseItem(it)
				where, _ := u.Result.Place(&it.Tokens[0])
				if p.reason != "" {
					failures++
					t.Errorf("%s: %s: %s: %s", path, where.Path, p.reason, rangeString(u, Range{&it.Tokens[0], &it.Tokens[len(it.Tokens)-1]}))
				}
				for _, rec := range p.records {
					records++
					members += len(rec.Fields)
					for _, s := range rec.Skipped {
						failures++
						t.Errorf("%s: %s: %s: skipped: %s: %s", path, where.Path, recordName(rec), s.Reason, rangeString(u, s.Range))
					}
				}
			}
		}
	}
	t.Logf("%d headers: %d items, %d records, %d members; %d failures", len(list), items, records, members, failures)
}

// kernelSource includes what drivers include.
const kernelSource = `
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/pci.h>
#include <linux/usb.h>
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/uaccess.h>
#include <linux/compat.h>
#include <linux/blkdev.h>
#include <linux/dma-buf.h>
#include <linux/cdev.h>
#include <net/sock.h>
#include <sound/core.h>
#include <drm/drm_device.h>
MODULE_LICENSE("GPL");
`

// kernel preprocesses a module's source against the installed kernel headers.
func kernel(tb testing.TB, cache *cpp.Cache, src string) *cpp.Result {
	tb.Helper()
	return kernelEdit(tb, cache, src, nil)
}

func kernelEdit(tb testing.TB, cache *cpp.Cache, src string, prev *cpp.Result) *cpp.Result {
	tb.Helper()
	if prev != nil {
		return cache.Preprocess(disk, prev.Config, cache.File("/m.c", text.New(src), prev.Main), prev, nil)
	}
	common, _ := filepath.Glob("/usr/src/linux-headers-*-common")
	built, _ := filepath.Glob("/usr/src/linux-headers-*-amd64")
	if len(common) == 0 || len(built) == 0 {
		if os.Getenv("CI") != "" {
			tb.Fatal("linux-headers-amd64 is not installed")
		}
		tb.Skip("linux-headers-amd64 is not installed")
	}
	cfg := &cpp.Config{ABI: abi.Lookup("x86_64")}
	gcc, _ := filepath.Glob("/usr/lib/gcc/x86_64-linux-gnu/*/include")
	for _, dir := range []string{"arch/x86/include", "arch/x86/include/generated", "include", "arch/x86/include/uapi", "arch/x86/include/generated/uapi", "include/uapi", "include/generated/uapi"} {
		cfg.Angle = append(cfg.Angle, filepath.Join(common[0], dir), filepath.Join(built[0], dir))
	}
	cfg.Angle = append(cfg.Angle, gcc...)
	for _, name := range []string{"include/linux/compiler-version.h", "include/linux/kconfig.h", "include/linux/compiler_types.h"} {
		cfg.Include = append(cfg.Include, filepath.Join(common[0], name))
	}
	cfg.Defines = []cpp.Define{
		{Name: "__KERNEL__", Value: "1"},
		{Name: "MODULE", Value: "1"},
		{Name: "KBUILD_MODNAME", Value: `"m"`},
		{Name: "KBUILD_BASENAME", Value: `"m"`},
		{Name: "CC_USING_FENTRY", Value: "1"},
	}
	return cache.Preprocess(disk, cfg, cache.File("/m.c", text.New(src), nil), nil, nil)
}

// TestKernel parses every item of a kernel module.
func TestKernel(t *testing.T) {
	r := kernel(t, new(cpp.Cache), kernelSource)
	for _, inc := range r.Includes() {
		if inc.Err != "" {
			t.Errorf("%s: %s", inc.Name, inc.Err)
		}
	}
	u := NewUnit(r, nil)
	items, records, failures, names := 0, 0, 0, 0
	for run := range u.runs() {
		names += len(run.part.names)
		for _, it := range run.part.items {
			items++
			p := u.parseItem(it)
			where, _ := u.Result.Place(&it.Tokens[0])
			if p.reason != "" || it.broken {
				failures++
				t.Errorf("%s: %s: %s", where.Path, p.reason, rangeString(u, Range{&it.Tokens[0], &it.Tokens[len(it.Tokens)-1]}))
			}
			for _, rec := range append(p.records, p.inner...) {
				records++
				for _, s := range rec.Skipped {
					failures++
					t.Errorf("%s: %s: skipped: %s: %s", where.Path, recordName(rec), s.Reason, rangeString(u, s.Range))
				}
			}
		}
	}
	tokens, segments := 0, 0
	for s := range r.Segments() {
		segments++
		tokens += len(s.Tokens)
	}
	t.Logf("%d tokens in %d segments: %d chunks, %d items, %d names, %d records; %d failures", tokens, segments, len(u.chunks), items, names, records, failures)
}

func BenchmarkNewUnit(b *testing.B) {
	r := kernel(b, new(cpp.Cache), kernelSource)
	for b.Loop() {
		b.StopTimer()
		for s := range r.Segments() {
			*cacheOf(s) = segmentCache{}
		}
		b.StartTimer()
		NewUnit(r, nil)
	}
}

func BenchmarkNewUnitShared(b *testing.B) {
	r := kernel(b, new(cpp.Cache), kernelSource)
	for b.Loop() {
		NewUnit(r, nil)
	}
}

func BenchmarkNewUnitSame(b *testing.B) {
	u := NewUnit(kernel(b, new(cpp.Cache), kernelSource), nil)
	for b.Loop() {
		u = NewUnit(u.Result, u)
	}
}

// BenchmarkParse parses every item that holds a record.
func BenchmarkParse(b *testing.B) {
	u := NewUnit(kernel(b, new(cpp.Cache), kernelSource), nil)
	n := 0
	for b.Loop() {
		for r := range u.runs() {
			for _, it := range r.part.items {
				if it.records && it.body == 0 {
					it.parsed = nil
					u.parseItem(it)
					n++
				}
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/item")
}

// BenchmarkKeystroke switches between two versions of a driver that differ in
// one character in the middle.
func BenchmarkKeystroke(b *testing.B) {
	var src strings.Builder
	src.WriteString(kernelSource)
	for i := range 400 {
		fmt.Fprintf(&src, "struct s%d {\n\tu32 a;\n\tu64 b[%d];\n\tvoid __user *p;\n};\n\nstatic int f%d(struct s%d *s)\n{\n\tif (s->a)\n\t\treturn 1;\n\treturn 0;\n}\n\n", i, i+1, i, i)
	}
	cache := new(cpp.Cache)
	one := src.String()
	two := strings.Replace(one, "u64 b[200];", "u64 b[2000];", 1)
	a := kernel(b, cache, one)
	c := kernelEdit(b, cache, two, a)
	u := NewUnit(a, nil)
	u.MainRecords()
	for b.Loop() {
		u = NewUnit(c, u)
		if len(u.MainRecords()) != 400 {
			b.Fatal("records are lost")
		}
		a, c = c, a
	}
}
