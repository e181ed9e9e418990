package analysis

import (
	"maps"
	"sync/atomic"

	"abide/analysis/cpp"
	"abide/analysis/text"
)

// overlay is a file system as one snapshot sees it: the editor's buffers of
// that moment in front of what lies on disk. Immutable.
type overlay struct {
	buffers map[string]*text.File
	disk    cpp.FS
	// epoch grows whenever another set of files may exist than before.
	epoch  uint64
	number uint64 // of its own
	// like is the answer to the last question of Like.
	like atomic.Pointer[likeness]
}

type likeness struct {
	other  uint64 // number of an overlay, which is not kept for this
	except string
	same   bool
}

var overlays atomic.Uint64

// Like implements cpp.Overlay.
func (o *overlay) Like(fs cpp.FS, except string) bool {
	other, ok := fs.(*overlay)
	if !ok || other.disk != o.disk || other.epoch != o.epoch {
		return false
	}
	if known := o.like.Load(); known != nil && known.other == other.number && known.except == except {
		return known.same
	}
	same := true
	for path, f := range o.buffers { // one epoch, one set of paths
		same = same && (path == except || other.buffers[path] == f)
	}
	o.like.Store(&likeness{other.number, except, same})
	return same
}

func (o *overlay) Read(path string) (string, error) {
	if f, ok := o.buffers[path]; ok {
		return f.Content(), nil
	}
	return o.disk.Read(path)
}

func (o *overlay) Exists(path string) bool {
	if _, ok := o.buffers[path]; ok {
		return true
	}
	return o.disk.Exists(path)
}

// with gives an overlay in which path has the text f, or none if f is nil.
func (o *overlay) with(path string, f *text.File) *overlay {
	next := &overlay{buffers: maps.Clone(o.buffers), disk: o.disk, epoch: o.epoch, number: overlays.Add(1)}
	if next.buffers == nil {
		next.buffers = map[string]*text.File{}
	}
	if o.buffers[path] == nil || f == nil {
		next.epoch++
	}
	if f == nil {
		delete(next.buffers, path)
	} else {
		next.buffers[path] = f
	}
	return next
}

// reread gives an overlay that expects the disk to have changed.
func (o *overlay) reread() *overlay {
	return &overlay{buffers: o.buffers, disk: o.disk, epoch: o.epoch + 1, number: overlays.Add(1)}
}
