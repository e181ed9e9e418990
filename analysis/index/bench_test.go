package index

import (
	"os"
	"runtime"
	"testing"
)

// BenchmarkScan reads the installed headers, and a tree of your choice.
func BenchmarkScan(b *testing.B) {
	folder := "/usr/include"
	if dir := os.Getenv("ABIDE_INDEX_TREE"); dir != "" {
		folder = dir
	}
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
