package cpp

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

const (
	maxFile    = 64 << 20 // bytes of a file that is read
	diskBudget = 32 << 20 // bytes of content kept, per generation
	// Freshness is how long a file's state is trusted before the disk is asked
	// again.
	Freshness = time.Second
)

// The errors of FS.Read, as messages are made of them.
var (
	errNotFound   = errors.New("file not found")
	errDirectory  = errors.New("is a directory")
	errIrregular  = errors.New("not a regular file")
	errTooLarge   = errors.New("larger than 64 MiB")
	errPermission = errors.New("permission denied")
	errUnreadable = errors.New("cannot be read")
)

// Disk gives the real file system: regular files only, so that nothing can
// block. Contents are kept, and read again when a file's time or size changes.
func Disk() FS { return &disk{now: time.Now} }

type disk struct {
	now func() time.Time

	mu       sync.RWMutex
	known    generations[string, *diskFile]
	distrust time.Time // what was learned up to then does not count any more
}

// diskFile is what was last seen at a path. Immutable but for checked.
type diskFile struct {
	err     error
	size    int64
	changed time.Time
	content string
	read    bool // content is there

	mu      sync.Mutex
	checked time.Time
}

func (d *disk) Exists(path string) bool { return d.look(path).err == nil }

func (d *disk) Read(path string) (string, error) {
	f := d.look(path)
	if f.err != nil {
		return "", f.err
	}
	if f.read {
		return f.content, nil
	}
	f = d.open(path)
	d.remember(path, f)
	return f.content, f.err
}

// look gives what is known about a path, asking the disk if that is too old.
func (d *disk) look(path string) *diskFile {
	now := d.now()
	d.mu.RLock()
	f, ok := d.known.young[path]
	if !ok {
		f = d.known.old[path]
	}
	distrust := d.distrust
	d.mu.RUnlock()
	if f != nil {
		f.mu.Lock()
		fresh := now.Sub(f.checked) < Freshness && f.checked.After(distrust)
		f.mu.Unlock()
		if fresh && ok {
			return f
		}
	}
	next := &diskFile{checked: now}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		next.err = reason(err)
	case info.IsDir():
		next.err = errDirectory
	case !info.Mode().IsRegular():
		next.err = errIrregular
	case info.Size() > maxFile:
		next.err = errTooLarge
	default:
		next.size, next.changed = info.Size(), info.ModTime()
		if f != nil && f.err == nil && f.read && f.size == next.size && f.changed.Equal(next.changed) {
			f.mu.Lock()
			f.checked = now
			f.mu.Unlock()
			next = f
		}
	}
	if next != f || !ok {
		d.remember(path, next)
	}
	return next
}

func (d *disk) remember(path string, f *diskFile) {
	const overhead = 256
	d.mu.Lock()
	d.known.budget = diskBudget
	d.known.put(path, f, len(f.content)+len(path)+overhead)
	d.mu.Unlock()
}

// open reads a file. It was a regular one a moment ago, and may be anything
// by now.
func (d *disk) open(path string) *diskFile {
	f := &diskFile{checked: d.now()}
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		f.err = reason(err)
		return f
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		f.err = reason(err)
		return f
	case !info.Mode().IsRegular():
		f.err = errIrregular
		return f
	case info.Size() > maxFile:
		f.err = errTooLarge
		return f
	}
	f.size, f.changed = info.Size(), info.ModTime()
	buf := make([]byte, 0, info.Size()+1)
	for {
		n, err := file.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			f.err = reason(err)
			return f
		}
		if len(buf) > maxFile {
			f.err = errTooLarge
			return f
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
	}
	f.content, f.read = unsafe.String(unsafe.SliceData(buf), len(buf)), true
	return f
}

func reason(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.ENAMETOOLONG):
		return errNotFound
	case errors.Is(err, fs.ErrPermission):
		return errPermission
	case errors.Is(err, syscall.ELOOP):
		return errors.New("too many levels of symbolic links")
	}
	return errUnreadable
}

// Refresh makes a file system that Disk gave ask the disk again about every
// file, whatever it learned a moment ago; others are left alone.
func Refresh(fs FS) {
	d, ok := fs.(*disk)
	if !ok {
		return
	}
	d.mu.Lock()
	d.distrust = d.now()
	d.mu.Unlock()
}
