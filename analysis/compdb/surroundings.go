package compdb

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// How far above a file headers of its project are looked for.
const maxSurroundings = 5

// project marks the top directory of a project.
var project = []string{".git", ".hg", ".svn", "debian", ".clangd", ".abide.toml"}

// installed is where headers lie that belong to a machine, not to a project,
// and directories of them that are one architecture's own.
var installed = regexp.MustCompile(`^/usr/(include|lib|[^/]+/include)/|/include/[a-z0-9_]+-linux-[a-z0-9]+/|/(asm|arch)/`)

// surroundings lists the directories that a project most likely gives its
// compiler with -I: those above a file, the nearest first, each behind its
// own "include". Asked behind all others they decide only what would
// otherwise not be found.
func surroundings(path string) []string {
	if installed.MatchString(filepath.ToSlash(path)) {
		return nil
	}
	home, _ := os.UserHomeDir()
	var dirs []string
	for dir := range ancestors(path) {
		if len(dirs) >= 2*maxSurroundings || len(dirs) > 0 && (dir == home || filepath.Dir(dir) == dir) {
			break
		}
		dirs = append(dirs, filepath.Join(dir, "include"), dir)
		if slices.ContainsFunc(project, func(mark string) bool {
			_, err := os.Lstat(filepath.Join(dir, mark))
			return err == nil
		}) {
			break
		}
	}
	return slices.DeleteFunc(dirs, func(dir string) bool {
		return strings.HasSuffix(dir, "include") && !isDir(dir)
	})
}
