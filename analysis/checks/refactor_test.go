package checks_test

import (
	"strings"
	"sync"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/layout"
	"abide/analysis/refactor"
	"abide/analysis/text"
	"abide/analysis/truth"
)

// refactored counts what was tried.
type refactored struct {
	sync.Mutex
	actions  map[string]int
	versions int
}

// TestRefactoringsOfHeaders applies what is offered for the records of the
// installed headers: the result compiles, asserts what the compilers say, has
// the layout that the title promises, keeps the comments and is not offered
// again.
func TestRefactoringsOfHeaders(t *testing.T) {
	compilers := compilers(t)
	for _, name := range []string{"arm64", "arm"} {
		if c := truth.Find(name).GCC; c.Installed() {
			compilers = append(compilers, c)
		}
	}
	sum := refactored{actions: map[string]int{}}
	every := 24
	if *full {
		every = 1
	}
	each(headers(t), every, func(path string) {
		h := open(t, path, analysis.ScopePayload, compilers)
		if h == nil {
			return
		}
		flags := compdb.Parse("/", h.flags)
		h.session.SetConfig(analysis.Config{ABIs: abi.Default(), Flags: &flags})
		sum.header(t, h)
	})
	t.Logf("%d versions of headers; actions by their first word: %v", sum.versions, sum.actions)
	for _, word := range []string{"Assert", "Pack", "Reorder", "Write"} {
		if sum.actions[word] == 0 {
			t.Errorf("nothing offered to %q", word)
		}
	}
}

func (sum *refactored) header(t *testing.T, h *header) {
	_, records := h.check(t, h.text)
	var asserts []text.Edit
	all, versions := 0, 0
	counts := map[string]int{}
	for _, r := range records {
		if !r.Named() { // the record around it is meant
			continue
		}
		for i, a := range h.actions(t, h.text, r.NameSpan) {
			word, _, _ := strings.Cut(a.Title, " ")
			counts[word]++
			edits := a.Plan()
			f, err := h.text.Apply(edits...)
			if err != nil || len(edits) == 0 {
				t.Errorf("%s: %s: %v", h.path, a.Title, err)
				continue
			}
			if word == "Assert" {
				if i == 1 || strings.Contains(a.Title, " offsets ") { // the longer of two
					asserts = append(asserts, edits...)
				}
				continue
			}
			all++
			if !*full && all%5 != 1 {
				continue
			}
			versions++
			for _, c := range h.compilers {
				// A header that asserts its sizes itself must not take another.
				asserts := strings.Contains(h.text.Content(), "ASSERT_SIZE(") && strings.Contains(a.Title, "changes the ABI")
				if !asserts && !h.accepts(c, f) {
					t.Errorf("%s: does not compile: %s", h.path, a.Title)
					break
				}
			}
			if word != "Write" || !strings.Contains(a.Title, "[]") {
				h.promised(t, r, a.Title, f)
			}
		}
	}
	if f, err := h.text.Apply(asserts...); err != nil {
		t.Errorf("%s: %v", h.path, err)
	} else if len(asserts) > 0 {
		versions++
		for _, c := range h.compilers {
			if !h.accepts(c, f) {
				t.Errorf("%s: an assertion does not hold, or does not compile, with %s", h.path, c.Command)
			}
		}
	}
	sum.Lock()
	defer sum.Unlock()
	sum.versions += versions
	for word, n := range counts {
		sum.actions[word] += n
	}
}

func (h *header) actions(t *testing.T, f *text.File, at text.Span) []refactor.Action {
	h.session.SetBuffer(h.path, f)
	s, err := h.session.Snapshot(h.path)
	if err != nil {
		t.Fatal(err)
	}
	list, err := refactor.At(t.Context(), s, at)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// promised holds a changed header against the title.
func (h *header) promised(t *testing.T, r *analysis.Record, title string, f *text.File) {
	say := func(format string, args ...any) {
		t.Errorf("%s: %s: "+format, append([]any{h.path, title}, args...)...)
	}
	if before, after := commentsOf(h.text), commentsOf(f); len(before) != len(after) {
		say("%d comments of %d are left", len(after), len(before))
	}
	_, records := h.check(t, f)
	var now *analysis.Record
	for _, x := range records {
		if x.Name == r.Name && (now == nil || x.Line == r.Line) {
			now = x
		}
	}
	if now == nil {
		say("the record is gone")
		return
	}
	changed := false
	for i, v := range r.Views {
		w := now.Views[i]
		if v.Layout == nil || w.Layout == nil {
			continue
		}
		changed = changed || layoutDiffers(v.Layout, w.Layout)
	}
	if changed != strings.Contains(title, "changes the ABI") {
		say("the layout has changed: %v", changed)
	}
	for _, a := range h.actions(t, f, now.NameSpan) {
		if a.Title == title {
			say("is offered again")
		}
	}
}

// layoutDiffers tells whether a member lies elsewhere, in whatever order they
// are declared.
func layoutDiffers(a, b *layout.Layout) bool {
	places := map[string]int64{}
	for m := range a.Members() {
		places[m.Path] = m.BitOffset
	}
	for m := range b.Members() {
		if at, ok := places[m.Path]; !ok || at != m.BitOffset {
			return true
		}
	}
	return a.Size != b.Size
}
