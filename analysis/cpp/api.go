package cpp

import (
	"abide/analysis/abi"
	"abide/analysis/text"
)

// FS is where files come from: the disk, with the editor's unsaved buffers in
// front of it and the embedded headers behind it.
type FS interface {
	// Read gives the content of a regular file. Errors are short and without
	// the path: "file not found", "is a directory", "not a regular file",
	// "larger than 64 MiB".
	Read(path string) (string, error)
	// Exists tells whether Read would find a regular file. It must be cheap.
	Exists(path string) bool
}

// Overlay is an FS that can tell whether it has changed.
type Overlay interface {
	FS
	// Like tells whether another FS reads the same everywhere but at one path,
	// as far as nobody writes to the disk.
	Like(other FS, except string) bool
}

// Config is how one translation unit is preprocessed for one ABI.
type Config struct {
	ABI     *abi.ABI
	Quote   []string // -iquote
	Angle   []string // -I, -isystem, built-in directories, -idirafter, in search order
	Defines []Define // -D and -U in command-line order
	Include []string // -include
	Macros  []string // -imacros
	Names   Names
	// SkipBodies leaves the bodies of functions out: their braces stand there
	// with nothing between them. In those of the main file the statements stay
	// that may define a type, or do what can only be told with all that follows,
	// and the braces of the blocks around them. __COUNTER__ is not counted in
	// what is left out.
	SkipBodies bool
}

// Define is one -D or -U. For -U Undef is set and Value unused.
type Define struct {
	Name  string // "FOO" or "FOO(x)"
	Value string
	Undef bool
}

// Cache holds lexed sections, canonical macros and section results for all
// translation units and ABIs of a process. It is safe for concurrent use and
// bounded.
type Cache struct{ cacheState }

// File is one version of one file: its path, its text, and the sections the
// text was cut into. Immutable.
type File struct {
	Path string
	Text *text.File
	fileState
}

// Result is what one translation unit preprocesses to for one ABI. Immutable.
type Result struct {
	Main   *File
	Config *Config
	resultState
}
