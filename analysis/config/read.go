package config

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/bmatcuk/doublestar/v4"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
)

// source is one document while it is read.
type source struct {
	path     string // of .abide.toml; empty for an editor's settings
	dir      string // what relative paths are relative to; empty for none
	problems []Problem
}

// ReadTOML reads a project's settings. path is absolute.
func ReadTOML(path string, content []byte) (Layer, []Problem) {
	root, problems := fromTOML(path, content)
	if problems != nil {
		return Layer{}, problems
	}
	s := &source{path: path, dir: filepath.Dir(path)}
	var l Layer
	s.table(&l, &root, "")
	slices.SortStableFunc(s.problems, func(a, b Problem) int { return a.Line - b.Line })
	return l, s.problems
}

// ReadJSON reads an editor's settings: an object of them, or one that holds it
// under "abide". An empty text and null are no settings, and a setting that is
// null or empty is not set. dir is what relative paths are relative to; it may
// be empty.
func ReadJSON(raw []byte, dir string) (Layer, []Problem) {
	var l Layer
	if strings.TrimSpace(string(raw)) == "" {
		return l, nil
	}
	s := &source{dir: dir}
	root, err := fromJSON(raw)
	for err == nil && len(root.fields) > 0 && root.fields[0].key == "abide" {
		root = root.fields[0].value
	}
	switch {
	case err != nil:
		return l, []Problem{{Message: fmt.Sprintf("The settings are ignored: %v.", err)}}
	case root.kind == null:
		return l, nil
	case root.kind != table:
		return l, []Problem{{Message: fmt.Sprintf("The settings are ignored: they are %s, and must be an object.", root.brief())}}
	}
	s.table(&l, &root, "")
	return l, s.problems
}

// table reads the fields of a table; before is "group." for one within.
func (s *source) table(l *Layer, t *value, before string) {
	for i := range t.fields {
		f := &t.fields[i]
		name := before + f.key
		k := slices.IndexFunc(Keys, func(k Key) bool { return k.Name == name })
		switch {
		case k >= 0 && Keys[k].Editor && s.path != "":
			s.problem(f.place, "%s belongs to the editor's settings, not to %s", name, Name)
		case k >= 0 && f.value.kind == null:
		case k >= 0 && Keys[k].Editor:
			s.editor(l, &Keys[k], &f.value)
		case k >= 0:
			Keys[k].read(s, l, &f.value)
		case f.value.kind == table && slices.ContainsFunc(Keys, func(k Key) bool { return strings.HasPrefix(k.Name, name+".") }):
			s.table(l, &f.value, name+".")
		default:
			s.problem(f.place, "there is no setting %.60q; %s", name, s.suggest(name, s.names()))
		}
	}
}

// editor reads a setting that editors alone have.
func (s *source) editor(l *Layer, k *Key, v *value) {
	if s.unset(v) {
		return
	}
	allowed, ok := "", v.kind == text
	switch k.Type {
	case Flag:
		allowed, ok = "true or false", v.kind == flag
	case Path:
		allowed = "a path"
	case Choice, ABIChoice:
		var options []string
		for _, o := range k.Options {
			options = append(options, fmt.Sprintf("%q", o.Value))
		}
		ok = ok && slices.ContainsFunc(k.Options, func(o Option) bool { return o.Value == v.text })
		if k.Type == ABIChoice {
			options = append(options, "the name of an ABI")
			ok = ok || v.kind == text && abi.Lookup(v.text) != nil
		}
		last := len(options) - 1
		allowed = strings.Join(options[:last], ", ") + " or " + options[last]
	}
	if !ok {
		s.problem(v.place, "%s is %s, and must be %s", k.Name, v.brief(), allowed)
		return
	}
	if l.Editor == nil {
		l.Editor = map[string]string{}
	}
	l.Editor[k.Name] = v.text
}

// names lists the keys that may stand in the source.
func (s *source) names() []string {
	var list []string
	for _, k := range Keys {
		if s.path == "" || !k.Editor {
			list = append(list, k.Name)
		}
	}
	return list
}

// suggest names the nearest of some names, or all if none is near.
func (s *source) suggest(name string, names []string) string {
	best, distance := "", min(4, 1+len(name)/2)
	for _, n := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(n)); d < distance {
			best, distance = n, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	return "give one of " + strings.Join(names, ", ")
}

func (s *source) problem(at place, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if s.path == "" {
		message = "A setting is ignored: " + message
		if !strings.HasSuffix(message, "?") {
			message += "."
		}
	}
	s.problems = append(s.problems, Problem{s.path, at.line, at.column, at.end, message})
}

