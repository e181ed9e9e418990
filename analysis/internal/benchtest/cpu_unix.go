//go:build unix

// Package benchtest is what benchmarks share.
package benchtest

import (
	"syscall"
	"testing"
)

// CPU reports the processor time of a benchmark when its result is called, in
// milliseconds for each run: a busy machine does not change that much.
func CPU(b *testing.B) func() {
	var before, after syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	return func() {
		syscall.Getrusage(syscall.RUSAGE_SELF, &after)
		spent := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
		b.ReportMetric(float64(spent)/1e6/float64(b.N), "cpu-ms/op")
	}
}
