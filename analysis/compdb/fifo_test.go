//go:build unix

package compdb

import (
	"path/filepath"
	"syscall"
	"testing"
)

// A FIFO in the place of a database must not block.
func TestFindSkipsFIFO(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{databaseName, flagsName, ".clangd", "Makefile", ".a.o.cmd"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Skip(err)
		}
	}
	var db DB
	if _, ok, err := db.Find(filepath.Join(dir, "a.c"), ""); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if _, _, err := db.Find(filepath.Join(dir, "a.c"), filepath.Join(dir, databaseName)); err == nil {
		t.Error("no error for an explicit FIFO")
	}
}
