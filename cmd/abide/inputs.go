package main

import (
	"fmt"
	"path/filepath"

	"abide/analysis/tree"
)

// expand lists the files that the arguments stand for, each once, in the order
// of the arguments and, within one, of the names.
func expand(args []string) (files []string, errs []error) {
	seen := map[string]bool{}
	for _, arg := range args {
		list, err := tree.Expand(arg, tree.Limit)
		if err == nil && len(list) == 0 {
			err = fmt.Errorf("no .h or .c file below %s", arg)
		}
		if err != nil {
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
