package index

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// maxBuffers is how many open files are read from their buffers.
const maxBuffers = 1000

// buffers is the texts that editors have open, and which of them nobody has
// read yet. They come at every keystroke, on any goroutine.
type buffers struct {
	mu     sync.Mutex
	texts  map[string]string
	unread map[string]bool
	edited chan struct{}
}

// Buffer puts an editor's text in front of the file on disk; the index reads
// it when it gets to it.
func (x *Index) Buffer(path, content string) {
	x.buffers.note(path, func(texts map[string]string) {
		if _, open := texts[path]; open || len(texts) < maxBuffers {
			texts[path] = content
		}
	})
}

// Close has the file on disk count again.
func (x *Index) Close(path string) {
	x.buffers.note(path, func(texts map[string]string) { delete(texts, path) })
}

func (b *buffers) note(path string, change func(texts map[string]string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.texts == nil {
		b.texts, b.unread = map[string]string{}, map[string]bool{}
	}
	change(b.texts)
	b.unread[path] = true
	select {
	case b.edited <- struct{}{}:
	default:
	}
}

// take gives the texts that have not been read yet: nil for closed ones.
func (b *buffers) take() map[string]*string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.unread) == 0 {
		return nil
	}
	taken := make(map[string]*string, len(b.unread))
	for path := range b.unread {
		taken[path] = nil
		if content, open := b.texts[path]; open {
			taken[path] = &content
		}
	}
	b.unread = map[string]bool{}
	return taken
}

// reread reads the buffers that have changed, and tells whether they say
// something else, or only the same at other places. Like scan it belongs to one
// goroutine at a time.
func (x *Index) reread(folders []string) (different, moved bool) {
	for path, content := range x.buffers.take() {
		disk := x.files[path].facts
		before := or(x.open[path], disk)
		delete(x.open, path)
		if content != nil && len(*content) <= maxFile && counts(path, folders) {
			if x.open == nil {
				x.open = map[string]*facts{}
			}
			x.open[path] = scan(*content)
		}
		now := or(x.open[path], disk)
		moved = moved || !reflect.DeepEqual(before, now)
		different = different || !reflect.DeepEqual(before.placeless(), now.placeless())
	}
	return different, moved
}

// placeless is the facts without where they stand.
func (f *facts) placeless() *facts {
	if f == nil {
		return nil
	}
	clone := *f
	clone.macros, clone.crossing = slices.Clone(f.macros), slices.Clone(f.crossing)
	for i := range clone.macros {
		clone.macros[i].start = 0
	}
	for i := range clone.crossing {
		clone.crossing[i].Start, clone.crossing[i].End = 0, 0
	}
	return &clone
}

// or is what counts of a file that a buffer may stand in front of.
func or(buffer, disk *facts) *facts {
	if buffer != nil {
		return buffer
	}
	return disk
}

// counts tells whether a file belongs to the workspace by its path.
func counts(path string, folders []string) bool {
	if ext := filepath.Ext(path); ext != ".h" && ext != ".c" {
		return false
	}
	for _, folder := range folders {
		rel, err := filepath.Rel(folder, path)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		within := true
		for dir := range strings.SplitSeq(filepath.Dir(rel), string(filepath.Separator)) {
			within = within && (dir == "." || !hidden(dir))
		}
		if within {
			return true
		}
	}
	return false
}
