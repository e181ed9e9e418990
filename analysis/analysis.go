// Package analysis answers the question that abide exists for: will every
// program that meets this record, on every ABI, see the same bytes? A Session
// holds what outlives an edit (caches, open buffers, configuration); a
// Snapshot is one version of one file, preprocessed, parsed and laid out for
// every selected ABI; a Check is one rule that looks at a Snapshot and reports
// Findings with Fixes. It knows no editor protocol.
package analysis

import (
	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/index"
	"abide/analysis/ioctl"
	"abide/analysis/layout"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Severity orders findings by harm.
type Severity uint8

const (
	Off Severity = iota
	Hint
	Information
	Warning
	Error
)

// Scope says which records the layout rules speak of.
type Scope uint8

const (
	ScopePayload Scope = iota // records that cross the kernel boundary
	ScopeUAPI                 // and every record of a file under a uapi/ path
	ScopeAll                  // every record of the file
)

// Check is one rule. It lives in a folder of its own under analysis/checks.
type Check struct {
	Name     string   // kebab-case, final: editors, configurations and suppressions name it
	Summary  string   // one line for lists
	Doc      string   // docs/rules/<name>.md: what, why with its source, example before and after, how to silence
	Severity Severity // the highest it reports at by default
	// PerRecord tells that Run looks at the one record that Pass.Subjects gives,
	// and at nothing else that verdicts does not know of: what it says is kept
	// from version to version.
	PerRecord bool
	Run       func(*Pass)
}

// Finding is something that somebody should change. Span is in the snapshot's file.
type Finding struct {
	Rule     string
	Severity Severity
	Span     text.Span
	Message  string
	Record   string // "struct sensor"; empty where it does not apply
	Field    string
	Command  string
	ABIs     []string // the ABIs that it is about: those with the hole, or those that differ from the first selected
	Related  []Related
	// Plan works out the fixes; nil if there are none. It runs when somebody
	// asks for them, once, on any goroutine.
	Plan func() []Fix
}

// Fixes is the edits that cure the finding, each alone.
func (f *Finding) Fixes() []Fix {
	if f.Plan == nil {
		return nil
	}
	return f.Plan()
}

// Related points at what follows from a finding, or what explains it.
type Related struct {
	Loc     cpp.Loc
	Message string
}

// Fix is an edit of the snapshot's file that cures the finding it belongs to.
type Fix struct {
	Title     string // says what changes: "Insert '__u32 __pad' after 'size'"
	Edits     []text.Edit
	Preferred bool
}

// Target is the snapshot's file as one ABI's compiler sees it.
type Target struct {
	ABI    *abi.ABI
	Result *cpp.Result
	Unit   *decl.Unit
	Engine *layout.Engine

	configs  configs
	commands keptCommands
}

// Record is a record defined in the snapshot's file, on every target.
type Record struct {
	Name     string // "struct sensor", "union arg", "sensor_t" for an untagged typedef, "sensor.u" for unnamed nested ones
	Tag      token.Sym
	Union    bool
	at       int // index among the snapshot's records
	Line     int // of the tag or the opening brace; from 1
	Span     text.Span
	open     int       // offset of the opening brace
	NameSpan text.Span // the tag, or the keyword if it has none
	Payload  bool      // crosses the kernel boundary
	Reason   string    // why it counts as a payload: "ioctl FOO_GET", "copy_to_user", "abide:payload", "member of struct bar"
	Commands []*Command
	Uses     []index.Use // where other files say that it does; empty if its own says so
	Stale    bool
	made     bool   // a macro's body writes it, and nothing can name it
	Views    []View // parallel to Snapshot.Targets
}

// View is a record on one target. Decl is nil if the target does not define
// it (an #if hides it); Layout is nil and Err set if it cannot be laid out.
type View struct {
	Target *Target
	Decl   *decl.Record
	Layout *layout.Layout
	Err    error
}

// Command is an ioctl command on every target.
type Command struct {
	Name    string
	Line    int       // from 1; 0 if another file defines it (hover only)
	Span    text.Span // the macro's name in its #define
	Loc     cpp.Loc   // the same, with the file
	Payload string    // "struct sensor", "__u64"; empty for none
	Targets []*Target
	Values  []*ioctl.Command // parallel to Targets; an entry is nil where it is undefined
}

// Member names one field of a record through anonymous and unnamed members:
// "start", "u.raw".
type Member struct {
	Path  string
	Field layout.Field
	// BitOffset is from the start of the outermost record.
	BitOffset int64
}
