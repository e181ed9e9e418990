//go:build unix

package cpp

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestDisk(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(at(name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("file", "one")
	write("large", "")
	if err := os.Truncate(at("large"), maxFile+1); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(at("dir"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(at("fifo"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("loop", at("loop")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("file", at("link")); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	d := &disk{now: func() time.Time { return now }}
	for name, want := range map[string]string{
		"dir": "is a directory", "fifo": "not a regular file", "large": "larger than 64 MiB", "none": "file not found",
		"loop": "too many levels of symbolic links", "file/x": "file not found", "/dev/zero": "not a regular file",
	} {
		path := at(name)
		if name[0] == '/' {
			path = name
		}
		if _, err := d.Read(path); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		if d.Exists(path) {
			t.Errorf("%s exists", name)
		}
	}
	expect := func(name, want string) {
		t.Helper()
		if got, err := d.Read(at(name)); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	expect("file", "one")
	expect("link", "one")
	write("file", "three")
	expect("file", "one") // for a moment
	now = now.Add(Freshness)
	expect("file", "three")
	write("file", "seven")
	if err := os.Chtimes(at("file"), now, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	expect("file", "three")
	Refresh(d)
	now = now.Add(time.Millisecond)
	expect("file", "seven")
	if err := os.Remove(at("file")); err != nil {
		t.Fatal(err)
	}
	now = now.Add(Freshness)
	if d.Exists(at("file")) {
		t.Error("a file that was removed exists")
	}
	write("none", "now")
	now = now.Add(Freshness)
	expect("none", "now")
}
