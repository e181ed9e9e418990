package analysis

import (
	"context"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
	"abide/analysis/ioctl"
	"abide/analysis/text"
)

// Config is what users choose.
type Config struct {
	ABIs       []*abi.ABI // default abi.Default()
	Scope      Scope
	Severities map[string]Severity // by rule
	CompDB     string              // -p: directory or file; empty to search upwards
	Flags      *compdb.Command     // flags after "--"; nil to use the databases
	Checks     []*Check
}

// Session holds what outlives an edit: caches, open buffers, configuration.
// It is safe for concurrent use.
type Session struct{ sessionState }

// NewSession makes a session. disk may be nil for the real file system.
func NewSession(cfg Config, disk cpp.FS) *Session { panic("contract") }

// SetConfig replaces the configuration; snapshots taken before keep theirs.
func (s *Session) SetConfig(cfg Config) { panic("contract") }

// SetBuffer puts an editor's text in front of the file on disk, for this file
// and for every file that includes it; Drop takes it away. Neither analyses.
func (s *Session) SetBuffer(path string, f *text.File) { panic("contract") }
func (s *Session) Drop(path string)                    { panic("contract") }

// Snapshot gives the current version of a file (the buffer, else the disk),
// cheaply: the work happens when its methods ask for it. The error says why a
// file cannot be read.
func (s *Session) Snapshot(path string) (*Snapshot, error) { panic("contract") }

// Snapshot is one version of one file for every selected ABI. Immutable and
// lazy; safe for concurrent use. ctx bounds each call that may work long; an
// abandoned call leaves nothing half done.
type Snapshot struct{ snapshotState }

func (s *Snapshot) Path() string     { panic("contract") }
func (s *Snapshot) Text() *text.File { panic("contract") }
func (s *Snapshot) Config() *Config  { panic("contract") }

// Targets preprocesses and indexes the file for every selected ABI.
func (s *Snapshot) Targets(ctx context.Context) ([]*Target, error) { panic("contract") }

// Records lists the records that the file defines, in source order.
func (s *Snapshot) Records(ctx context.Context) ([]*Record, error) { panic("contract") }

// Commands lists the ioctl commands that the file defines, in source order.
func (s *Snapshot) Commands(ctx context.Context) ([]*Command, error) { panic("contract") }

// Findings runs the checks: in source order, suppressions and severities
// applied. A check that panics loses its own findings and is logged.
func (s *Snapshot) Findings(ctx context.Context) ([]Finding, error) { panic("contract") }

// Hover says what lies under an offset: a record's tag or typedef, a field, an
// ioctl command; nil for anything else. Facts; render makes text of them.
func (s *Snapshot) Hover(ctx context.Context, offset int) (*Hover, error) { panic("contract") }

// Hover is the facts under the cursor. One of Record and Command is set; Field
// is the index path of the member, if it is one.
type Hover struct {
	Span    text.Span
	Record  *RecordFacts
	Member  string // path of the hovered member in Record; empty for the record itself
	Command *Command
}

// RecordFacts is a record wherever it is defined (a header, too), with a
// layout per target.
type RecordFacts struct {
	Name    string
	Union   bool
	Loc     cpp.Loc
	Stale   bool
	Views   []View
	Payload []*ioctl.Command
}
