package compdb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const maxClangd = 1 << 20

// clangd is what the .clangd files above a source file say about its flags
// (clangd's documentation, "Configuration", CompileFlags and If).
type clangd struct {
	edits      []flagEdit
	compiler   string
	database   string // path, if one is named
	noDatabase bool
	source     string
}

// flagEdit is what one fragment does to the flags; dir is where it stands.
type flagEdit struct {
	dir         string
	remove, add []string
}

// fragment is one YAML document of a .clangd.
type fragment struct {
	If struct {
		PathMatch   stringList `yaml:"PathMatch"`
		PathExclude stringList `yaml:"PathExclude"`
	} `yaml:"If"`
	CompileFlags struct {
		Add                 stringList `yaml:"Add"`
		Remove              stringList `yaml:"Remove"`
		Compiler            string     `yaml:"Compiler"`
		CompilationDatabase string     `yaml:"CompilationDatabase"`
	} `yaml:"CompileFlags"`

	match, exclude []*regexp.Regexp
}

// stringList is a list, or a single string.
type stringList []string

func (l *stringList) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*l = stringList{n.Value}
		return nil
	}
	return n.Decode((*[]string)(l))
}

func readClangd(path string) ([]fragment, error) {
	content, err := readFile(path, maxClangd)
	if err != nil {
		return nil, err
	}
	var out []fragment
	dec := yaml.NewDecoder(bytes.NewReader(content))
	for len(out) < maxFragments {
		var f fragment
		err := dec.Decode(&f)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, yamlError(path, err)
		}
		if f.match, err = compileAll(f.If.PathMatch); err == nil {
			f.exclude, err = compileAll(f.If.PathExclude)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		out = append(out, f)
	}
	return out, nil
}

const maxFragments = 1024

var yamlLine = regexp.MustCompile(`(?:yaml: )?(?:unmarshal errors:\s*)?line (\d+): (.*)`)

// yamlError puts the line that the decoder names behind the file's name.
func yamlError(path string, err error) error {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("read %s:%s: %s", path, m[1], m[2])
	}
	return fmt.Errorf("read %s: %w", path, err)
}

func compileAll(patterns []string) ([]*regexp.Regexp, error) {
	var out []*regexp.Regexp
	for _, p := range patterns {
		re, err := regexp.Compile(`^(?:` + p + `)$`)
		if err != nil {
			return nil, err
		}
		out = append(out, re)
	}
	return out, nil
}

func (f *fragment) applies(rel string) bool {
	matches := func(re *regexp.Regexp) bool { return re.MatchString(rel) }
	return (len(f.match) == 0 || slices.ContainsFunc(f.match, matches)) && !slices.ContainsFunc(f.exclude, matches)
}

// clangd merges the .clangd files above a source file, the outermost first.
func (d *DB) clangd(path string) (clangd, error) {
	var c clangd
	for _, dir := range slices.Backward(slices.Collect(ancestors(path))) {
		name := filepath.Join(dir, ".clangd")
		fragments, ok, err := load(&d.dbState, name, readClangd)
		if err != nil {
			return clangd{}, err
		}
		if !ok {
			continue
		}
		rel := filepath.ToSlash(relative(dir, path))
		for i := range fragments {
			if f := &fragments[i]; f.applies(rel) {
				c.merge(dir, f)
			}
		}
		c.source = ".clangd"
	}
	return c, nil
}

func (c *clangd) merge(dir string, f *fragment) {
	flags := &f.CompileFlags
	if len(flags.Add) > 0 || len(flags.Remove) > 0 {
		c.edits = append(c.edits, flagEdit{dir: dir, remove: flags.Remove, add: flags.Add})
	}
	if flags.Compiler != "" {
		c.compiler = flags.Compiler
	}
	switch db := flags.CompilationDatabase; db {
	case "":
	case "Ancestors":
		c.database, c.noDatabase = "", false
	case "None":
		c.database, c.noDatabase = "", true
	default:
		if !filepath.IsAbs(db) {
			db = filepath.Join(dir, db)
		}
		c.database, c.noDatabase = drive(db), false
	}
}

func (c *clangd) changesFlags() bool { return len(c.edits) > 0 || c.compiler != "" }

// apply edits the command line of a compiler that runs in dir; the compiler's
// name stays in front.
func (c *clangd) apply(dir string, args []string) []string {
	if !c.changesFlags() {
		return args
	}
	name, rest := compiler(args)
	if c.compiler != "" {
		name = c.compiler
	}
	rest = slices.Clone(rest)
	for _, e := range c.edits {
		rest = removeFlags(rest, e.remove)
		add := e.added(dir)
		if i := slices.Index(rest, "--"); i >= 0 {
			rest = slices.Insert(rest, i, add...)
		} else {
			rest = append(rest, add...)
		}
	}
	if name == "" {
		return rest
	}
	return append([]string{name}, rest...)
}

// added are the flags to add. Directories in them are relative to the one that
// the compiler runs in; those that are not there, but beside the .clangd, are
// what was meant.
func (e *flagEdit) added(dir string) []string {
	out := slices.Clone(e.add)
	for i, arg := range out {
		o := findOption(arg)
		if o == nil || !slices.Contains(directoryFlags, o.name) {
			continue
		}
		at, flag := i, o.name
		if arg == o.name {
			if at, flag = i+1, ""; at == len(out) {
				break
			}
		}
		value := strings.TrimPrefix(out[at], flag)
		beside := filepath.Join(e.dir, value)
		if value != "" && !filepath.IsAbs(value) && !isDir(filepath.Join(dir, value)) && isDir(beside) {
			out[at] = flag + beside
		}
	}
	return out
}

var directoryFlags = []string{"-I", "-iquote", "-isystem", "-idirafter"}

// removeFlags takes flags off a command line. A pattern that ends in "*"
// removes every argument that starts so; a flag that takes an argument is
// removed with it, in both spellings; anything else is removed if equal.
func removeFlags(args, patterns []string) []string {
	out := args[:0]
	for i := 0; i < len(args); i++ {
		if n := removes(patterns, args[i]); n > 0 {
			i += n - 1
			continue
		}
		out = append(out, args[i])
	}
	return out
}

// removes gives the number of arguments, from arg on, that patterns remove.
func removes(patterns []string, arg string) int {
	for _, p := range patterns {
		if prefix, ok := strings.CutSuffix(p, "*"); ok {
			if strings.HasPrefix(arg, prefix) {
				return 1
			}
			continue
		}
		o := findOption(p)
		switch {
		case arg == p && o != nil && o.form != alone && o.form != joined:
			return 2
		case arg == p:
			return 1
		case o != nil && o.name == p && o.form == either && strings.HasPrefix(arg, p) && findOption(arg) == o:
			return 1
		case o != nil && o.name == p && o.form == long && strings.HasPrefix(arg, p+"="):
			return 1
		}
	}
	return 0
}

// findOption gives the option that an argument is, or starts with.
func findOption(arg string) *option {
	for i := range options {
		o := &options[i]
		if arg == o.name || (strings.HasPrefix(arg, o.name) && (o.form == joined || o.form == either ||
			(o.form == long && arg[len(o.name)] == '='))) {
			return o
		}
	}
	return nil
}
