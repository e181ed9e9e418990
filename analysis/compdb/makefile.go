package compdb

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

const maxMakefile = 4 << 20

// makefile is the variable assignments of a Makefile or Kbuild file, as text:
// nothing is expanded, everything that is assigned to a variable is kept, in
// order; what conditionals leave out counts, too, until it is configured.
type makefile struct {
	order []string
	vars  map[string][]string // the words
	// listed gives for each object of an obj- variable the first such variable.
	listed map[string]string
	// includes are the files named by include lines.
	includes []string
	text     string

	mu     sync.Mutex
	config *kconfig
	under  *makefile // what it says with that configuration
}

// configured is what the file says with a configuration.
func (m *makefile) configured(config *kconfig) *makefile {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.under == nil || m.config != config {
		m.config, m.under = config, parseMakefile(m.text, &conditions{config: config})
	}
	return m.under
}

var assignmentLine = regexp.MustCompile(`^\s*(?:export\s+|override\s+)*([\w.\-/$(){}]+)\s*(?:[:?+]|::)?=\s*(.*)$`)

// How many words a loop goes through, and how long its line may be, in bytes.
const maxLoop, maxLoopLine = 1 << 10, 1 << 10

// loopLine assigns for each of some words: its variable, the words, the line.
var loopLine = regexp.MustCompile(`^\$\(foreach\s+(\w+)\s*,\s*(.*?)\s*,\s*\$\(eval\s+(.*)\)\)$`)

func readMakefile(name string) (*makefile, error) {
	content, err := readFile(name, maxMakefile)
	if err != nil {
		return nil, err
	}
	return parseMakefile(string(content), nil), nil
}

func parseMakefile(content string, conds *conditions) *makefile {
	m := &makefile{vars: map[string][]string{}, listed: map[string]string{}, text: content}
	if conds != nil {
		conds.vars = m.vars
	}
	content = strings.ReplaceAll(content, "\\\r\n", " ")
	content = strings.ReplaceAll(content, "\\\n", " ")
	for line := range strings.Lines(content) {
		if conds != nil && (conds.line(line) || !conds.active()) {
			continue
		}
		if strings.HasPrefix(line, "\t") && !strings.Contains(line, ":=") && !strings.Contains(line, "+=") {
			continue // a recipe
		}
		line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(line, "-"), "include "); ok {
			m.includes = append(m.includes, strings.Fields(rest)...)
			continue
		}
		if l := loopLine.FindStringSubmatch(line); l != nil && len(line) <= maxLoopLine {
			for _, word := range m.words(l[2]) {
				m.assign(strings.ReplaceAll(l[3], "$("+l[1]+")", word))
			}
			continue
		}
		m.assign(line)
	}
	return m
}

// assign executes a line, if it is an assignment.
func (m *makefile) assign(line string) {
	a := assignmentLine.FindStringSubmatch(line)
	if a == nil {
		return
	}
	if _, ok := m.vars[a[1]]; !ok {
		m.order = append(m.order, a[1])
	}
	words := strings.Fields(a[2])
	m.vars[a[1]] = append(m.vars[a[1]], words...)
	if strings.HasPrefix(a[1], "obj-") {
		for _, w := range words {
			if m.listed[w] == "" {
				m.listed[w] = a[1]
			}
		}
	}
}

// words is the words of a text, the variables of the file in it replaced, up to
// maxLoop of them.
func (m *makefile) words(s string) (list []string) {
	for _, w := range strings.Fields(s) {
		if len(list) >= maxLoop {
			return list[:maxLoop]
		}
		if variableUse.FindString(w) == w {
			list = append(list, m.vars[w[2:len(w)-1]]...)
		} else {
			list = append(list, w)
		}
	}
	return list
}

// buildsModule tells whether the file has Kbuild's obj-m, or obj-$(CONFIG_…)
// together with a call of a kernel's Makefile.
func (m *makefile) buildsModule() bool {
	return len(m.vars["obj-m"]) > 0 || (m.hasObjects() && callsKernel.MatchString(m.text))
}

var callsKernel = regexp.MustCompile(`\$\(MAKE\)[^\n]*-C[^\n]*\bM=`)

func (m *makefile) hasObjects() bool {
	return len(m.listed) > 0
}

