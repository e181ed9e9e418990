package checks_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/compdb"
	"abide/analysis/payload"
	"abide/analysis/text"
	"abide/analysis/truth"
)

// headerDirs is where the kernel's interface is installed.
var headerDirs = []string{"linux", "drm", "sound", "misc", "mtd", "rdma", "scsi", "video"}

// preludes is what headers need in front of them, tried in this order.
var preludes = [][]string{
	nil,
	{"-include", "stddef.h", "-include", "stdint.h", "-include", "linux/types.h"},
	{"-include", "sys/types.h", "-include", "sys/socket.h", "-include", "sys/time.h", "-include", "linux/types.h"},
}

func headers(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, dir := range headerDirs {
		for _, pattern := range []string{"*.h", "*/*.h"} {
			found, err := filepath.Glob(filepath.Join("/usr/include", dir, pattern))
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, found...)
		}
	}
	if len(list) == 0 {
		missing(t, "no kernel headers: install linux-libc-dev")
	}
	return list
}

// missing skips a test, and fails it where nothing may be left out.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// compilers are those of the ABIs that the fixed headers are compiled for.
func compilers(t *testing.T) []*truth.Compiler {
	t.Helper()
	return compilersOf(t, []string{"x86_64", "i386"})
}

func compilersOf(t *testing.T, abis []string) []*truth.Compiler {
	t.Helper()
	var list []*truth.Compiler
	for _, name := range abis {
		c := truth.Find(name).GCC
		if !c.Installed() {
			missing(t, c.Command+" is missing: install "+c.Package)
		}
		list = append(list, c)
	}
	return list
}

// partners are ABIs of which one kernel serves both; those of x86 first, the
// others with -truth.full.
var partners = [][]string{
	{"x86_64", "i386"},
	{"arm64", "arm"},
	{"ppc64", "ppc32"},
	{"s390x", "s390"},
	{"mips_n64", "mips_o32"},
	{"sparc64", "sparc32"},
}

// eachPair runs a test for the partners, over as many headers as there is time for.
func eachPair(t *testing.T, test func(t *testing.T, abis []string, compilers []*truth.Compiler, every int)) {
	pairs, every := partners[:1], 8
	if *full {
		pairs, every = partners, 1
	}
	for _, pair := range pairs {
		t.Run(strings.Join(pair, " and "), func(t *testing.T) { test(t, pair, compilersOf(t, pair), every) })
	}
}

// refused says that a compiler does not take a header that it took as a text:
// behind their own headers, cross compilers find those of the host's libc.
func refused(t *testing.T, abis []string, path string, err error) {
	t.Helper()
	if abis[0] == partners[0][0] {
		t.Errorf("%s: %v", path, err)
		return
	}
	t.Logf("%s is left out: %v", path, err)
}

// selected is the ABIs of the names.
func selected(names []string) []*abi.ABI {
	var list []*abi.ABI
	for _, name := range names {
		list = append(list, abi.Lookup(name))
	}
	return list
}

// header is an installed header under test.
type header struct {
	path      string
	text      *text.File
	flags     []string
	compilers []*truth.Compiler // those that take the header
	session   *analysis.Session
	findings  []analysis.Finding
	records   []*analysis.Record
}

// open reads a header; nil if no compiler takes it under any prelude.
func open(t *testing.T, path string, scope analysis.Scope, compilers []*truth.Compiler) *header {
	content, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return nil
	}
	h := &header{path: path, text: text.New(string(content))}
	for _, prelude := range preludes {
		h.flags = prelude
		for _, c := range compilers {
			if h.accepts(c, h.text) {
				h.compilers = append(h.compilers, c)
			}
		}
		if h.compilers != nil {
			break
		}
	}
	if h.compilers == nil {
		return nil
	}
	flags := compdb.Parse("/", h.flags)
	h.session = analysis.NewSession(analysis.Config{
		ABIs: abi.Default(), Scope: scope, Flags: &flags, Checks: checks.All(),
	}, nil)
	h.findings, h.records = h.check(t, h.text)
	return h
}

// accepts compiles a version of the header in the place of the header.
func (h *header) accepts(c *truth.Compiler, f *text.File) bool {
	return c.Accepts(f.Content(), append([]string{"-iquote", filepath.Dir(h.path)}, h.flags...)...)
}

