// Package compdb finds out how a file is compiled: flags given after "--",
// compile_commands.json, compile_flags.txt, .clangd, what Kbuild left beside
// an object file, a kernel tree, an out-of-tree module. It reads all of them
// as text and runs no program. It knows command lines, but no C.
//
//	var db compdb.DB
//	cmd, ok, err := db.Find("/src/driver.c", "")
package compdb

import (
	"abide/analysis/abi"
	"abide/analysis/cpp"
)

// Command is what a compiler's command line says that bears on what a file
// means. Paths are absolute.
type Command struct {
	File    string
	Own     bool // the command names the file itself; else it was made for another one, or for all
	Dir     string
	Quote   []string // -iquote
	Include []string // -I, in order
	System  []string // -isystem
	After   []string // -idirafter
	// Defines is -D and -U in order, after what other flags (-O2, -std=,
	// -ffreestanding, …) predefine.
	Defines      []cpp.Define
	Forced       []string // -include
	Macros       []string // -imacros
	NoStdInc     bool
	Sysroot      string
	Compiler     string   // as the command names it: "gcc", "/opt/sdk/bin/aarch64-linux-gnu-gcc"; empty if it does not
	ABI          *abi.ABI // what -m32, --target, the compiler's name, … ask for; nil if they say nothing
	ShortEnums   bool     // -fshort-enums
	LongEnums    bool     // -fno-short-enums; without either the ABI decides
	MSExtensions bool     // -fms-extensions, -fplan9-extensions
	MSBits       bool
	UnsignedChar bool
	SignedChar   bool
	// Names is how the command names files and directories.
	Names      cpp.Names
	PackStruct int64 // -fpack-struct[=n]: the limit in bytes, 1 without n, 0 without the flag
	// Source says where the command came from, for people: "compile_commands.json
	// (driver.c)", "command line", "default".
	Source string
}

// Kernel tells whether the command compiles for the kernel.
func (c *Command) Kernel() bool {
	kernel := false
	for _, d := range c.Defines {
		if d.Name == "__KERNEL__" {
			kernel = !d.Undef
		}
	}
	return kernel
}
