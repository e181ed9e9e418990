package server

import (
	"context"

	"abide/analysis"
	"abide/analysis/compdb"
	"abide/analysis/payload"
	"abide/analysis/refactor"
	"abide/analysis/text"
)

// engine is what the server asks of the analysis; tests put a fake here.
type engine interface {
	SetConfigs(of func(path string) *analysis.Config)
	SetBuffer(path string, f *text.File)
	Drop(path string)
	DiskChanged()
	Watch(ctx context.Context, folders []string, changed func())
	Snapshot(path string) (snapshot, error)
	Forget(path string)
}

// snapshot is one immutable version of one file.
type snapshot interface {
	Text() *text.File
	Findings(ctx context.Context) ([]analysis.Finding, error)
	Hover(ctx context.Context, offset int) (*analysis.Hover, error)
	Command(ctx context.Context) (compdb.Command, error)

	Portable(ctx context.Context, offset int) ([]analysis.Fix, error)
	WholeFile(ctx context.Context) ([]analysis.Fix, error)
	Refactorings(ctx context.Context, at text.Span) ([]refactor.Action, error)

	Mentions(ctx context.Context) ([]analysis.Mention, error)
	Owners(ctx context.Context) ([]*analysis.Record, error)
	Commands(ctx context.Context) ([]*analysis.Command, error)
	Facts(r *analysis.Record) *analysis.RecordFacts
	RecordAt(ctx context.Context, offset int) (facts *analysis.RecordFacts, member string, err error)
	Lookup(ctx context.Context, name string) (*analysis.RecordFacts, error)
	Defined(ctx context.Context, facts *analysis.RecordFacts) (*analysis.Record, error)
	DeclarationEnd(v *analysis.View, m *analysis.Placed) (offset int, ok bool)
}

// session is the engine that is not a fake.
type session struct{ *analysis.Session }

func newEngine() engine {
	return session{analysis.NewSession(defaultConfig(), nil)}
}

func (s session) Snapshot(path string) (snapshot, error) {
	snap, err := s.Session.Snapshot(path)
	if err != nil {
		return nil, err // not a nil *analysis.Snapshot in an interface
	}
	return analysed{snap}, nil
}

// analysed is the snapshot that is not a fake.
type analysed struct{ *analysis.Snapshot }

func (v analysed) Portable(ctx context.Context, offset int) ([]analysis.Fix, error) {
	return payload.Portable(ctx, v.Snapshot, offset)
}

func (v analysed) Refactorings(ctx context.Context, at text.Span) ([]refactor.Action, error) {
	return refactor.At(ctx, v.Snapshot, at)
}

func (v analysed) WholeFile(ctx context.Context) ([]analysis.Fix, error) {
	return payload.WholeFile(ctx, v.Snapshot)
}
