package index

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Use says where a record crosses the kernel boundary, and how.
type Use struct {
	Name string // the command's, or "copy_to_user", "__user pointer"
	Path string
	// Start and End are where it is named, in bytes.
	Start, End int
	// Command tells that Name is an ioctl command's.
	Command bool
}

// View is the index at one moment. Immutable.
type View struct {
	files map[string]*facts
	uses  map[string][]Use    // by "struct foo" or "foo_t"
	bases map[string][]string // files by the last part of their paths
	homes map[string][]string // files that define a record, by "struct foo"
	whole bool                // nothing was left out

	mu     sync.Mutex
	within map[[2]string]bool // answers of includes
}

// makers are the macros that make a command's number (asm/ioctl.h, drm.h).
var makers = []string{"_IOR", "_IOW", "_IOWR", "_IOC", "_IOR_BAD", "_IOW_BAD", "_IOWR_BAD", "DRM_IOR", "DRM_IOW", "DRM_IOWR"}

// newView brings together what the files say.
func newView(files map[string]*facts, whole bool) *View {
	v := &View{files: files, uses: map[string][]Use{}, bases: map[string][]string{}, homes: map[string][]string{}, whole: whole}
	making := making(files)
	for path, f := range files {
		v.bases[filepath.Base(path)] = append(v.bases[filepath.Base(path)], path)
		for _, d := range f.defines {
			if list := v.homes[d]; len(list) == 0 || list[len(list)-1] != path {
				v.homes[d] = append(list, path)
			}
		}
		for _, m := range f.macros {
			if making[m.invoke] {
				for _, t := range m.types {
					v.uses[t] = append(v.uses[t], Use{Name: m.name, Path: path, Start: m.start, End: m.start + len(m.name), Command: true})
				}
			}
		}
		for i, u := range f.crossing {
			u.Path = path
			v.uses[f.keys[i]] = append(v.uses[f.keys[i]], u)
		}
	}
	for _, list := range v.uses {
		slices.SortFunc(list, compareUses)
	}
	for _, list := range v.bases {
		slices.Sort(list)
	}
	return v
}

// compareUses puts commands first, then goes by place.
func compareUses(a, b Use) int {
	switch {
	case a.Command != b.Command:
		if a.Command {
			return -1
		}
		return 1
	case a.Path != b.Path:
		return strings.Compare(a.Path, b.Path)
	}
	return a.Start - b.Start
}

// making is the macros that make commands, through any number of wrappers.
func making(files map[string]*facts) map[string]bool {
	known := map[string]bool{}
	wrappers := map[string][]string{} // by what they invoke
	var queue []string
	for _, f := range files {
		for _, m := range f.macros {
			if m.params {
				wrappers[m.invoke] = append(wrappers[m.invoke], m.name)
			}
		}
	}
	for _, m := range makers {
		known[m] = true
		queue = append(queue, m)
	}
	for len(queue) > 0 {
		next := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, w := range wrappers[next] {
			if !known[w] {
				known[w] = true
				queue = append(queue, w)
			}
		}
	}
	return known
}

// Uses lists where a record of the file at path crosses, by the names that it
// has: "struct foo", "foo_t". A place counts if its file and the record's
// include one another, or if the whole workspace defines no other record of
// that tag.
func (v *View) Uses(path string, names ...string) []Use {
	if v == nil {
		return nil
	}
	var list []Use
	for _, name := range names {
		alone := v.whole && strings.Contains(name, " ") && !slices.ContainsFunc(v.homes[name], func(home string) bool { return home != path })
		uses := v.uses[name]
		for _, u := range uses[:min(len(uses), maxAsked)] {
			if u.Path != path && (alone && u.Command || v.includes(u.Path, path) || v.includes(path, u.Path)) {
				list = append(list, u)
				if len(list) >= maxUses {
					return list
				}
			}
		}
	}
	return list
}

// Bounds of a question.
const (
	maxUses    = 8
	maxAsked   = 64  // places that are looked at
	maxVisited = 512 // files that are followed over their includes
	maxMeant   = 4   // files that one #include may mean
)

// includes tells whether a file includes another one, directly or not. It is
// asked at every keystroke.
func (v *View) includes(from, to string) bool {
	pair := [2]string{from, to}
	v.mu.Lock()
	answer, known := v.within[pair]
	v.mu.Unlock()
	if known {
		return answer
	}
	answer = v.reaches(from, to)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.within == nil || len(v.within) >= maxAnswers {
		v.within = map[[2]string]bool{}
	}
	v.within[pair] = answer
	return answer
}

// maxAnswers bounds how many answers are remembered.
const maxAnswers = 1 << 14

// reaches looks for a way of #includes from one file to another.
func (v *View) reaches(from, to string) bool {
	visited := map[string]bool{from: true}
	queue := []string{from}
	for len(queue) > 0 && len(visited) < maxVisited {
		at := queue[0]
		queue = queue[1:]
		f := v.files[at]
		if f == nil {
			continue
		}
		for _, inc := range f.includes {
			for _, meant := range v.meant(at, inc, to) {
				if meant == to {
					return true
				}
				if !visited[meant] {
					visited[meant] = true
					queue = append(queue, meant)
				}
			}
		}
	}
	return false
}

// meant is the files of the index that an #include may mean: the one beside
// the includer, else those whose path ends so.
func (v *View) meant(from, name, to string) []string {
	beside := filepath.Join(filepath.Dir(from), name)
	if beside == to || v.files[beside] != nil {
		return []string{beside}
	}
	ending := string(filepath.Separator) + filepath.Clean(filepath.FromSlash(name))
	var list []string
	if strings.HasSuffix(to, ending) { // it may be new
		list = append(list, to)
	}
	for _, p := range v.bases[filepath.Base(ending)] {
		if strings.HasSuffix(p, ending) && len(list) < maxMeant {
			list = append(list, p)
		}
	}
	return list
}
