package compdb

import (
	"path/filepath"
	"runtime"
)

// Clean is filepath.Clean for the names of files, which are compared as strings.
// On Windows it writes a drive's letter large, as the system itself does:
// editors' URIs have it small, and build systems as somebody typed it.
func Clean(path string) string { return drive(filepath.Clean(path)) }

func drive(path string) string {
	if runtime.GOOS == "windows" {
		return largeDrive(path)
	}
	return path
}

func largeDrive(path string) string {
	if len(path) >= 2 && path[1] == ':' && 'a' <= path[0] && path[0] <= 'z' {
		return string(path[0]-'a'+'A') + path[1:]
	}
	return path
}
