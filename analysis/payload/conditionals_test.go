package payload_test

import (
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/payload"
	"abide/analysis/text"
)

// pass runs f with a pass over a text.
func pass(t *testing.T, source string, f func(p *analysis.Pass)) {
	t.Helper()
	ran := false
	check := &analysis.Check{Name: "test", Run: func(p *analysis.Pass) { ran = true; f(p) }}
	session := analysis.NewSession(analysis.Config{Checks: []*analysis.Check{check}}, nil)
	session.SetBuffer("/src/test.h", text.New(source))
	s, err := session.Snapshot("/src/test.h")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Findings(t.Context()); err != nil || !ran {
		t.Fatal(ran, err)
	}
}

func TestInKernel(t *testing.T) {
	const source = `a
#ifdef __KERNEL__
b
#else
c
#endif
#ifndef __KERNEL__
d
# else
e
#endif
#if defined(__KERNEL__) && 1
f
#if X
g
#elif Y
h
#endif
#endif
#if !defined(__KERNEL__)
i
#elif Z
j
#endif
`
	pass(t, source, func(p *analysis.Pass) {
		for _, word := range strings.Fields(source) {
			if len(word) != 1 || word < "a" || word > "z" {
				continue
			}
			want := strings.Contains("befghj", word)
			if got := payload.InKernel(p, strings.Index(source, "\n"+word+"\n")+1); got != want && word != "a" {
				t.Errorf("%s: in the kernel: %v", word, got)
			}
		}
	})
}

// TestBranches reads conditionals that are cut off.
func TestBranches(t *testing.T) {
	for source, want := range map[string]int{
		"":                          0,
		"#":                         0,
		"#if":                       1,
		"#if A\n#else\n#":           2,
		"#endif\n#else\n#elif B":    0,
		"#if A\n#if B\n#endif\nx":   2,
		"#if A \\\n B /* C */\nx":   1,
		"#define if\n#ifdef X // y": 1,
	} {
		pass(t, source, func(p *analysis.Pass) {
			list := payload.Branches(p, text.Span{End: len(source)})
			if len(list) != want {
				t.Errorf("%q: %d branches, want %d: %+v", source, len(list), want, list)
			}
			for _, b := range list {
				if b.Body.Start > b.Body.End || b.Body.End > len(source) {
					t.Errorf("%q: body %v", source, b.Body)
				}
			}
		})
	}
}
