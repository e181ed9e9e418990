package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func percent() int {
	now := debug.SetGCPercent(100)
	debug.SetGCPercent(now)
	return now
}

func TestGrowFirst(t *testing.T) {
	before := percent()
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "50")
	growFirst()
	if now := percent(); now != before {
		t.Errorf("%d percent where GOGC decides, %d before", now, before)
	}
	t.Setenv("GOGC", "")
	growFirst()
	if now := percent(); now*minimalHeap/100 != smallHeap {
		t.Errorf("%d percent at first", now)
	}
	for start := time.Now(); percent() != 100; time.Sleep(time.Millisecond) {
		if runtime.GC(); time.Since(start) > 10*time.Second {
			t.Fatalf("%d percent behind the first collection", percent())
		}
	}
}
