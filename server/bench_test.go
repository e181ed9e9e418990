package server

import (
	"os"
	"strings"
	"testing"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

// The server's own share of a question's time: what the analysis takes is not in it.

func benchSession(b *testing.B, content string) (*testSession, *editor.Document) {
	s := start(b, editor.Options{})
	doc, err := s.Open(b.Context(), fakeURI, "c", content)
	check(b, err)
	return s, doc
}

func BenchmarkHover(b *testing.B) {
	_, doc := benchSession(b, "text")
	for b.Loop() {
		_, err := doc.Hover(b.Context(), 0)
		check(b, err)
	}
}

func BenchmarkEditAndHover(b *testing.B) {
	_, doc := benchSession(b, strings.Repeat("int a;\n", 40000))
	for b.Loop() {
		check(b, doc.Edit(b.Context(), text.Edit{Span: text.Span{Start: 140000, End: 140000}, New: "x"}))
		_, err := doc.Hover(b.Context(), 0)
		check(b, err)
	}
}

func BenchmarkReplaceAndHover(b *testing.B) {
	content := strings.Repeat("int a;\n", 40000)
	_, doc := benchSession(b, content)
	for b.Loop() {
		check(b, doc.Replace(b.Context(), content))
		_, err := doc.Hover(b.Context(), 0)
		check(b, err)
	}
}

func BenchmarkEditAndDiagnostics(b *testing.B) {
	_, doc := benchSession(b, "text")
	for b.Loop() {
		check(b, doc.Edit(b.Context(), text.Edit{New: "x"}))
		_, err := doc.Diagnostics(b.Context())
		check(b, err)
	}
}

// BenchmarkHeader is what a user waits for: a key in a driver's header, and
// all that the analysis has to say.
func BenchmarkHeader(b *testing.B) {
	content, err := os.ReadFile("../testdata/demo/sensor.h")
	check(b, err)
	s := serve(b, newEngine(), editor.Options{})
	check(b, s.Initialize(b.Context()))
	doc, err := s.Open(b.Context(), "file:///bench/sensor.h", "c", string(content))
	check(b, err)
	at := strings.Index(string(content), "timestamp")
	for b.Loop() {
		check(b, doc.Edit(b.Context(), text.Edit{Span: text.Span{Start: at, End: at}, New: "x"}))
		_, err := doc.Diagnostics(b.Context())
		check(b, err)
		check(b, doc.Edit(b.Context(), text.Edit{Span: text.Span{Start: at, End: at + 1}}))
		_, err = doc.Diagnostics(b.Context())
		check(b, err)
	}
}
