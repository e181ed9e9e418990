package cpp

import "strings"

// Names is how __FILE__ and __BASE_FILE__ call files: gcc says what the
// command line says, not where a file really is.
type Names struct {
	// Given is what the command line calls the files and directories that it
	// names, by the paths that they are opened at. Others keep their paths.
	Given map[string]string
	// Replace is -fmacro-prefix-map: what names that begin so begin with. Of
	// several that fit the last one counts.
	Replace []Prefix
}

// Prefix replaces the beginning of a name.
type Prefix struct{ Old, New string }

func (n *Names) given(path string) string {
	if name, ok := n.Given[path]; ok {
		return name
	}
	return path
}

// macro is a name as macros have it.
func (n *Names) macro(name string) string {
	for i := len(n.Replace) - 1; i >= 0; i-- {
		if rest, ok := strings.CutPrefix(name, n.Replace[i].Old); ok {
			return n.Replace[i].New + rest
		}
	}
	return name
}

// givenName is what the compiler calls the file of a frame: as the command
// line has it, or the directory in which it was found with the name in the
// #include behind it.
func (p *pass) givenName(f *frame) string {
	if f.given != "" {
		return f.given
	}
	quote := p.cfg.Quote
	switch {
	case f.name == "":
		f.given = p.cfg.Names.given(f.file.Path)
	case f.dir >= len(quote):
		f.given = join(p.cfg.Names.given(p.cfg.Angle[f.dir-len(quote)]), f.name)
	case f.dir >= 0:
		f.given = join(p.cfg.Names.given(quote[f.dir]), f.name)
	case absolute(f.name):
		f.given = f.name
	default:
		f.given = join(dirOf(p.givenName(f.parent)), f.name)
	}
	return f.given
}

// presumedPath is the file's name in __FILE__.
func (p *pass) presumedPath(f *frame) string {
	if f.presumed != "" {
		return p.cfg.Names.macro(f.presumed)
	}
	return p.cfg.Names.macro(p.givenName(f))
}
