package analysis

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// systemHeaders is where installed headers lie; those under the directories
// that hold the kernel's own interface count as uapi when opened themselves.
var systemHeaders = []string{"/usr/include/", "/usr/local/include/"}

// kernelInterface is the first directories below an include directory, or
// below its <triplet>/, that linux-libc-dev fills.
var kernelInterface = []string{
	"linux", "asm", "asm-generic", "drm", "mtd", "misc", "rdma", "scsi", "sound", "video", "xen", "cxl", "fwctl", "regulator",
}

func (s *Snapshot) inScope(r *Record) bool {
	switch {
	case r.Payload || s.config.Scope == ScopeAll:
		return true
	case s.config.Scope == ScopeUAPI:
		return IsUAPI(s.path) && !r.private()
	}
	return false
}

// private tells whether nothing outside of one variable's declaration can name
// the record.
func (r *Record) private() bool {
	for _, v := range r.Views {
		if v.Decl != nil && v.Decl.Parent == nil {
			return !r.Named()
		}
	}
	return false
}

// IsUAPI tells by its path whether a file is a header that kernel and user
// space share: it lies under a uapi/ directory, or is an installed one.
func IsUAPI(path string) bool {
	path = filepath.ToSlash(path)
	if slices.Contains(strings.Split(path, "/"), "uapi") {
		return true
	}
	rest, installed := "", false
	for _, dir := range systemHeaders {
		if rest, installed = strings.CutPrefix(path, dir); installed {
			break
		}
	}
	if !installed { // a cross compiler's: /usr/<triplet>/include/linux/…
		parts := strings.SplitN(strings.TrimPrefix(path, "/usr/"), "/", 3)
		if !strings.HasPrefix(path, "/usr/") || len(parts) < 3 || parts[1] != "include" {
			return false
		}
		rest = parts[2]
	}
	parts := strings.Split(rest, "/")
	return slices.Contains(kernelInterface, parts[0]) || len(parts) > 1 && slices.Contains(kernelInterface, parts[1])
}

// isPayload tells whether the user named a record, with or without "struct "
// or "union ", as a payload.
func (c *Config) isPayload(name string) bool {
	_, bare, tagged := strings.Cut(name, " ")
	return slices.ContainsFunc(c.Payloads, func(pattern string) bool {
		whole, _ := path.Match(pattern, name)
		part, _ := path.Match(pattern, bare)
		return whole || tagged && part
	})
}

// IsSystem tells whether the user said that others maintain a file.
func (c *Config) IsSystem(path string) bool {
	return slices.ContainsFunc(c.System, func(pattern string) bool {
		file, _ := doublestar.PathMatch(pattern, path)
		below, _ := doublestar.PathMatch(filepath.Join(pattern, "**"), path)
		return file || below
	})
}
