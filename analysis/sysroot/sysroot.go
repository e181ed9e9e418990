// Package sysroot finds the header directories of an ABI, and brings headers
// of its own, embedded, for what a machine lacks: enough of linux/types.h,
// linux/ioctl.h, asm/*, stdint.h, … that a lone file is understood for every
// ABI with no header installed at all. Its headers never stand in front of a
// real header that is found for the ABI.
package sysroot

import (
	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
)

// Prefix starts the path of every embedded header.
const Prefix = "abide-sysroot:"

// Layer puts the embedded headers behind a file system: paths that start with
// Prefix are read from the program itself.
func Layer(disk cpp.FS) cpp.FS { panic("contract") }

// Config completes a compiler command to a preprocessor configuration for one
// ABI: the command's own directories, then the ABI's installed ones, then the
// embedded ones, in an order in which no header of one ABI's asm/ or libc
// decides for another.
func Config(cmd *compdb.Command, a *abi.ABI, fs cpp.FS) *cpp.Config { panic("contract") }
