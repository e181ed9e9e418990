// Package tree lists the C files that a path stands for: a file itself, a
// directory with all below it, or a pattern. It reads names, never contents.
//
//	files, err := tree.Expand("include/uapi", 10_000)
package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Limit is how many files the command line takes from one argument: more than
// a kernel tree has.
const Limit = 200_000

// IsSource tells by its name whether a file of a directory counts: C headers
// and sources, without what Kbuild generates.
func IsSource(name string) bool {
	ext := filepath.Ext(name)
	return (ext == ".h" || ext == ".c") && !strings.HasSuffix(name, ".mod.c") && !strings.HasPrefix(name, ".")
}

// Expand lists the files that an argument stands for, in the order of their
// names. An existing file is itself, whatever its name; a directory is every
// source below it, hidden directories and symbolic links left out; what does
// not exist is taken for a pattern if it has one of "*?[{" in it, in which
// "**" crosses directories. A directory that cannot be listed is an error, and
// keeps no other from being listed.
func Expand(path string, limit int) ([]string, error) {
	info, err := os.Stat(path)
	switch {
	case path == "":
		return nil, errors.New("an argument is empty: give the name of a file or directory")
	case err == nil && info.IsDir():
		return below(path, limit)
	case err == nil || !strings.ContainsAny(path, "*?[{"):
		return []string{path}, nil
	}
	if !doublestar.ValidatePathPattern(path) {
		return nil, fmt.Errorf("%s is no file and no valid pattern", path)
	}
	found, err := doublestar.FilepathGlob(path, doublestar.WithNoFollow())
	if err != nil {
		return nil, fmt.Errorf("looking for %s: %w", path, err)
	}
	var list []string
	var errs []error
	for _, match := range found {
		info, err := os.Stat(match)
		switch {
		case err != nil:
		case !info.IsDir():
			list = append(list, match)
		default:
			more, err := below(match, limit-len(list))
			errs = append(errs, err)
			list = append(list, more...)
		}
		if len(list) > limit {
			return nil, tooMany(path, limit)
		}
	}
	err = errors.Join(errs...)
	if len(list) == 0 && err == nil {
		return nil, fmt.Errorf("no file matches %s", path)
	}
	slices.Sort(list)
	return slices.Compact(list), err
}

func below(root string, limit int) (list []string, err error) {
	var errs []error
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			if cause := (*fs.PathError)(nil); errors.As(err, &cause) {
				err = cause.Err
			}
			errs = append(errs, fmt.Errorf("cannot list %s: %w", path, err))
		case entry.IsDir():
			if path != root && strings.HasPrefix(entry.Name(), ".") {
				return filepath.SkipDir
			}
		case entry.Type().IsRegular() && IsSource(entry.Name()):
			if len(list) == limit {
				return tooMany(root, limit)
			}
			list = append(list, path)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, errors.Join(errs...)
}

func tooMany(path string, limit int) error {
	return fmt.Errorf("%s stands for more than %d files: name fewer", path, limit)
}
