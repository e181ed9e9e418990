package server

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

// TestMarkers runs the archives in testdata/marker: documents that are opened
// in an editor, with what it must show written at the place where it shows it.
//
//	__u64 start; //@diag("start", "padding-hole", "4-byte hole"), hover("start", "offset 8")
//
// Each marker names a place, the first occurrence of a text in its line, and
// regular expressions:
//
//	diag(place, rule, message...)  a diagnostic with exactly this range
//	hover(place, text...)          a hover whose text has all of this; none if nothing is given
//	hint(place, text)              an inlay hint at the end of the place, with exactly this text
//	lens(place, text)              a code lens for the place, with exactly this text
//	fix(place, title, @section)    a quick fix, which leaves the document as the section says
//
// A diagnostic that no marker names is an error, unless there is a section
// "diagnostics: any"; so is a hint or a lens in an
// archive that names any of its kind. The section "settings.json"
// holds initializationOptions.
func TestMarkers(t *testing.T) {
	archives, err := filepath.Glob("testdata/marker/*.txtar")
	check(t, err)
	if len(archives) == 0 {
		t.Fatal("no archives")
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			check(t, err)
			runMarkers(t, archive)
		})
	}
}

func runMarkers(t *testing.T, archive *txtar.Archive) {
	sections := make(map[string]string)
	for _, f := range archive.Files {
		sections[f.Name] = string(f.Data)
	}
	options := editor.Options{PlainText: true}
	if settings, ok := sections["settings.json"]; ok {
		options.InitOptions = jsonText(settings)
	}
	s := serve(t, newEngine(), options)
	check(t, s.Initialize(timeout(t)))
	dir := t.TempDir()
	for _, f := range archive.Files {
		if ext := filepath.Ext(f.Name); ext == ".h" || ext == ".c" {
			at := uri.File(filepath.Join(dir, f.Name))
			doc, err := s.Open(timeout(t), at, "c", string(f.Data))
			check(t, err)
			m := &markers{T: t, doc: doc, name: f.Name, sections: sections}
			m.run()
			check(t, doc.Close(timeout(t)))
		}
	}
	if messages := s.Messages(); len(messages) > 0 {
		t.Errorf("messages %q", messages)
	}
}

// jsonText is JSON that is passed on as it is.
type jsonText string

func (j jsonText) MarshalJSON() ([]byte, error) { return []byte(j), nil }

type markers struct {
	*testing.T
	doc      *editor.Document
	name     string
	sections map[string]string

	line  int // from 0
	diags []protocol.Diagnostic

	hints, lenses map[text.Span]string // by place; of a hint its end alone
	named         map[string]bool      // kinds of markers that were met
}

func (m *markers) run() {
	m.Helper()
	var err error
	m.diags, err = m.doc.Diagnostics(timeout(m.T))
	check(m.T, err)
	m.named = make(map[string]bool)
	m.ask()
	original := m.doc.Text
	for m.line = range original.LineCount() {
		line := original.Content()[original.LineStart(m.line):original.LineEnd(m.line)]
		if _, list, ok := strings.Cut(line, "//@"); ok {
			m.marks(list)
		}
	}
	if _, any := m.sections["diagnostics: any"]; any {
		m.diags = nil
	}
	for _, d := range m.diags {
		m.Errorf("%s:%d: unexpected %v: %v", m.name, d.Range.Start.Line+1, d.Code, d.Message)
	}
	for kind, left := range map[string]map[text.Span]string{"hint": m.hints, "lens": m.lenses} {
		for at, got := range left {
			if m.named[kind] {
				m.Errorf("%s:%d: unexpected %s %q", m.name, original.LineOf(at.Start)+1, kind, got)
			}
		}
	}
}

// ask gets the hints and lenses of the document.
func (m *markers) ask() {
	m.Helper()
	hints, err := m.doc.InlayHints(timeout(m.T), m.doc.Whole())
	check(m.T, err)
	m.hints = make(map[text.Span]string)
	for _, h := range hints {
		at := m.doc.Offset(h.Position)
		m.hints[text.Span{Start: at, End: at}] = fmt.Sprint(h.Label)
	}
	lenses, err := m.doc.CodeLenses(timeout(m.T))
	check(m.T, err)
	m.lenses = make(map[text.Span]string)
	for _, l := range lenses {
		m.lenses[text.Span{Start: m.doc.Offset(l.Range.Start), End: m.doc.Offset(l.Range.End)}] = l.Command.Title
	}
}

func (m *markers) hint(place text.Span, args []string) {
	m.shown(m.hints, text.Span{Start: place.End, End: place.End}, args)
}

func (m *markers) lens(place text.Span, args []string) { m.shown(m.lenses, place, args) }

