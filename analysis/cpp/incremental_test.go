package cpp

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"abide/analysis/text"
	"abide/analysis/token"
)

// snippets are what the random typist knows besides what is there.
var snippets = []string{
	"{", "}", "(", ")", ";", ",", "\n", "\n\n", " ", "x", "\"", "'", "/*", "*/", "//", "\\\n", "#", "##", "<", ">",
	"#if 1\n", "\n#if 0\n", "\n#else\n", "\n#endif\n", "\n#elif X\n", "\n#ifdef __LP64__\n", "\n#define X 1\n", "\n#define F(a, ...) a #a\n", "\n#undef X\n",
	"\n#define __u64 long\n", "\n#include <linux/types.h>\n", "\n#include \"missing.h\"\n", "\n#pragma pack(1)\n", "\n#pragma once\n",
	"F(", "F(1)", " X ", "__LINE__", "__COUNTER__", "__FILE__", "_Pragma(\"x\")", "_IOWR('M', 1, int)", "\n#line 7\n", "\n#error no\n",
	"\nstruct s { int a; };\n", "R\"(", ")\"", "\r\n", "\n#pragma push_macro(\"X\")\n", "\n#pragma pop_macro(\"X\")\n", "__u32", "\n#if F(\n", "\n#define F F(",
}

// edit makes a random change.
func edit(r *rand.Rand, f *text.File) *text.File {
	n := f.Len()
	at := r.IntN(n + 1)
	e := text.Edit{Span: text.Span{Start: at, End: at}}
	switch r.IntN(6) {
	case 0:
		e.Span.End = min(n, at+1+r.IntN(3))
	case 1:
		e.Span.End = min(n, at+r.IntN(200))
	case 2: // a copy of another place
		from := r.IntN(n + 1)
		e.New = f.Content()[from:min(n, from+r.IntN(300))]
	default:
		e.New = snippets[r.IntN(len(snippets))]
	}
	next, err := f.Apply(e)
	if err != nil {
		panic(err)
	}
	return next
}

// describe writes all that a result says.
func describe(r *Result) []string {
	var list []string
	for seg := range r.Segments() {
		for i := range seg.Tokens {
			t := &seg.Tokens[i]
			where, inBody := r.Place(t)
			spelled, ok := r.Loc(t)
			list = append(list, fmt.Sprint(t.Kind, t.Text(), where, inBody, spelled, ok, r.InMain(t)))
		}
	}
	for _, inc := range r.Includes() {
		list = append(list, fmt.Sprint("include", inc))
	}
	for _, p := range r.Problems() {
		list = append(list, fmt.Sprint("problem", p))
	}
	for _, m := range r.MainMacros() {
		where, ok := r.MacroLoc(m)
		list = append(list, fmt.Sprint("macro", m.Name, where, ok))
	}
	return list
}

// number reads a setting of the test run.
func number(name string, byDefault int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return byDefault
}

// TestIncremental edits at random, and compares the result that builds on the
// one before with the result from scratch.
func TestIncremental(t *testing.T) {
	edits, shift := number("ABIDE_EDITS", 100), number("ABIDE_SEED", 0)
	c := findCompiler(t, "gcc")
	arm := findCompiler(t, "arm-linux-gnueabi-gcc")
	corners := archive(t, "testdata/corners.txtar")
	for seed, path := range []string{
		"/usr/include/linux/f2fs.h", "/usr/include/linux/btrfs.h", "testdata/module.c", "kernel.c", "builtins.c", "pragma.c", "directives-in-args.c", "conditions.c",
	} {
		t.Run(path, func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed+shift), 1))
			content, ok := corners[path]
			if !ok {
				data, err := os.ReadFile(path)
				if err != nil {
					t.Skip(err)
				}
				content = string(data)
			}
			cache := new(Cache)
			configs := []*Config{c.config(), arm.config()}
			edits := edits
			if kernel, _, ok := kernelConfig(c); ok && path == "testdata/module.c" {
				edits = max(10, edits/20)
				configs[0] = kernel
			}
			configs[1].SkipBodies = true
			prev := make([]*Result, len(configs))
			doc := text.New(content)
			versions := []*text.File{doc}
			var file *File
			for n := range edits {
				file = cache.File(path, doc, file)
				scratch := new(Cache)
				for i, cfg := range configs {
					prev[i] = cache.Preprocess(testDisk, cfg, file, prev[i], nil)
					if (n+i)%2 == 0 {
						continue
					}
					want := describe(scratch.Preprocess(testDisk, cfg, scratch.File(path, text.New(doc.Content()), nil), nil, nil))
					if got := describe(prev[i]); !slices.Equal(got, want) {
						for k := range max(len(got), len(want)) {
							if k >= len(got) || k >= len(want) || got[k] != want[k] {
								t.Fatalf("edit %d, config %d, item %d:\n got %s\nwant %s", n, i, k,
									strings.Join(got[max(0, min(k-1, len(got))):min(k+3, len(got))], "\n     "), strings.Join(want[max(0, min(k-1, len(want))):min(k+3, len(want))], "\n     "))
							}
						}
					}
				}
				if r.IntN(5) == 0 && len(versions) > 1 {
					doc = versions[r.IntN(len(versions))]
				} else {
					doc = edit(r, doc)
				}
				versions = append(versions, doc)
			}
		})
	}
}

// TestSections checks that lexing section by section is lexing the whole.
func TestSections(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	data, err := os.ReadFile("testdata/corners.txtar")
	if err != nil {
		t.Fatal(err)
	}
	doc := text.New(string(data))
	cache := new(Cache)
	var file *File
	for n := range 300 {
		file = cache.File("x.c", doc, file)
		if i := sectionsDiffer(file); i != "" {
			t.Fatalf("edit %d: %s", n, i)
		}
		doc = edit(r, doc)
	}
}

func sectionsDiffer(file *File) string {
	whole := token.Lex(file.Text.Content())
	var got []token.Token
	for i, s := range file.sections {
		if file.bases[i] != 0 && file.bases[i] == file.bases[i-1] {
			return "empty section"
		}
		s.prepare()
		for _, tok := range s.Lex.Tokens[:len(s.Lex.Tokens)-1] {
			tok.Start += uint32(file.bases[i])
			tok.End += uint32(file.bases[i])
			got = append(got, tok)
		}
	}
	want := whole.Tokens[:len(whole.Tokens)-1]
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i].Start != want[i].Start || got[i].End != want[i].End || got[i].Kind != want[i].Kind ||
			(got[i].Flags^want[i].Flags)&token.FirstOnLine != 0 {
			return fmt.Sprintf("token %d: %v %v", i, got[min(i, len(got)-1)], want[min(i, len(want)-1)])
		}
	}
	return ""
}
