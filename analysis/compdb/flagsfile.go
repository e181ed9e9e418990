package compdb

import (
	"path/filepath"
	"strings"
)

const maxFlagsFile = 4 << 20

// readFlagsFile reads a compile_flags.txt: one argument a line, relative to
// its own directory (clang's documentation, FixedCompilationDatabase).
func readFlagsFile(path string) ([]string, error) {
	content, err := readFile(path, maxFlagsFile)
	if err != nil {
		return nil, err
	}
	var args []string
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line != "" && len(args) < maxArgs {
			args = append(args, line)
		}
	}
	return args, nil
}

// flagsInvocation applies a compile_flags.txt to a file.
func flagsInvocation(path, file string, args []string) invocation {
	return invocation{dir: filepath.Dir(path), args: args, file: file, source: path}
}
