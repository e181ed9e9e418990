// Package compdb finds out how a file is compiled: compile_commands.json,
// compile_flags.txt, flags given after "--". It runs no program.
package compdb

import (
	"abide/analysis/abi"
	"abide/analysis/cpp"
)

// Command is what a compiler's command line says that bears on what a file
// means. Paths are absolute.
type Command struct {
	File                                         string
	Dir                                          string
	Quote                                        []string // -iquote
	Include                                      []string // -I, in order
	System                                       []string // -isystem
	After                                        []string // -idirafter
	Defines                                      []cpp.Define
	Forced                                       []string // -include
	Macros                                       []string // -imacros
	NoStdInc                                     bool
	Sysroot                                      string
	ABI                                          *abi.ABI // what -m32, --target, the compiler's name, … ask for; nil if they say nothing
	ShortEnums, MSBits, UnsignedChar, SignedChar bool
	PackStruct                                   int64
	// Source says where the command came from, for people: "compile_commands.json
	// (driver.c)", "command line", "default".
	Source string
}

// Parse reads a compiler's arguments. Relative paths are relative to dir.
// Flags it does not know are ignored.
func Parse(dir string, args []string) Command { panic("contract") }

// DB is a workspace's compilation databases, read when first asked and again
// when they change on disk. Safe for concurrent use.
type DB struct{ dbState }

// Find gives the command for a file: from the databases in explicit (a
// directory or file; empty for none) or the nearest directory upwards. A
// header takes the command of a file beside it or named alike, if any. ok is
// false if nothing was found; the zero Command is then a sane default. An
// unreadable database is an error that names the file and line.
func (d *DB) Find(path, explicit string) (cmd Command, ok bool, err error) { panic("contract") }