// shown compares what is shown at a place.
func (m *markers) shown(all map[text.Span]string, at text.Span, want []string) {
	if got := all[at]; len(want) != 1 || got != want[0] {
		m.Errorf("%s:%d: shown is %q, want %q", m.name, m.line+1, got, want)
	}
	delete(all, at)
}

// marks runs the markers of one line: calls in Go's syntax, separated by commas.
func (m *markers) marks(list string) {
	m.Helper()
	calls, err := parser.ParseExpr("[]any{" + list + "}")
	if err != nil {
		m.Fatalf("%s:%d: %v", m.name, m.line+1, err)
	}
	for _, e := range calls.(*ast.CompositeLit).Elts {
		call, ok := e.(*ast.CallExpr)
		if !ok {
			m.Fatalf("%s:%d: not a call", m.name, m.line+1)
		}
		var args []string
		for _, a := range call.Args {
			lit, ok := a.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				m.Fatalf("%s:%d: not a string", m.name, m.line+1)
			}
			s, err := strconv.Unquote(lit.Value)
			check(m.T, err)
			args = append(args, s)
		}
		kind := call.Fun.(*ast.Ident).Name
		run, ok := markerKinds[kind]
		if !ok || len(args) == 0 {
			m.Fatalf("%s:%d: no marker %s with %d arguments", m.name, m.line+1, kind, len(args))
		}
		m.named[kind] = true
		run(m, m.place(args[0]), args[1:])
	}
}

var markerKinds = map[string]func(m *markers, place text.Span, args []string){
	"diag":  (*markers).diag,
	"hover": (*markers).hover,
	"fix":   (*markers).fix,
	"hint":  (*markers).hint,
	"lens":  (*markers).lens,
}

// place finds a text in the marker's line, before the marker.
func (m *markers) place(s string) text.Span {
	f := m.doc.Text
	start := f.LineStart(m.line)
	line, _, _ := strings.Cut(f.Content()[start:f.LineEnd(m.line)], "//@")
	i := strings.Index(line, s)
	if i < 0 {
		m.Fatalf("%s:%d: %q is not in the line", m.name, m.line+1, s)
	}
	return text.Span{Start: start + i, End: start + i + len(s)}
}

func (m *markers) match(what, got string, patterns []string) {
	m.Helper()
	for _, p := range patterns {
		ok, err := regexp.MatchString(p, got)
		check(m.T, err)
		if !ok {
			m.Errorf("%s:%d: no %q in the %s:\n%s", m.name, m.line+1, p, what, got)
		}
	}
}

func (m *markers) diag(place text.Span, args []string) {
	want := m.doc.Range(place)
	i := slices.IndexFunc(m.diags, func(d protocol.Diagnostic) bool {
		return d.Range == want && d.Code == protocol.String(args[0])
	})
	if i < 0 {
		m.Errorf("%s:%d: no %s", m.name, m.line+1, args[0])
		return
	}
	message := fmt.Sprint(m.diags[i].Message)
	for _, r := range m.diags[i].RelatedInformation {
		message += fmt.Sprintf("\n%d: %s", r.Location.Range.Start.Line+1, r.Message)
	}
	m.match(args[0], message, args[1:])
	m.diags = slices.Delete(m.diags, i, i+1)
}

func (m *markers) hover(place text.Span, args []string) {
	hover, err := m.doc.Hover(timeout(m.T), place.Start)
	check(m.T, err)
	if len(args) == 0 && hover != nil {
		m.Errorf("%s:%d: a hover: %s", m.name, m.line+1, editor.HoverText(hover))
	}
	m.match("hover", editor.HoverText(hover), args)
	if hover != nil && *hover.Range != m.doc.Range(place) {
		m.Errorf("%s:%d: the hover is for %v", m.name, m.line+1, *hover.Range)
	}
}

// fix applies a quick fix, compares, and takes it back.
func (m *markers) fix(place text.Span, args []string) {
	ctx := timeout(m.T)
	before := m.doc.Text.Content()
	actions, err := m.doc.CodeActions(ctx, m.doc.Range(text.Span{Start: place.Start, End: place.Start}))
	check(m.T, err)
	var titles []string
	for _, a := range actions {
		titles = append(titles, a.Title)
	}
	i := slices.IndexFunc(titles, func(s string) bool { return regexp.MustCompile(args[0]).MatchString(s) })
	if i < 0 {
		m.Errorf("%s:%d: no fix %q among %q", m.name, m.line+1, args[0], titles)
		return
	}
	check(m.T, m.doc.Apply(ctx, actions[i]))
	if diff := cmp.Diff(m.sections[args[1]], m.doc.Text.Content()); diff != "" {
		m.Errorf("%s:%d: %s (-want +got):\n%s", m.name, m.line+1, titles[i], diff)
	}
	check(m.T, m.doc.Replace(ctx, before))
}
