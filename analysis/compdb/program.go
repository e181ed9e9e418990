package compdb

import (
	"path/filepath"
	"regexp"
	"strings"
)

// libraryInclude matches an include that only programs have: kernel code has no
// C library.
var libraryInclude = regexp.MustCompile(`^[ \t]*#[ \t]*include[ \t]*<(stdio|stdlib|unistd|string|fcntl|errno|err|getopt|signal|poll|pthread|time|inttypes|sys/\w+)\.h>`)

// isProgram tells whether a source among a kernel's or a module's is one for
// user space all the same: a tool, a test.
func isProgram(path, text string) bool {
	if filepath.Ext(path) != ".c" || IsKernelSource(text) {
		return false
	}
	depth := 0
	for line := range strings.Lines(text[:min(len(text), maxSourceLook)]) {
		line = strings.TrimLeft(line, " \t")
		if directive, _ := mayDecide(line); !directive {
			continue
		}
		if m := conditional.FindStringSubmatch(line); m != nil {
			switch m[1] {
			case "if", "ifdef", "ifndef":
				depth++
			case "endif":
				depth = max(depth-1, 0)
			}
			continue
		}
		if depth == 0 && libraryInclude.MatchString(line) {
			return true
		}
	}
	return false
}
