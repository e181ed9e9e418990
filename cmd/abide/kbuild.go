package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
)

// sparseFlags is the command that the kernel's makefiles give sparse, as a
// compiler's: CHECKFLAGS predefines one architecture's macros (-D__x86_64__),
// which compilers know themselves, and which are wrong for other ABIs.
func sparseFlags(dir string, args []string) compdb.Command {
	command := compdb.Parse(dir, args)
	command.Source = "kbuild"
	own := map[string]bool{}
	for _, a := range abi.All() {
		for line := range strings.Lines(a.Macros) {
			if f := strings.Fields(line); len(f) > 1 {
				own[f[1]] = true
			}
		}
	}
	command.Defines = slices.DeleteFunc(command.Defines, func(d cpp.Define) bool { return own[d.Name] && slices.Contains(args, "-D"+d.Name) })
	return command
}

// ownHeaders lists the headers that belong to what is compiled: those that a
// file names in an #include and that lie in its directory or below. Nobody else
// hands them to the kernel's checker.
func ownHeaders(ctx context.Context, session *analysis.Session, files []string) []string {
	var list []string
	for _, file := range files {
		snapshot, err := open(session, file)
		if err != nil {
			continue // checking it says so
		}
		targets, err := snapshot.Targets(ctx)
		if err != nil {
			continue
		}
		dir := filepath.Dir(snapshot.Path()) + string(filepath.Separator)
		for _, t := range targets {
			for _, inc := range t.Result.Includes() {
				below, ok := strings.CutPrefix(inc.Path, dir)
				if !ok || inc.Loc.Path != snapshot.Path() {
					continue
				}
				if header := filepath.Join(filepath.Dir(file), below); !slices.Contains(list, header) {
					list = append(list, header)
				}
			}
		}
	}
	return list
}
