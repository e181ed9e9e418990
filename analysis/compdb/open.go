package compdb

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// openFile opens a regular file of at most limit bytes. A FIFO or a device
// neither blocks nor is read.
func openFile(path string, limit int64) (*os.File, os.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case !info.Mode().IsRegular():
		err = fmt.Errorf("read %s: not a regular file", path)
	case info.Size() > limit:
		err = fmt.Errorf("read %s: larger than %d MiB", path, limit>>20)
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, info, nil
}

func readFile(path string, limit int64) ([]byte, error) {
	f, _, err := openFile(path, limit)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
