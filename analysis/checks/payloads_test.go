package checks_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"abide/analysis"
	"abide/analysis/checks"
	"abide/analysis/compdb"
	"abide/analysis/layout"
	"abide/analysis/truth"
)

// layoutRules are those whose warnings say that ABIs disagree about a record.
var layoutRules = []string{
	"abi-mismatch", "padding-hole", "tail-padding", "union-padding", "pointer-field", "long-field", "time-field",
	"kernel-type", "packed-variable", "float-field", "enum-field", "bit-field",
}

// account counts what gcc says of payloads and what abide does.
type account struct {
	sync.Mutex
	abis                                          []string
	headers, payloads, differ, found, told, right int
}

// TestPayloadsOfHeaders holds the installed headers' payloads against gcc: each
// that two partners lay out differently has a warning of a layout rule, on it or
// on a record inside, and no other has one.
func TestPayloadsOfHeaders(t *testing.T) {
	eachPair(t, func(t *testing.T, abis []string, compilers []*truth.Compiler, every int) {
		sum := account{abis: abis}
		each(headers(t), every, func(path string) { sum.header(t, path, compilers) })
		t.Logf("%d headers, %d payloads, %d differ", sum.headers, sum.payloads, sum.differ)
		t.Logf("recall %d of %d, precision %d of %d", sum.found, sum.differ, sum.right, sum.told)
		if sum.differ == 0 {
			t.Error("no payload differs: nothing was tested")
		}
	})
}

func (sum *account) header(t *testing.T, path string, compilers []*truth.Compiler) {
	h := open(t, path, analysis.ScopePayload, compilers)
	if h == nil || len(h.compilers) < len(compilers) {
		return
	}
	var said [2]map[string]*truth.Record
	for i, c := range compilers {
		obj, err := c.Compile(fmt.Sprintf("#include \"%s\"\nint some_debug_information;\n", path), h.flags...)
		if err != nil {
			refused(t, sum.abis, path, err)
			return
		}
		records, err := obj.Records()
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		said[i] = map[string]*truth.Record{}
		for _, r := range records {
			said[i][r.Name] = r
		}
	}
	flags := compdb.Parse("/", h.flags)
	h.session.SetConfig(analysis.Config{
		ABIs: selected(sum.abis), Flags: &flags, Checks: checks.All(),
	})
	findings, records := h.check(t, h.text)
	of := map[any]*analysis.Record{}
	for _, r := range records {
		for _, v := range r.Views {
			if v.Decl != nil {
				of[v.Decl] = r
			}
		}
	}
	warned := map[*analysis.Record]bool{}
	for _, f := range findings {
		if f.Severity >= analysis.Warning && slices.Contains(layoutRules, f.Rule) {
			warned[subject(records, f)] = true
		}
	}

	sum.Lock()
	defer sum.Unlock()
	sum.headers++
	for _, r := range records {
		a, b := said[0][r.Name], said[1][r.Name]
		if !r.Payload || !r.Named() || a == nil || b == nil {
			continue
		}
		told, open := warned[r], false
		for _, v := range r.Views {
			if v.Layout != nil {
				contained(v.Layout, func(inner *layout.Layout) { told = told || warned[of[inner.Record]] })
				n := len(v.Layout.Fields)
				open = open || n > 0 && v.Layout.Fields[n-1].Flexible
			}
		}
		moved, changed := differs(a, b)
		sum.payloads++
		switch {
		case moved && !told:
			t.Errorf("%s:%d: %s differs, and nothing says why: %v", path, r.Line, r.Name, truth.Compare(a, b))
		case told && !changed && !open:
			t.Errorf("%s:%d: %s has a warning, but gcc lays it out alike", path, r.Line, r.Name)
		}
		if moved {
			sum.differ++
			if told {
				sum.found++
			}
		}
		if told {
			sum.told++
			if changed || open {
				sum.right++
			}
		}
	}
}

// differs tells whether a record has another size or a member at another
// offset, and whether any member differs at all.
func differs(a, b *truth.Record) (moved, changed bool) {
	for _, d := range truth.Compare(a, b) {
		changed = true
		moved = moved || !strings.HasPrefix(d.What, "member ") || strings.Contains(d.What, ": offset ")
	}
	return moved, changed
}
