package baseline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"abide/analysis"
	"abide/analysis/cpp"
)

// Load reads a baseline that is to be written again: an empty one if there is no
// such file yet. A file that is no baseline is an error, lest it be lost.
func Load(path string) (*Baseline, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return &Baseline{}, nil
	}
	content, err := cpp.Disk().Read(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s, which is to be written: %w", path, err)
	}
	b, err := Parse(content, filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("%s is no baseline, and is not written over: %w", path, err)
	}
	return b, nil
}

// Shipped tells whether a record belongs into a baseline: what user space can
// include has been shipped, a payload or not.
func Shipped(s *analysis.Snapshot, r *analysis.Record) bool {
	return r.Payload || s.Config().Scope == analysis.ScopeAll || analysis.IsUAPI(s.Path())
}

// DescribeShipped tells what a file has shipped, for a baseline in dir, and, of a
// header, which findings are accepted with it.
func DescribeShipped(ctx context.Context, s *analysis.Snapshot, dir string, findings []analysis.Finding) (File, error) {
	f, err := Describe(ctx, s, RelativePath(dir, s.Path()), func(r *analysis.Record) bool { return Shipped(s, r) })
	if err == nil && filepath.Ext(s.Path()) == ".h" {
		f.Accepted, err = f.Rest(ctx, s, findings)
	}
	return f, err
}

// Renew is the baseline of dir with some files described again for some ABIs, and
// without those that are gone. ok is false if it describes further files for
// other ABIs: one baseline is about one set.
func (b *Baseline) Renew(described []File, abis []string, dir string) (next *Baseline, ok bool) {
	next = b.With(described, func(path string) bool {
		_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path)))
		return !errors.Is(err, fs.ErrNotExist)
	})
	if len(next.Files) > len(described) && !slices.Equal(b.ABIs, abis) {
		return nil, false
	}
	next.ABIs = abis
	return next, true
}
