package text_test

import (
	"strings"
	"testing"

	"abide/analysis/text"
)

func TestShift(t *testing.T) {
	long := strings.Repeat("int a;\n", 10_000) // several chunks
	for _, test := range []struct{ before, old, new, after string }{
		{"int a;\n", "", "", "int b;\n"},
		{"int a;\n", "", "char x;\n", "int b;\n"},
		{"int a;\n", "long x;\n", "", "int b;\n"},
		{"int a;\n", "long x;\n", "char yy;\n", "int b;\n"},
		{"", "x", "y", ""},
		{long, "long x;\n", "char yy;\n", long},
		{long, "", "char x;\n" + long + "x", long},
	} {
		a := text.New(test.before + test.old + test.after)
		start := len(test.before)
		b, err := a.Apply(text.Edit{Span: text.Span{Start: start, End: start + len(test.old)}, New: test.new})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range []*text.File{b, text.New(b.Content())} {
			s := text.Between(a, b)
			for _, span := range []text.Span{{Start: 0, End: start}, {Start: a.Len() - len(test.after), End: a.Len()}} {
				now, ok := s.Span(span)
				if !ok || a.Content()[span.Start:span.End] != b.Content()[now.Start:now.End] {
					t.Errorf("%.20q with %.20q for %.20q: %v moves to %v, %v", test.before, test.new, test.old, span, now, ok)
				}
			}
			if whole, ok := s.Span(text.Span{Start: 0, End: a.Len()}); ok && a.Content() != b.Content() {
				t.Errorf("%.20q with %.20q for %.20q: the whole text moves to %v", test.before, test.new, test.old, whole)
			}
		}
	}
}