// module gives the module that an object becomes part of, and the obj-
// variable that lists it. object is relative to the Makefile: "a.o", "src/a.o".
func (m *makefile) module(object string, config *kconfig) (name, list string) {
	if v, ok := m.listed[object]; ok && config.enabled(v) {
		return strings.TrimSuffix(path.Base(object), ".o"), v
	}
	for _, v := range m.order {
		composite, ok := compositeName(v)
		if !ok || !m.contains(v, object, map[string]bool{}) || !config.enabled(v) {
			continue
		}
		if o, ok := m.listed[composite+".o"]; ok && config.enabled(o) {
			return composite, o
		}
	}
	return "", ""
}

// contains tells whether a variable lists an object, itself or through another
// variable of the file.
func (m *makefile) contains(variable, object string, seen map[string]bool) bool {
	seen[variable] = true
	for _, w := range m.vars[variable] {
		if w == object {
			return true
		}
		if variableUse.FindString(w) != w || w == "" {
			continue
		}
		if inner := w[2 : len(w)-1]; !seen[inner] && m.contains(inner, object, seen) {
			return true
		}
	}
	return false
}

// compositeName gives the module that a list of objects makes up: foo for
// foo-objs, foo-y, foo-m and foo-$(CONFIG_BAR).
func compositeName(variable string) (string, bool) {
	i := strings.LastIndexByte(variable, '-')
	if i <= 0 {
		return "", false
	}
	switch suffix := variable[i+1:]; {
	case suffix == "objs", suffix == "y", suffix == "m", strings.HasPrefix(suffix, "$("):
		return variable[:i], true
	}
	return "", false
}

// flagVariables are what Kbuild adds to a compiler's command line
// (Documentation/kbuild/makefiles.rst, "Compilation flags").
// The first ones hold in directories below, too.
var (
	inheritedFlags = []string{"KBUILD_CPPFLAGS", "KCFLAGS", "subdir-ccflags-"}
	ownFlags       = []string{"ccflags-", "EXTRA_CFLAGS"}
)

// flagVariables lists the variables of the file that hold flags for an object,
// in the order in which Kbuild uses them.
func (m *makefile) flagVariables(object string, inherited bool, config *kconfig) []string {
	names := inheritedFlags
	if !inherited {
		names = slices.Concat(inheritedFlags, ownFlags, []string{"CFLAGS_" + object})
	}
	var out []string
	for _, name := range names {
		for _, v := range m.order {
			rest, ok := strings.CutPrefix(v, name)
			if v == name || ok && strings.HasSuffix(name, "-") &&
				(rest == "y" || rest == "m" || strings.HasPrefix(rest, "$(") && config.enabled(v)) {
				out = append(out, v)
			}
		}
	}
	return out
}

// flags gives the -I, -D, -U and -include of a Makefile for an object, with
// Kbuild's variables replaced. Words with any other variable are left out.
// inherited asks for what holds in directories below, too.
func (m *makefile) flags(object string, inherited bool, config *kconfig, variables map[string]string) []string {
	var out []string
	for _, name := range m.flagVariables(object, inherited, config) {
		words := m.vars[name]
		for i := 0; i < len(words); i++ {
			w := words[i]
			o := findOption(w)
			if o == nil || !keptFlags[o.name] {
				continue
			}
			taken := []string{w}
			if w == o.name && o.form != alone && i+1 < len(words) {
				i++
				taken = append(taken, words[i])
			}
			for j, w := range taken {
				w = strings.Trim(expandVariables(w, variables), `"`)
				taken[j] = strings.NewReplacer(`\"`, `"`, `'`, ``).Replace(w)
			}
			if !slices.ContainsFunc(taken, func(w string) bool { return strings.Contains(w, "$(") || strings.Contains(w, "${") }) {
				out = append(out, taken...)
			}
		}
	}
	return out
}

var keptFlags = map[string]bool{
	"-I": true, "-D": true, "-U": true, "-include": true, "-iquote": true, "-isystem": true, "-imacros": true,
	"-fshort-enums": true, "-fno-short-enums": true, "-fms-extensions": true, "-fpack-struct": true,
}

var variableUse = regexp.MustCompile(`\$[({]([\w-]+)[)}]`)

func expandVariables(s string, variables map[string]string) string {
	return variableUse.ReplaceAllStringFunc(s, func(use string) string {
		if v, ok := variables[use[2:len(use)-1]]; ok {
			return v
		}
		return use
	})
}
