package server

import (
	"context"

	"abide/analysis"
	"abide/analysis/compdb"
	"abide/analysis/text"
)

// engine is what the server asks of the analysis; tests put a fake here.
type engine interface {
	SetConfig(cfg analysis.Config)
	SetBuffer(path string, f *text.File)
	Drop(path string)
	DiskChanged()
	Snapshot(path string) (snapshot, error)
}

// snapshot is one immutable version of one file.
type snapshot interface {
	Text() *text.File
	Findings(ctx context.Context) ([]analysis.Finding, error)
	Hover(ctx context.Context, offset int) (*analysis.Hover, error)
	Command(ctx context.Context) (compdb.Command, error)
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
	return snap, nil
}
