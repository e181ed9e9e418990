package analysis

import (
	"maps"

	"abide/analysis/cpp"
	"abide/analysis/text"
)

// overlay is a file system as one snapshot sees it: the editor's buffers of
// that moment in front of what lies on disk. Immutable.
type overlay struct {
	buffers map[string]*text.File
	disk    cpp.FS
	// epoch grows whenever another set of files may exist than before.
	epoch uint64
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
	next := &overlay{buffers: maps.Clone(o.buffers), disk: o.disk, epoch: o.epoch}
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
	return &overlay{buffers: o.buffers, disk: o.disk, epoch: o.epoch + 1}
}
