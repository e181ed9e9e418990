// Package index knows of a workspace's files, without preprocessing them,
// which records cross the kernel boundary: those that ioctl commands are
// defined with, that __user pointers point to, and whose size is copied. A
// header that defines a record need not say so itself.
//
//	x := index.New()
//	x.Scan(ctx, []string{"/src/driver"})
//	x.View().Uses("/src/driver/sensor_types.h", "struct sensor") // SENSOR_GET of sensor_ioctl.h
//
// It reads files, directories and editors' buffers only, and bounds how many.
package index

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"time"
)

// Bounds of a workspace: beyond them files are left out.
const (
	maxEntries = 200_000   // of directories
	maxFiles   = 40_000    // that are read
	maxBytes   = 256 << 20 // that are read, of all files
	maxFile    = 512 << 10 // bytes of one; larger ones are tables of registers
)

// Index is kept up to date by one goroutine at a time; everybody may ask it.
type Index struct {
	view    atomic.Pointer[View]
	touched chan struct{}
	buffers buffers

	// Of the goroutine that scans:
	files map[string]entry
	open  map[string]*facts // of buffers, in front of files
	whole bool              // no file was left out
}

// entry is a file as it was read last.
type entry struct {
	modified time.Time
	size     int64
	facts    *facts
}

// New makes an index that knows nothing yet.
func New() *Index {
	return &Index{touched: make(chan struct{}, 1), buffers: buffers{edited: make(chan struct{}, 1)}}
}

// View is what the index knows now; nil before the first scan.
func (x *Index) View() *View { return x.view.Load() }

// Scan reads what has changed under the folders since it was asked last, and
// tells whether that changes any answer. Nobody else may scan meanwhile.
func (x *Index) Scan(ctx context.Context, folders []string) bool {
	return x.scan(ctx, folders, func() {})
}

// Timing of the work in the background: it leaves most of a core to others.
const (
	burst     = 10 * time.Millisecond // of work,
	idle      = 20 * time.Millisecond // and what follows each
	settle    = time.Second           // after the start, and after files were touched
	calm      = 5 * time.Second       // after edits that only move what a file says
	costRatio = 20                    // how many times as long as a scan took nobody scans again
)

// Keep scans the folders in the background until ctx is done, again whenever
// files were touched or buffers edited, and calls changed when answers may be
// others.
func (x *Index) Keep(ctx context.Context, folders []string, changed func()) {
	pause, disk, owed := settle, true, false
	tell := func() {
		owed = false
		changed()
	}
	for {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		start, began := time.Now(), time.Now()
		breathe := func() {
			if time.Since(began) < burst {
				return
			}
			select {
			case <-time.After(idle):
			case <-ctx.Done():
			}
			began = time.Now()
		}
		different, moved := false, false
		if disk {
			different = x.scan(ctx, folders, breathe)
		} else if different, moved = x.reread(folders); moved {
			x.show()
		}
		if owed = owed || moved; different && ctx.Err() == nil {
			tell()
		}
		pause = max(settle, costRatio*time.Since(start))
		var later <-chan time.Time
		if owed {
			later = time.After(calm)
		}
		if disk = x.wait(ctx, later, tell); ctx.Err() != nil {
			return
		}
	}
}

// wait waits until there is something to read, and tells whether it is on disk.
// Once nothing has come until later, it calls changed.
func (x *Index) wait(ctx context.Context, later <-chan time.Time, changed func()) (disk bool) {
	for {
		select {
		case <-x.touched:
			return true
		case <-x.buffers.edited:
			return false
		case <-later:
			changed()
		case <-ctx.Done():
			return false
		}
	}
}

// Touched says that files may have changed.
func (x *Index) Touched() {
	select {
	case x.touched <- struct{}{}:
	default:
	}
}

// scan is Scan that lets others work between files.
func (x *Index) scan(ctx context.Context, folders []string, breathe func()) bool {
	paths, whole := list(ctx, folders, breathe)
	files := make(map[string]entry, len(paths))
	different := x.view.Load() == nil
	bytes := int64(0)
	for _, path := range paths {
		if ctx.Err() != nil {
			return false
		}
		breathe()
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxFile {
			continue
		}
		if bytes += info.Size(); bytes > maxBytes || len(files) >= maxFiles {
			whole = false
			break
		}
		old, known := x.files[path]
		if known && old.size == info.Size() && old.modified.Equal(info.ModTime()) {
			files[path] = old
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		e := entry{info.ModTime(), info.Size(), scan(string(content))}
		if known && reflect.DeepEqual(old.facts, e.facts) {
			e.facts = old.facts
		} else {
			different = true
		}
		files[path] = e
	}
	different = different || len(files) != len(x.files)
	x.files, x.whole = files, whole
	if _, moved := x.reread(folders); moved || different {
		x.show()
		return true
	}
	return false
}

// show has everybody see what is known now.
func (x *Index) show() {
	all := make(map[string]*facts, len(x.files)+len(x.open))
	for path, e := range x.files {
		all[path] = e.facts
	}
	maps.Copy(all, x.open)
	x.view.Store(newView(all, x.whole))
}

// list finds the C files under the folders, headers first. whole is false if
// there are too many.
func list(ctx context.Context, folders []string, breathe func()) (paths []string, whole bool) {
	whole = true
	var sources []string
	entries := 0
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			breathe()
			entries++
			switch {
			case ctx.Err() != nil || entries > maxEntries:
				whole = false
				return filepath.SkipAll
			case err != nil:
				whole = false
				return nil // what cannot be read is left out
			case d.IsDir() && path != folder && hidden(d.Name()):
				return filepath.SkipDir
			case !d.Type().IsRegular():
			case strings.HasSuffix(path, ".h"):
				paths = append(paths, path)
			case strings.HasSuffix(path, ".c"):
				sources = append(sources, path)
			}
			return nil
		})
	}
	return append(paths, sources...), whole
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") || name == "node_modules" }
