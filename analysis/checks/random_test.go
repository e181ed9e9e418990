package checks_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/checks/internal/checktest"
	"abide/analysis/text"
	"abide/analysis/truth"
)

// TestRandomRecords applies preferred fixes to random records until none is
// offered. What comes out has one layout on all ABIs, no warnings, and compiles.
func TestRandomRecords(t *testing.T) {
	seeds := 12
	if testing.Short() {
		seeds = 2
	}
	gcc := truth.Find("x86_64").GCC
	compile := gcc.Installed()
	fixes := 0
	for seed := range seeds {
		g := &generator{Rand: rand.New(rand.NewPCG(uint64(seed), 1))}
		source := "#include <linux/types.h>\n"
		for i := range 60 {
			source += g.record(fmt.Sprint("r", i))
		}
		session := analysis.NewSession(analysis.Config{ABIs: abi.Default(), Scope: analysis.ScopeAll, Checks: checks.All()}, checktest.Disk{})
		f := text.New(source)
		for round := 0; ; round++ {
			if round == 100 {
				t.Fatalf("seed %d: the fixes do not end:\n%s", seed, f.Content())
			}
			next, n := step(t, session, f)
			if n == 0 {
				break
			}
			f = next
			fixes += n
		}
		settled(t, seed, session, f)
		if compile && !gcc.Accepts(f.Content()) {
			t.Errorf("seed %d: does not compile:\n%s", seed, f.Content())
		}
	}
	t.Logf("%d fixes", fixes)
	if !compile {
		missing(t, gcc.Command+" is missing: install "+gcc.Package)
	}
}

const randomFile = "/src/random.h"

// step applies the first preferred fix of every outermost record.
func step(t *testing.T, session *analysis.Session, f *text.File) (next *text.File, fixes int) {
	t.Helper()
	findings, records := analysed(t, session, randomFile, f)
	var edits []text.Edit
	taken := map[*analysis.Record]bool{}
	for _, x := range findings {
		outermost := (&header{records: records}).outermost(&x)
		for _, fix := range x.Fixes() {
			if fix.Preferred && !taken[outermost] {
				taken[outermost] = true
				edits = append(edits, fix.Edits...)
				fixes++
			}
		}
	}
	next, err := f.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return next, fixes
}

// analysed gives what abide finds in a text that an editor holds.
func analysed(t *testing.T, session *analysis.Session, path string, f *text.File) ([]analysis.Finding, []*analysis.Record) {
	t.Helper()
	session.SetBuffer(path, f)
	s, err := session.Snapshot(path)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := s.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records, err := s.Records(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return findings, records
}

// settled checks that nothing is left to warn about and that all layouts agree.
func settled(t *testing.T, seed int, session *analysis.Session, f *text.File) {
	t.Helper()
	findings, records := analysed(t, session, randomFile, f)
	for _, x := range findings {
		if x.Severity >= analysis.Warning {
			t.Errorf("seed %d: %s: %s\n%s", seed, x.Record, x.Message, definition(f, records, x.Record))
		}
	}
	for _, r := range records {
		first := r.Views[0].Layout
		for _, v := range r.Views {
			if v.Layout == nil {
				t.Errorf("seed %d: %s: %v\n%s", seed, r.Name, v.Err, definition(f, records, r.Name))
				break
			}
			if v.Layout.Size != first.Size || !samePlaces(first, v.Layout) {
				t.Errorf("seed %d: %s differs on %s:\n%s", seed, r.Name, v.Target.ABI.Name, definition(f, records, r.Name))
				break
			}
		}
	}
}

func definition(f *text.File, records []*analysis.Record, name string) string {
	for _, r := range records {
		if r.Name == name {
			return f.Content()[r.Span.Start:r.Span.End]
		}
	}
	return ""
}

// generator makes records whose every cause of difference can be cured.
type generator struct {
	*rand.Rand
	records []string // tags so far
}

func (g *generator) record(tag string) string {
	keyword := "struct"
	if g.IntN(8) == 0 {
		keyword = "union"
	}
	attribute := ""
	if g.IntN(8) == 0 {
		attribute = " __attribute__((packed))"
	}
	s := keyword + " " + tag + " {\n" + g.members(2+g.IntN(6), "m", "\t") + "}" + attribute + ";\n"
	g.records = append(g.records, keyword+" "+tag)
	return s
}

var memberTypes = []string{"__u8", "__u16", "__u32", "__s32", "__u64", "__s64", "char", "long", "unsigned long", "__kernel_size_t", "__kernel_old_time_t"}

func (g *generator) members(n int, prefix, indent string) string {
	var b strings.Builder
	for i := range n {
		name := fmt.Sprint(prefix, i)
		b.WriteString(indent)
		switch g.IntN(12) {
		case 0:
			fmt.Fprintf(&b, "char %s[%d];", name, 2+g.IntN(8))
		case 1:
			fmt.Fprintf(&b, "void *%s;", name)
		case 2:
			fmt.Fprintf(&b, "const char *%s[%d], *%sx;\t/* names */", name, 2+g.IntN(3), name)
		case 3:
			width := 1 + g.IntN(20)
			fmt.Fprintf(&b, "__u32 %s : %d;", name, width)
		case 4:
			keyword := []string{"struct", "union"}[g.IntN(2)]
			member := []string{"", " " + name}[g.IntN(2)]
			if len(prefix) > 6 {
				keyword = "struct"
			}
			fmt.Fprintf(&b, "%s {\n%s%s}%s;", keyword, g.members(1+g.IntN(3), name+"_", indent+"\t"), indent, member)
		case 5:
			if len(g.records) > 0 {
				fmt.Fprintf(&b, "%s %s[%d];", g.records[g.IntN(len(g.records))], name, 2+g.IntN(3))
				break
			}
			fallthrough
		default:
			fmt.Fprintf(&b, "%s %s;", memberTypes[g.IntN(len(memberTypes))], name)
			if g.IntN(4) == 0 {
				b.WriteString(" /* " + name + " */")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
