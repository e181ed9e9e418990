//go:build !unix

// Package benchtest is what benchmarks share.
package benchtest

import "testing"

// CPU reports nothing: the processor time is asked for in Unix's way.
func CPU(*testing.B) func() { return func() {} }
