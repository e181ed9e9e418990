package cpp

import (
	"abide/analysis/abi"
	"abide/analysis/text"
	"abide/analysis/token"
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

// Config is how one translation unit is preprocessed for one ABI.
type Config struct {
	ABI     *abi.ABI
	Quote   []string // -iquote
	Angle   []string // -I, -isystem, built-in directories, -idirafter, in search order
	Defines []Define // -D and -U in command-line order
	Include []string // -include
	Macros  []string // -imacros
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

// Preprocess runs the preprocessor over main for one ABI. prev, which may be
// nil, is the result for an earlier version of the same file and ABI; its
// work is used again as far as it still holds. stop, which may be nil, is
// polled; when it returns true the work is given up and nil is returned.
func (c *Cache) Preprocess(fs FS, cfg *Config, main *File, prev *Result, stop func() bool) *Result {
	panic("contract")
}

// File is one version of one file: its path, its text, and the sections the
// text was cut into. Immutable.
type File struct {
	Path string
	Text *text.File
	fileState
}

// File cuts a text into sections. prev, which may be nil, is an earlier
// version of the same file, whose unchanged sections keep their identity.
func (c *Cache) File(path string, t *text.File, prev *File) *File { panic("contract") }

// Result is what one translation unit preprocesses to for one ABI. Immutable.
type Result struct {
	Main     *File
	Config   *Config
	Segments []*Segment // the output, in order
	Includes []Include  // active includes, in order, of all files
	Problems []Problem
	resultState
}

// Loc tells where a token is spelled. ok is false for tokens that no file
// spells (predefined macros, pasted or stringized tokens).
func (r *Result) Loc(t *Token) (loc Loc, ok bool) { panic("contract") }

// Place tells where a reader of the sources would point for t: where it is
// spelled, if that is in an argument or outside of macros; the invocation, if
// it comes from a macro's body (inBody is then true, and no edit of that place
// is sensible).
func (r *Result) Place(t *Token) (loc Loc, inBody bool) { panic("contract") }

// InMain tells whether Place(t) is in the main file.
func (r *Result) InMain(t *Token) bool { panic("contract") }

// Text is a token's spelling, splices removed.
func (t *Token) Text() string { panic("contract") }

// MacroLoc tells where a macro's name stands in its #define.
func (r *Result) MacroLoc(m *Macro) (Loc, bool) { panic("contract") }

// Macro gives the definition of a name at the end of the translation unit.
func (r *Result) Macro(name token.Sym) *Macro { panic("contract") }

// MainMacros lists the macros that are defined in the main file and still
// defined at its end, in the order of their definitions.
func (r *Result) MainMacros() []*Macro { panic("contract") }

// Use is one macro invocation seen while Expand worked: which macro, and its
// arguments as written (not expanded).
type Use struct {
	Macro *Macro
	Args  [][]Token
}

// Expand fully macro-expands tokens with the definitions at the end of the
// translation unit. seen, which may be nil, is called for every macro
// invocation on the way, outermost first.
func (r *Result) Expand(tokens []Token, seen func(Use)) []Token { panic("contract") }
