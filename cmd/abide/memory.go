package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// smallHeap is the heap in bytes below which nothing is collected: a driver with
// its headers fills it anyway, and collecting while they are read keeps a
// processor from reading them.
const smallHeap = 64 << 20

// minimalHeap is where Go's collector starts at 100 percent (runtime/mgcpacer.go).
const minimalHeap = 4 << 20

// growFirst puts the first collection off to smallHeap. Those behind it come as
// the runtime does by default. Who sets GOGC decides.
func growFirst() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(100 * smallHeap / minimalHeap)
	sentinel := new([64]byte) // the first collection finds that nobody has it
	runtime.AddCleanup(sentinel, func(percent int) { debug.SetGCPercent(percent) }, 100)
}
