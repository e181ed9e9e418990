// Package checktest runs a rule over fixtures: C in, findings and fixes out.
//
// A fixture is a txtar archive, testdata/<name>.txtar. Its comment says what is
// tested; lines of the form "abi: all", "scope: all", "off: pointer-field" and
// "line ends: CRLF" in it configure. The first file is the one that is checked; the others are
// headers beside it. Beside each line that should be found stands
//
//	__u64 stamp; // want "warning: .* hole before 'stamp'"
//
// with a regular expression for each finding. The file "fixes" holds what each
// offered fix makes of the checked file, as a diff; -update writes it.
package checktest

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/text"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the fixes make into the fixtures")

// fixes is the file of an archive that holds what the fixes make.
const fixes = "fixes"

// Run checks every fixture of the package's testdata with one rule.
func Run(t *testing.T, check *analysis.Check) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no fixtures in testdata")
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { run(t, check, path) })
	}
}

// Disk is a file system in memory.
type Disk map[string]string

// Read gives a file's content.
func (d Disk) Read(path string) (string, error) {
	content, ok := d[path]
	if !ok {
		return "", errors.New("file not found")
	}
	return content, nil
}

// Exists tells whether there is a file.
func (d Disk) Exists(path string) bool {
	_, ok := d[path]
	return ok
}

func run(t *testing.T, check *analysis.Check, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cfg, crlf, err := settings(string(archive.Comment))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Checks = []*analysis.Check{check}
	disk, golden := Disk{}, ""
	for _, f := range archive.Files {
		if f.Name == fixes {
			golden = string(f.Data)
			continue
		}
		content := string(f.Data)
		if crlf {
			content = strings.ReplaceAll(content, "\n", "\r\n")
		}
		disk["/src/"+f.Name] = content
	}
	s, err := analysis.NewSession(cfg, disk).Snapshot("/src/" + archive.Files[0].Name)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := s.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	match(t, s.Text(), findings)

	got := applied(t, s.Text(), findings)
	if got == golden {
		return
	}
	if !*update {
		t.Errorf("the fixes make something else; -update writes this:\n%s", text.Unified("want", "got", text.New(golden), text.New(got)))
		return
	}
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == fixes })
	if got != "" {
		archive.Files = append(archive.Files, txtar.File{Name: fixes, Data: []byte(got)})
	}
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

var setting = regexp.MustCompile(`(?m)^(abi|scope|off|line ends): *(.*)$`)

func settings(comment string) (cfg analysis.Config, crlf bool, err error) {
	for _, m := range setting.FindAllStringSubmatch(comment, -1) {
		switch m[1] {
		case "abi":
			if m[2] == "all" {
				cfg.ABIs = abi.All()
				continue
			}
			for _, name := range strings.Fields(m[2]) {
				a := abi.Lookup(name)
				if a == nil {
					return cfg, false, fmt.Errorf("no ABI %q", name)
				}
				cfg.ABIs = append(cfg.ABIs, a)
			}
		case "scope":
			cfg.Scope = map[string]analysis.Scope{"payload": analysis.ScopePayload, "uapi": analysis.ScopeUAPI, "all": analysis.ScopeAll}[m[2]]
		case "off":
			cfg.Severities = map[string]analysis.Severity{}
			for _, rule := range strings.Fields(m[2]) {
				cfg.Severities[rule] = analysis.Off
			}
		case "line ends":
			crlf = m[2] == "CRLF"
		}
	}
	return cfg, crlf, nil
}

var (
	wanted = regexp.MustCompile("want((?: +(?:\"[^\"]*\"|`[^`]*`))+)")
	quoted = regexp.MustCompile("\"[^\"]*\"|`[^`]*`")
)

// match holds the findings against the expectations beside the lines.
func match(t *testing.T, f *text.File, findings []analysis.Finding) {
	t.Helper()
	found := map[int][]string{}
	for _, x := range findings {
		line := f.LineOf(x.Span.Start)
		found[line] = append(found[line], x.Severity.String()+": "+x.Message)
	}
	for line := range f.LineCount() {
		content := f.Content()[f.LineStart(line):f.LineEnd(line)]
		for _, list := range wanted.FindAllStringSubmatch(content, -1) {
			for _, q := range quoted.FindAllString(list[1], -1) {
				pattern, err := strconv.Unquote(q)
				if err != nil {
					t.Fatalf("line %d: %v", line+1, err)
				}
				re, err := regexp.Compile("^(?:" + pattern + ")$")
				if err != nil {
					t.Fatalf("line %d: %v", line+1, err)
				}
				i := slices.IndexFunc(found[line], re.MatchString)
				if i < 0 {
					t.Errorf("line %d: want %s, got %q", line+1, q, found[line])
					continue
				}
				found[line] = slices.Delete(found[line], i, i+1)
			}
		}
		for _, message := range found[line] {
			t.Errorf("line %d: unexpected %s", line+1, message)
		}
	}
}

// applied says what each fix makes of the file.
func applied(t *testing.T, f *text.File, findings []analysis.Finding) string {
	t.Helper()
	var b strings.Builder
	for _, x := range findings {
		for _, fix := range x.Fixes() {
			g, err := f.Apply(fix.Edits...)
			if err != nil {
				t.Errorf("%s: %v", fix.Title, err)
				continue
			}
			preferred := ""
			if fix.Preferred {
				preferred = " (preferred)"
			}
			fmt.Fprintf(&b, "line %d: %s%s\n", f.LineOf(x.Span.Start)+1, fix.Title, preferred)
			if x.Rule == compatRule || !strings.HasPrefix(fix.Title, "Generate ") {
				b.WriteString(changed(f, g))
			}
		}
	}
	return b.String()
}

// compatRule is the rule whose fixtures show what compat records look like; in
// those of others their title is enough.
const compatRule = "abi-mismatch"

// changed is the lines that differ.
func changed(before, after *text.File) string {
	var b strings.Builder
	for i, line := range strings.SplitAfter(text.Unified("", "", before, after), "\n") {
		if i < 2 || line == "" || line[0] != '+' && line[0] != '-' {
			continue
		}
		b.WriteString("    " + strings.ReplaceAll(line, "\r", "␍"))
	}
	return b.String()
}