func (h *header) check(t *testing.T, f *text.File) ([]analysis.Finding, []*analysis.Record) {
	return analysed(t, h.session, h.path, f)
}

// TestFixesOfHeaders applies each fix offered for the installed headers: the
// header compiles as before, keeps its comments, the finding is gone, the
// layout changes on the ABIs that the title names and on no other.
func TestFixesOfHeaders(t *testing.T) {
	for _, tt := range []struct {
		name  string
		scope analysis.Scope
		every int // header
		short int
		full  int
	}{
		{"payloads", analysis.ScopePayload, 3, 24, 1},
		{"all records", analysis.ScopeAll, 14, 70, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			compilers := compilers(t)
			every := tt.every
			switch {
			case testing.Short():
				every = tt.short
			case *full:
				every = tt.full
			}
			var fixes, compiled, left, whole atomic.Int64
			each(headers(t), every, func(path string) {
				h := open(t, path, tt.scope, compilers)
				if h == nil {
					left.Add(1)
					return
				}
				compiled.Add(int64(h.compile(t)))
				fixes.Add(int64(h.recheck(t)))
				whole.Add(int64(h.wholeFile(t)))
			})
			t.Logf("%d fixes in %d header versions that were compiled, %d of whole files; %d headers do not compile",
				fixes.Load(), compiled.Load(), whole.Load(), left.Load())
		})
	}
}

// each calls f for every n-th path, two at a time.
func each(paths []string, n int, f func(path string)) {
	work := make(chan string)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for p := range work {
				f(p)
			}
		})
	}
	for i := 0; i < len(paths); i += n {
		work <- paths[i]
	}
	close(work)
	wg.Wait()
}

// candidate is one fix of one finding.
type candidate struct {
	finding *analysis.Finding
	fix     *analysis.Fix
}

// mayBreak tells whether the fix says of itself that code beside the record has
// to follow: uses of a pointer, assertions about a size, headers.
func (c candidate) mayBreak() bool {
	return strings.Contains(c.fix.Title, "look after its uses") ||
		strings.HasPrefix(c.fix.Title, compatTitle) && !strings.Contains(c.fix.Title, "__KERNEL__") || // includes a header of the kernel's
		c.finding.Rule == "old-flex-array" && strings.Contains(c.fix.Title, "changes the ABI")
}

func (c candidate) String() string { return c.finding.Record + ": " + c.fix.Title }

// compile compiles the header with every fix applied, as many at a time as do
// not touch one record, and gives how many versions that took.
func (h *header) compile(t *testing.T) int {
	var rest []candidate
	for i := range h.findings {
		fixes := h.findings[i].Fixes()
		for k := range fixes {
			rest = append(rest, candidate{&h.findings[i], &fixes[k]})
		}
	}
	versions := 0
	for len(rest) > 0 {
		var now, later []candidate
		taken := map[*analysis.Record]bool{}
		for _, c := range rest {
			if r := h.outermost(c.finding); taken[r] {
				later = append(later, c)
			} else {
				taken[r] = true
				now = append(now, c)
			}
		}
		rest = later
		versions++
		if h.compiles(t, now) {
			continue
		}
		for _, c := range now {
			if !h.compiles(t, []candidate{c}) && !c.mayBreak() {
				t.Errorf("%s: does not compile with %s", h.path, c)
			}
		}
	}
	return versions
}

func (h *header) outermost(f *analysis.Finding) *analysis.Record {
	for _, r := range h.records {
		if r.Span.Start <= f.Span.Start && f.Span.Start < r.Span.End {
			return r
		}
	}
	return nil
}

func (h *header) compiles(t *testing.T, list []candidate) bool {
	var edits []text.Edit
	for _, c := range list {
		edits = append(edits, c.fix.Edits...)
	}
	slices.SortStableFunc(edits, func(a, b text.Edit) int { return a.Span.Start - b.Span.Start })
	f, err := h.text.Apply(edits...)
	if err != nil {
		t.Errorf("%s: %v", h.path, err)
		return false
	}
	for _, c := range h.compilers {
		if !h.accepts(c, f) {
			return false
		}
	}
	return true
}