// strings reads a list of texts, or one alone.
func (s *source) strings(v *value, key, what string) (items []value, ok bool) {
	if v.kind == text {
		return []value{*v}, true
	}
	if v.kind != list {
		s.problem(v.place, "%s is %s, and must be a list of %s", key, v.brief(), what)
		return nil, false
	}
	for _, item := range v.items {
		if item.kind != text {
			s.problem(item.place, "%s has %s in it, and must be a list of %s", key, item.brief(), what)
			return nil, false
		}
	}
	return v.items, true
}

func readABIs(s *source, l *Layer, v *value) {
	names, ok := s.strings(v, "abis", `names, or "default" or "all"`)
	if !ok {
		return
	}
	var chosen []*abi.ABI
	for i := range names {
		if strings.TrimSpace(names[i].text) == "" {
			continue
		}
		more, err := abi.Parse(names[i].text)
		if err != nil {
			s.problem(names[i].place, "abis: %v", err)
			continue
		}
		for _, a := range more {
			if !slices.Contains(chosen, a) {
				chosen = append(chosen, a)
			}
		}
	}
	l.ABIs = chosen
}

// Scopes is the values of the setting scope.
var Scopes = map[string]analysis.Scope{
	"payload": analysis.ScopePayload,
	"uapi":    analysis.ScopeUAPI,
	"all":     analysis.ScopeAll,
}

func readScope(s *source, l *Layer, v *value) {
	if s.unset(v) {
		return
	}
	scope, ok := Scopes[v.text]
	if v.kind != text || !ok {
		s.problem(v.place, `scope is %s, and must be "payload", "uapi" or "all"`, v.brief())
		return
	}
	l.Scope = &scope
}

// unset tells whether an editor says nothing by an empty text.
func (s *source) unset(v *value) bool { return s.path == "" && v.kind == text && v.text == "" }

func readSeverities(s *source, l *Layer, v *value) {
	if v.kind != table {
		s.problem(v.place, `severities is %s, and must be a table: rule = "severity"`, v.brief())
		return
	}
	var rules []string
	for _, c := range checks.All() {
		rules = append(rules, c.Name)
	}
	l.Severities = map[string]analysis.Severity{}
	for i := range v.fields {
		f := &v.fields[i]
		if !slices.Contains(rules, f.key) {
			s.problem(f.place, "there is no rule %.60q; %s", f.key, s.suggest(f.key, rules))
			continue
		}
		severity, ok := analysis.ParseSeverity(f.value.text)
		if f.value.kind != text || !ok {
			s.problem(f.value.place, "the severity of %s is %s, and must be error, warning, information, hint or off", f.key, f.value.brief())
			continue
		}
		l.Severities[f.key] = severity
	}
}

func readPayloads(s *source, l *Layer, v *value) {
	names, ok := s.strings(v, "payloads", "names of records")
	for i := range names {
		if _, err := path.Match(names[i].text, ""); err != nil {
			s.problem(names[i].place, "payloads: %.60q is not a pattern", names[i].text)
			ok = false
		}
	}
	if ok {
		l.Payloads = texts(names)
	}
}

func readSystem(s *source, l *Layer, v *value) {
	paths, ok := s.strings(v, "systemPaths", "paths")
	for i := range paths {
		p := &paths[i]
		if !filepath.IsAbs(p.text) && s.dir == "" {
			s.problem(p.place, "systemPaths: %.120q is relative, and no folder is open that it could be relative to", p.text)
			ok = false
			continue
		}
		if !doublestar.ValidatePathPattern(p.text) {
			s.problem(p.place, "systemPaths: %.120q is not a pattern", p.text)
			ok = false
		}
		p.text = s.absolute(p.text)
	}
	if ok {
		l.System = texts(paths)
	}
}

func texts(list []value) []string {
	var all []string
	for _, v := range list {
		all = append(all, v.text)
	}
	return all
}

func readCompDB(s *source, l *Layer, v *value) {
	l.CompDB = s.pathOf(v, "compilationDatabase", "the path of a compile_commands.json or of its folder")
}

// readBaseline reads where the baseline is: a project's lies in the project, so
// that opening a folder reads nothing outside of it.
func readBaseline(s *source, l *Layer, v *value) {
	if s.path != "" && v.kind == text && !filepath.IsLocal(v.text) && v.text != "" {
		s.problem(v.place, "baseline is %s, and must be a path below the folder of %s", v.brief(), Name)
		return
	}
	l.Baseline = s.pathOf(v, "baseline", "the path of a file")
}

func (s *source) pathOf(v *value, key, what string) *string {
	switch {
	case s.unset(v):
		return nil
	case v.kind != text:
		s.problem(v.place, "%s is %s, and must be %s", key, v.brief(), what)
		return nil
	case v.text != "" && !filepath.IsAbs(v.text) && s.dir == "":
		s.problem(v.place, "%s: %.120q is relative, and no folder is open that it could be relative to", key, v.text)
		return nil
	}
	p := v.text
	if p != "" {
		p = s.absolute(p)
	}
	return &p
}

func (s *source) absolute(p string) string {
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(s.dir, p)
}
