package text

import "github.com/rogpeppe/go-internal/diff"

// Unified draws the difference of two texts as a unified diff with three lines
// of context. It is empty if they are equal.
func Unified(oldName, newName string, a, b *File) string {
	out := diff.Diff(oldName, []byte(a.Content()), newName, []byte(b.Content()))
	if len(out) == 0 {
		return ""
	}
	return string(out[len("diff  \n")+len(oldName)+len(newName):])
}
