package index

import (
	"os"
	"runtime"
	"strings"
	"testing"
)

// tree is the installed headers, or a tree of your choice.
func tree() string {
	if dir := os.Getenv("ABIDE_INDEX_TREE"); dir != "" {
		return dir
	}
	return "/usr/include"
}

// BenchmarkScan reads it.
func BenchmarkScan(b *testing.B) {
	folder := tree()
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		x := New()
		x.Scan(b.Context(), []string{folder})
		b.ReportMetric(float64(len(x.files)), "files/op")
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-kept/op")
		runtime.KeepAlive(x)
	}
}

// BenchmarkEdit reads one buffer of it again.
func BenchmarkEdit(b *testing.B) {
	x := New()
	x.Scan(b.Context(), []string{tree()})
	path := tree() + "/edited.h"
	for i := 0; b.Loop(); i++ {
		x.Buffer(path, strings.Repeat("\n", i%2)+"#define GET _IOR('M', 1, struct a)\n")
		if _, moved := x.reread([]string{tree()}); !moved {
			b.Fatal("no difference")
		}
		x.show()
	}
}