// recheck looks at the header with each fix applied alone.
func (h *header) recheck(t *testing.T) int {
	comments := commentsOf(h.text)
	n := 0
	for _, found := range h.findings {
		for _, fix := range found.Fixes() {
			n++
			f, err := h.text.Apply(fix.Edits...)
			if err != nil {
				t.Errorf("%s: %v", h.path, err)
				continue
			}
			say := func(format string, args ...any) {
				t.Errorf("%s:%d: %s: %s: %s: "+format, append([]any{h.path, h.text.LineOf(found.Span.Start) + 1, found.Record, found.Message, fix.Title}, args...)...)
			}
			generates := strings.HasPrefix(fix.Title, compatTitle)
			moves := strings.HasPrefix(fix.Title, "Reorder ")
			switch left := commentsOf(f); {
			case generates && contains(left, comments):
			case moves && slices.Equal(slices.Sorted(slices.Values(left)), slices.Sorted(slices.Values(comments))):
			case !slices.Equal(left, comments):
				say("comments are lost")
			}
			after, records := h.check(t, f)
			want := cost(h.records, records)
			if moves && strings.HasSuffix(fix.Title, everywhere) && strings.HasSuffix(want, payload.List(abiNames(abi.Default()))+")") {
				want = everywhere
			}
			if found.Command == "" && h.known() && !strings.HasSuffix(fix.Title, want) || found.Command == "" && h.known() && want == "" && strings.Contains(fix.Title, "changes the ABI") {
				say("changes the layout%s", want)
			}
			whole := strings.HasPrefix(fix.Title, "Make ")
			for _, x := range after {
				switch {
				case x.Record != found.Record, x.Command != found.Command:
				case generates && x.Severity < analysis.Warning: // somebody has seen to it
				case x.Rule == found.Rule && x.Field == found.Field && h.count(found) == 1 && !(x.Severity < analysis.Warning && strings.Contains(fix.Title, "__aligned_u64")):
					say("still %q", x.Message)
				case x.Severity >= analysis.Warning && whole:
					say("leaves %q", x.Message)
				case x.Severity >= analysis.Warning && !h.warned(x) && !alreadyTold(found, x) && !h.unfinished(after, x):
					say("brings %q", x.Message)
				case slices.ContainsFunc(x.Fixes(), func(again analysis.Fix) bool {
					return again.Title == fix.Title && x.Field == found.Field && x.Rule == found.Rule
				}):
					say("is offered again")
				}
			}
		}
	}
	return n
}

// wholeFile applies what makes all of the header alike.
func (h *header) wholeFile(t *testing.T) int {
	h.session.SetBuffer(h.path, h.text)
	s, err := h.session.Snapshot(h.path)
	if err != nil {
		t.Fatal(err)
	}
	fixes, err := payload.WholeFile(t.Context(), s)
	if err != nil {
		t.Errorf("%s: %v", h.path, err)
	}
	for _, fix := range fixes {
		f, err := h.text.Apply(fix.Edits...)
		if err != nil {
			t.Errorf("%s: %v", h.path, err)
			continue
		}
		if !slices.Equal(commentsOf(f), commentsOf(h.text)) {
			t.Errorf("%s: %s: comments are lost", h.path, fix.Title)
		}
		for _, c := range h.compilers {
			if !h.accepts(c, f) && !strings.Contains(fix.Title, "look after") {
				t.Errorf("%s: %s: does not compile\n%s", h.path, fix.Title, text.Unified("a", "b", h.text, f))
			}
		}
		after, records := h.check(t, f)
		if want := cost(h.records, records); !strings.HasSuffix(fix.Title, want) {
			t.Errorf("%s: %s: changes the layout%s", h.path, fix.Title, want)
		}
		again, err := payload.WholeFile(t.Context(), s.With(f))
		if err != nil || len(again) > 0 {
			t.Errorf("%s: %s: is offered again, %v", h.path, fix.Title, err)
		}
		for _, x := range after {
			if x.Severity >= analysis.Warning && slices.Contains(layoutRules, x.Rule) && !strings.Contains(fix.Title, "as far as fixes go") {
				t.Errorf("%s: %s: leaves %s: %q", h.path, fix.Title, x.Record, x.Message)
			}
		}
	}
	return len(fixes)
}
