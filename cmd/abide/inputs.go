package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"abide/analysis"
	"abide/analysis/tree"
)

// expand lists the files that the arguments stand for, each once, in the order
// of the arguments and, within one, of the names.
func expand(args []string) (files []string, errs []error) {
	seen := map[string]bool{}
	for _, arg := range args {
		list, err := tree.Expand(arg, tree.Limit)
		if arg == "-" && !exists(arg) {
			list, err = nil, errors.New("-: what is not in a file is not read: give the name of one")
		}
		if err == nil && len(list) == 0 {
			err = fmt.Errorf("no .h or .c file below %s", arg)
		}
		if several, ok := err.(interface{ Unwrap() []error }); ok {
			errs = append(errs, several.Unwrap()...)
		} else if err != nil {
			errs = append(errs, err)
		}
		for _, file := range list {
			if clean := filepath.Clean(file); !seen[clean] {
				seen[clean] = true
				files = append(files, file)
			}
		}
	}
	return files, errs
}

// indexed has the session know what the files of directories say about each
// other's records: which commands carry them.
func indexed(ctx context.Context, session *analysis.Session, args []string) {
	var dirs []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil || !info.IsDir() {
			continue
		}
		if dir, err := filepath.Abs(arg); err == nil {
			dirs = append(dirs, dir)
		}
	}
	if len(dirs) > 0 {
		session.Index(ctx, dirs)
	}
}
